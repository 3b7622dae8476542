/// A type that ``JSONForm`` can read out of one JSON value.
public protocol JSONReadable {
    /// Nil when the value is of another type.
    init?(json: JSONValue)

    /// What the value must be: `a string`.
    static var jsonDescription: String { get }
}

extension JSONValue: JSONReadable {
    public init?(json: JSONValue) { self = json }
    public static var jsonDescription: String { "a value" }
}

extension JSONObject: JSONReadable {
    public init?(json: JSONValue) {
        guard let object = json.object else { return nil }
        self = object
    }
    public static var jsonDescription: String { "an object" }
}

extension String: JSONReadable {
    public init?(json: JSONValue) {
        guard let string = json.string else { return nil }
        self = string
    }
    public static var jsonDescription: String { "a string" }
}

extension Bool: JSONReadable {
    public init?(json: JSONValue) {
        guard let bool = json.bool else { return nil }
        self = bool
    }
    public static var jsonDescription: String { "true or false" }
}

extension Int64: JSONReadable {
    public init?(json: JSONValue) {
        guard let integer = json.integer else { return nil }
        self = integer
    }
    public static var jsonDescription: String { "an integer" }
}

extension Int: JSONReadable {
    public init?(json: JSONValue) {
        guard let integer = json.integer else { return nil }
        self.init(exactly: integer)
    }
    public static var jsonDescription: String { "an integer" }
}

extension Double: JSONReadable {
    public init?(json: JSONValue) {
        guard let double = json.double else { return nil }
        self = double
    }
    public static var jsonDescription: String { "a number" }
}

extension Array: JSONReadable where Element: JSONReadable {
    public init?(json: JSONValue) {
        guard let values = json.array else { return nil }
        self = []
        for value in values {
            guard let element = Element(json: value) else { return nil }
            append(element)
        }
    }
    public static var jsonDescription: String { "an array, each element \(Element.jsonDescription)" }
}
