import HTTPServer
import JSON
import Registry

/// The JSON object in the body of a request; what breaks a rule is told in both languages.
extension JSONForm {
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

    /// - Throws: 400 when `bytes` do not parse, 422 when they are no object.
    init(bytes: [UInt8]) throws {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw RegistryError(.formInvalid, "\(error)", ko: "JSON을 읽을 수 없습니다: \(error.offset)번째 바이트")
        }
        guard value.object != nil else {
            throw RegistryError.invalid("body", "must be an object", ko: "JSON 객체여야 합니다")
        }
        self.init(value)
    }

    mutating func report(_ key: String, _ english: String, ko korean: String) {
        report(key, RegistryError.invalid(key, english, ko: korean))
    }

    /// - Throws: `validation-failed` with everything that was noted.
    mutating func finish() throws(RegistryError) {
        do {
            try conclude()
        } catch {
            throw .invalid(error.problems.map { .init($0) })
        }
    }

    /// A value that ``finish()`` has shown to be there.
    static func present<Value>(_ value: Value?) throws(RegistryError) -> Value {
        guard let value else { throw .invalid("body", "a value is missing", ko: "값이 빠졌습니다") }
        return value
    }
}

extension RegistryError.FieldProblem {
    init(_ problem: JSONForm.Problem) {
        let korean: String
        switch problem.fault {
        case .missing: korean = "필요한 항목입니다"
        case .unknown: korean = "알 수 없는 항목입니다"
        case .wrongKind("an object"): korean = "객체여야 합니다"
        case .wrongKind(let expected): korean = "값의 종류가 다릅니다 (\(expected))"
        case .refused(let error):
            let known = error as? RegistryError
            let message = known.map { $0.fields.first?.message ?? $0.message }
            self.init(problem.field, message?.en ?? "is not valid", ko: message?.ko ?? "올바르지 않습니다")
            return
        }
        self.init(problem.field, "\(problem.fault)", ko: korean)
    }
}

extension Request {
    /// For requests that have nothing to say: no body, or an object without members.
    ///
    /// - Throws: 415 when a body is not said to be JSON, 400 when it does not parse, 422 when it says something.
    func requireNothing() throws {
        guard !body.isEmpty else { return }
        var form = try JSONForm(body: self)
        try form.finish()
    }
}
