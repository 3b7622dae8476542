/// Reads the members of a JSON object that a client sent, and remembers everything that is wrong with them.
///
/// Each getter notes a problem instead of throwing, so that the client hears of all of them at once. ``finish()``
/// throws when there were any, or when the object has members that nobody asked for. For example:
///
///     var form = JSONForm(object)
///     let name = form.required("name") { try ModelName($0) }
///     let title: String? = form.required("title")
///     let summary: String? = form.optional("summary")
///     let (checkedName, checkedTitle) = try form.finish(name, title)
public struct JSONForm {
    /// What is wrong with one member.
    public struct Problem: Sendable, Hashable {
        /// Where: `title`, `artifacts[2].path`; empty for the value as a whole.
        public let field: String
        /// What is wrong, without naming the member: `must be a string`.
        public let detail: String

        public init(field: String, detail: String) {
            self.field = field
            self.detail = detail
        }
    }

    public private(set) var problems: [Problem] = []
    private let object: JSONObject
    private let path: String
    private var read: Set<String> = []

    public init(_ object: JSONObject) { self.init(object, path: "") }

    /// Reads `value`, which must be an object.
    public init(_ value: JSONValue) { self.init(value, path: "") }

    private init(_ object: JSONObject, path: String) {
        self.object = object
        self.path = path
    }

    private init(_ value: JSONValue, path: String) {
        self.init(value.object ?? JSONObject(), path: path)
        if value.object == nil { problems.append(Problem(field: path, detail: "must be an object")) }
    }

    // MARK: Members

    /// Whether the client sent the member, be it null.
    public func has(_ key: String) -> Bool { object[key] != nil }

    /// A member that must be there and not null; nil when a problem was noted.
    public mutating func required<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        required(key) { (value: Value) in value }
    }

    /// A member that must be there, turned into another type; what `parse` throws becomes the problem's detail.
    public mutating func required<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key), !value.isNull else {
            report(key, "is required")
            return nil
        }
        return self.parse(key, value, parse)
    }

    /// A member that may be left out or null.
    public mutating func optional<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        optional(key) { (value: Value) in value }
    }

    /// A member that may be left out or null, turned into another type.
    public mutating func optional<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key), !value.isNull else { return nil }
        return self.parse(key, value, parse)
    }

    /// A member of a merge patch (RFC 7396), where leaving it out and sending null differ.
    public mutating func change<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> JSONChange<Value> {
        change(key) { (value: Value) in value }
    }

    /// A member of a merge patch (RFC 7396), turned into another type.
    public mutating func change<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> JSONChange<Result> {
        guard let value = member(key) else { return .keep }
        if value.isNull { return .remove }
        return self.parse(key, value, parse).map { .set($0) } ?? .keep
    }

    /// A member that is an object, read by `body`; nil when it is left out, null or wrong.
    public mutating func object<Result>(
        _ key: String, _ body: (inout JSONForm) throws -> Result?
    ) rethrows -> Result? {
        guard let value = member(key), !value.isNull else { return nil }
        return try nested(value, path: place(of: key), body)
    }

    /// A member that is an array of objects, each read by `body`; nil when it is left out or null.
    public mutating func objects<Result>(
        _ key: String, _ body: (inout JSONForm) throws -> Result?
    ) rethrows -> [Result]? {
        guard let value = member(key), !value.isNull else { return nil }
        guard let elements = value.array else {
            report(key, "must be an array of objects")
            return nil
        }
        var results: [Result] = []
        for (index, element) in elements.enumerated() {
            if let result = try nested(element, path: "\(place(of: key))[\(index)]", body) { results.append(result) }
        }
        return results
    }

    /// Notes a problem that the caller found.
    public mutating func report(_ key: String, _ detail: String) {
        problems.append(Problem(field: place(of: key), detail: detail))
    }

    // MARK: The end

    /// Ends the reading.
    ///
    /// - Throws: All problems found, those of unknown members included.
    public mutating func finish() throws(JSONFormError) {
        reportUnknown()
        guard problems.isEmpty else { throw JSONFormError(problems: problems) }
    }

    /// Ends the reading, and gives the required values, which are then there.
    ///
    /// - Throws: All problems found, those of unknown members included.
    public mutating func finish<each Value>(_ values: repeat (each Value)?) throws(JSONFormError) -> (repeat each Value)
    {
        try finish()
        return (repeat try Self.present(each values))
    }

    private static func present<Value>(_ value: Value?) throws(JSONFormError) -> Value {
        guard let value else { throw JSONFormError(problems: [Problem(field: "", detail: "a value is missing")]) }
        return value
    }

    private mutating func reportUnknown() {
        for key in object.keys where read.insert(key).inserted { report(key, "is not known here") }
    }

    // MARK: Inside

    private func place(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private mutating func member(_ key: String) -> JSONValue? {
        read.insert(key)
        return object[key]
    }

    private mutating func parse<Value: JSONReadable, Result>(
        _ key: String, _ value: JSONValue, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let read = Value(json: value) else {
            report(key, "must be \(Value.jsonDescription)")
            return nil
        }
        do {
            return try parse(read)
        } catch {
            report(key, "\(error)")
            return nil
        }
    }

    private mutating func nested<Result>(
        _ value: JSONValue, path: String, _ body: (inout JSONForm) throws -> Result?
    ) rethrows -> Result? {
        var form = JSONForm(value, path: path)
        guard form.problems.isEmpty else {
            problems += form.problems
            return nil
        }
        let result = try body(&form)
        form.reportUnknown()
        problems += form.problems
        return form.problems.isEmpty ? result : nil
    }
}
