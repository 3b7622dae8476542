/// A refusal that has a status of its own: by the engine, or thrown by a handler that speaks HTTP.
///
/// `Router.problem` turns it into a response and keeps `fields` (Allow, Retry-After, …).
public struct HTTPError: Error, Sendable, Hashable {
    public let status: Int
    /// A short kebab-case word for machines, such as `not-found`.
    public let code: String
    /// One sentence for people. It never holds a secret.
    public let detail: String
    public let fields: Fields

    public init(status: Int, code: String, detail: String, fields: Fields = [:]) {
        self.status = status
        self.code = code
        self.detail = detail
        self.fields = fields
    }

    public static func badRequest(_ detail: String) -> HTTPError {
        HTTPError(status: 400, code: "bad-request", detail: detail)
    }
    public static let notFound = HTTPError(status: 404, code: "not-found", detail: "Nothing is at this address.")
    public static func methodNotAllowed(allow: String) -> HTTPError {
        HTTPError(
            status: 405, code: "method-not-allowed", detail: "This address answers \(allow).",
            fields: ["Allow": allow])
    }
    public static let lengthRequired = HTTPError(
        status: 411, code: "length-required", detail: "Send the length of the body, or send it chunked.")
    public static let preconditionFailed = HTTPError(
        status: 412, code: "precondition-failed", detail: "It has changed since it was read.")
    public static func contentTooLarge(maximum: Int64) -> HTTPError {
        HTTPError(
            status: 413, code: "content-too-large", detail: "The body may have at most \(maximum) bytes here.")
    }
    public static let targetTooLong = HTTPError(
        status: 414, code: "uri-too-long", detail: "The request target is too long.")
    public static func unsupportedMediaType(_ detail: String) -> HTTPError {
        HTTPError(status: 415, code: "unsupported-media-type", detail: detail)
    }
    public static func rangeNotSatisfiable(size: Int64) -> HTTPError {
        HTTPError(
            status: 416, code: "range-not-satisfiable", detail: "The representation has \(size) bytes.",
            fields: ["Content-Range": "bytes */\(size)"])
    }
    public static let expectationFailed = HTTPError(
        status: 417, code: "expectation-failed", detail: "Only 100-continue can be expected.")
    public static let misdirected = HTTPError(
        status: 421, code: "misdirected-request", detail: "This server does not answer for that host.")
    public static let fieldsTooLarge = HTTPError(
        status: 431, code: "header-fields-too-large", detail: "The header fields are too large.")
    public static let internalError = HTTPError(
        status: 500, code: "internal", detail: "The server failed. Its log says more under the request id.")
    public static let notImplemented = HTTPError(
        status: 501, code: "method-not-implemented", detail: "The server does not know this method.")
    public static func unavailable(_ detail: String, retryAfter seconds: Int = 1) -> HTTPError {
        HTTPError(status: 503, code: "unavailable", detail: detail, fields: ["Retry-After": "\(seconds)"])
    }
    public static let versionNotSupported = HTTPError(
        status: 505, code: "http-version-not-supported", detail: "The server speaks HTTP/1.1 and HTTP/1.0.")
}
