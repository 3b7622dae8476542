/// Reads the members of a JSON object that somebody wrote, and remembers everything that is wrong with them.
///
/// Each getter notes a problem instead of throwing, so that the author hears of all of them at once. ``conclude()``
/// throws when there were any, or when the object has members that nobody asked for. For example:
///
///     var form = JSONForm(value)
///     let name = form.required("name") { try ModelName($0) }
///     let title: String? = form.required("title")
///     let summary: String? = form.nullable("summary")
///     try form.conclude()
public struct JSONForm {
    /// What is wrong with one member.
    public struct Problem: Sendable {
        /// Where: `title`, `artifacts[2].path`; empty for the value as a whole.
        public let field: String
        /// Which rule it breaks.
        public let fault: Fault
    }

    /// A rule that a member breaks.
    public enum Fault: Sendable, CustomStringConvertible {
        case missing
        case unknown
        /// `expected` is a ``JSONReadable/jsonDescription`` or `an object`.
        case wrongKind(expected: String)
        /// What the caller's own check threw.
        case refused(any Error)

        public var description: String {
            switch self {
            case .missing: "is required"
            case .unknown: "is not known here"
            case .wrongKind(let expected): "must be \(expected)"
            case .refused(let error): "\(error)"
            }
        }
    }

    /// More are left out: a megabyte of unknown members would be answered with four.
    public static let maximumProblems = 100

    /// What has been found so far.
    public private(set) var problems: [Problem] = []
    private let object: JSONObject
    private let path: String
    private var read: Set<String> = []

    /// Reads `value`, which must be an object.
    public init(_ value: JSONValue) { self.init(value, path: "") }

    private init(_ value: JSONValue, path: String) {
        self.path = path
        object = value.object ?? JSONObject()
        if value.object == nil { problems.append(Problem(field: path, fault: .wrongKind(expected: "an object"))) }
    }

    // MARK: Members

    /// Whether the object has no members at all.
    public var isEmpty: Bool { object.isEmpty }

    /// Whether the member is there, be it null.
    public func has(_ key: String) -> Bool { object[key] != nil }

    /// A member that must be there and not null; nil when a problem was noted.
    public mutating func required<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        required(key) { (value: Value) in value }
    }

    /// A member that must be there, turned into another type; what `parse` throws becomes the problem.
    public mutating func required<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key), !value.isNull else {
            note(place(of: key), .missing)
            return nil
        }
        return self.parse(key, value, parse)
    }

    /// A member that may be left out, but not null.
    public mutating func optional<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        optional(key) { (value: Value) in value }
    }

    /// A member that may be left out, but not null, turned into another type.
    public mutating func optional<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key) else { return nil }
        return self.parse(key, value, parse)
    }

    /// A member that may be left out or null.
    public mutating func nullable<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        nullable(key) { (value: Value) in value }
    }

    /// A member that may be left out or null, turned into another type.
    public mutating func nullable<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key), !value.isNull else { return nil }
        return self.parse(key, value, parse)
    }

    /// A member that is an object, read by `body`; nil when it is left out or wrong.
    public mutating func object<Result>(
        _ key: String, _ body: (inout JSONForm) throws -> Result?
    ) rethrows -> Result? {
        guard let value = member(key) else { return nil }
        return try nested(value, path: place(of: key), body)
    }

    /// A member that is an array of objects, each read by `body`; nil when it is left out or null.
    public mutating func objects<Result>(
        _ key: String, _ body: (inout JSONForm) throws -> Result?
    ) rethrows -> [Result]? {
        guard let value = member(key), !value.isNull else { return nil }
        guard let elements = value.array else {
            note(place(of: key), .wrongKind(expected: "an array of objects"))
            return nil
        }
        var results: [Result] = []
        for (index, element) in elements.enumerated() {
            if let result = try nested(element, path: "\(place(of: key))[\(index)]", body) { results.append(result) }
        }
        return results
    }

    /// Notes a problem that the caller found.
    public mutating func report(_ key: String, _ error: any Error) { note(place(of: key), .refused(error)) }

    /// Ends the reading.
    ///
    /// - Throws: All problems found, those of unknown members included.
    public mutating func conclude() throws(JSONFormError) {
        reportUnknown()
        guard problems.isEmpty else { throw JSONFormError(problems: problems) }
    }

    // MARK: Inside

    private func place(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private mutating func note(_ field: String, _ fault: Fault) {
        guard problems.count < Self.maximumProblems else { return }
        problems.append(Problem(field: field, fault: fault))
    }

    private mutating func member(_ key: String) -> JSONValue? {
        read.insert(key)
        return object[key]
    }

    private mutating func reportUnknown() {
        for key in object.keys where read.insert(key).inserted { note(place(of: key), .unknown) }
    }

    private mutating func parse<Value: JSONReadable, Result>(
        _ key: String, _ value: JSONValue, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let read = Value(json: value) else {
            note(place(of: key), .wrongKind(expected: Value.jsonDescription))
            return nil
        }
        do {
            return try parse(read)
        } catch {
            report(key, error)
            return nil
        }
    }

    private mutating func nested<Result>(
        _ value: JSONValue, path: String, _ body: (inout JSONForm) throws -> Result?
    ) rethrows -> Result? {
        var form = JSONForm(value, path: path)
        let result = form.problems.isEmpty ? try body(&form) : nil
        form.reportUnknown()
        for problem in form.problems { note(problem.field, problem.fault) }
        return form.problems.isEmpty ? result : nil
    }
}
