import HTTPServer
import JSON
import Registry
import Services

/// What went wrong, as a client sees it: RFC 9457 problem details.
///
/// Errors of the product and of HTTP keep their code; everything else is `internal`: its text goes to the log under the
/// request id, never to the client.
struct Problem: Sendable {
    let code: String
    let status: Int
    let title: RegistryError.Message
    let detail: RegistryError.Message
    let errors: [RegistryError.FieldProblem]
    let fields: Fields

    init(_ error: RegistryError) {
        code = error.code.rawValue
        status = error.code.status
        title = error.code.title
        detail = error.message
        errors = error.fields
        fields = error.code.fields
    }

    init(_ error: HTTPError) {
        code = error.code
        status = error.status
        let known = HTTPCode(rawValue: error.code)
        title = known?.title ?? HTTPCode.internal.title
        detail = known?.koreanDetail.map { .init(en: error.detail, ko: $0) } ?? .init(en: error.detail, ko: title.ko)
        errors = []
        fields = error.fields
    }

    /// The problem of any error; nil for one that only the log may tell.
    init?(describing error: any Error) {
        switch error {
        case let error as RegistryError: self.init(error)
        case let error as HTTPError: self.init(error)
        case let error as RetryLater: self.init(error)
        default: return nil
        }
    }

    private init(_ error: RetryLater) {
        let problem = Problem(error.error)
        (code, status, title, detail, errors) = (
            problem.code, problem.status, problem.title, problem.detail, problem.errors
        )
        fields = ["Retry-After": "\(max(1, error.seconds))"]
    }

    /// - Parameters:
    ///   - language: of title and details.
    ///   - requestID: the `instance`, by which the log can be searched.
    /// - Returns: the problem as `application/problem+json`.
    func response(in language: Language, requestID: String) -> Response {
        let bytes = JSONWriter.bytes(capacity: 512) { json in
            json.object { json in
                json.member("type", "/problems/\(code)")
                json.member("title", title.text(in: language))
                json.member("status", status)
                json.member("detail", detail.text(in: language))
                json.member("instance", requestID)
                if !errors.isEmpty {
                    json.array("errors") { json in
                        for error in errors {
                            json.object { json in
                                json.member("field", error.field)
                                json.member("detail", error.message.text(in: language))
                                if let column = error.column { json.member("column", column) }
                            }
                        }
                    }
                }
            }
        }
        var fields = fields
        fields["Cache-Control"] = "no-store"
        fields["Content-Language"] = language.rawValue
        fields["Vary"] = "Accept-Language"
        return .content(bytes, type: "application/problem+json", status: status, fields: fields)
    }
}
