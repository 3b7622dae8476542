import HTTPServer
import JSON
import Registry

/// Reads the members of a JSON object that a client sent, and remembers everything that breaks a rule, in both
/// languages, so that the client hears of all of it at once.
///
/// ``finish()`` throws when something did, or when there are members that nobody asked for.
struct Form {
    private let object: JSONObject
    private let path: String
    private var read: Set<String> = []
    private(set) var problems: [RegistryError.FieldProblem] = []
    /// More are left out: a megabyte of unknown members would be answered with four.
    private static let maximumProblems = 100

    /// - Throws: 415 when the body is not said to be JSON (or `type`), 400 when it does not parse, 422 when it is no
    ///   object.
    init(body request: Request, type: String = "application/json") throws {
        let sent = request.fields["Content-Type"] ?? ""
        let essence = sent.prefix { $0 != ";" }.trimmed.lowercased()
        guard essence == type || essence == "application/json" else {
            throw HTTPError.unsupportedMediaType("Send \(type).")
        }
        try self.init(bytes: request.body)
    }

    init(bytes: [UInt8]) throws {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw RegistryError(.formInvalid, "\(error)", ko: "JSON을 읽을 수 없습니다: \(error.offset)번째 바이트")
        }
        guard let object = value.object else {
            throw RegistryError.invalid("body", "must be an object", ko: "JSON 객체여야 합니다")
        }
        self.init(object)
    }

    private init(_ object: JSONObject, path: String = "") {
        self.object = object
        self.path = path
    }

    var isEmpty: Bool { object.isEmpty }

    /// Whether the client sent the member, be it null.
    func has(_ key: String) -> Bool { object[key] != nil }

    /// A member that must be there; nil when a problem was noted.
    mutating func required<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key), !value.isNull else {
            report(key, "is required", ko: "필요한 항목입니다")
            return nil
        }
        return self.parse(key, value, parse)
    }

    mutating func required<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        required(key) { (value: Value) in value }
    }

    /// A member that may be left out or null.
    mutating func nullable<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key), !value.isNull else { return nil }
        return self.parse(key, value, parse)
    }

    /// A member that may be left out.
    mutating func optional<Value: JSONReadable, Result>(
        _ key: String, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let value = member(key) else { return nil }
        return self.parse(key, value, parse)
    }

    mutating func optional<Value: JSONReadable>(_ key: String, as: Value.Type = Value.self) -> Value? {
        optional(key) { (value: Value) in value }
    }

    /// A member that is an object, read by `body`.
    mutating func object<Result>(_ key: String, _ body: (inout Form) throws -> Result?) rethrows -> Result? {
        guard let value = member(key) else { return nil }
        return try nested(value, place(of: key), body)
    }

    mutating func report(_ key: String, _ english: String, ko korean: String) {
        guard problems.count < Self.maximumProblems else { return }
        problems.append(.init(place(of: key), english, ko: korean))
    }

    /// - Throws: `validation-failed` with everything that was noted.
    mutating func finish() throws(RegistryError) {
        reportUnknown()
        if !problems.isEmpty { throw RegistryError.invalid(problems) }
    }

    /// A value that ``finish()`` has shown to be there.
    static func present<Value>(_ value: Value?) throws(RegistryError) -> Value {
        guard let value else { throw .invalid("body", "a value is missing", ko: "값이 빠졌습니다") }
        return value
    }

    private func place(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private mutating func member(_ key: String) -> JSONValue? {
        read.insert(key)
        return object[key]
    }

    private mutating func reportUnknown() {
        for key in object.keys where !read.contains(key) { report(key, "is not known here", ko: "알 수 없는 항목입니다") }
    }

    private mutating func parse<Value: JSONReadable, Result>(
        _ key: String, _ value: JSONValue, _ parse: (Value) throws -> Result
    ) -> Result? {
        guard let read = Value(json: value) else {
            report(key, "must be \(Value.jsonDescription)", ko: "값의 종류가 다릅니다 (\(Value.jsonDescription))")
            return nil
        }
        do {
            return try parse(read)
        } catch let error as RegistryError {
            let message = error.fields.first?.message ?? error.message
            report(key, message.en, ko: message.ko)
        } catch {
            report(key, "is not valid", ko: "올바르지 않습니다")
        }
        return nil
    }

    private mutating func nested<Result>(
        _ value: JSONValue, _ path: String, _ body: (inout Form) throws -> Result?
    ) rethrows -> Result? {
        guard let object = value.object else {
            problems.append(.init(path, "must be an object", ko: "객체여야 합니다"))
            return nil
        }
        var form = Form(object, path: path)
        let result = try body(&form)
        form.reportUnknown()
        problems += form.problems
        return form.problems.isEmpty ? result : nil
    }
}
