/// A refusal that has a status of its own: by the engine, or thrown by a handler that speaks HTTP.
///
/// `Router.problem` turns it into a response and keeps `fields` (Allow, Retry-After, …).
public struct HTTPError: Error, Sendable, Hashable {
    /// The status code (RFC 9110 §15), 400–599.
    public let status: Int
    /// A short kebab-case word for machines, such as `not-found`.
    public let code: String
    /// One sentence for people. It never holds a secret.
    public let detail: String
    /// What the response carries besides the problem.
    public let fields: Fields

    public init(status: Int, code: String, detail: String, fields: Fields = [:]) {
        self.status = status
        self.code = code
        self.detail = detail
        self.fields = fields
    }

    /// 400: the request cannot be read (RFC 9110 §15.5.1).
    public static func badRequest(_ detail: String) -> HTTPError {
        HTTPError(status: 400, code: "bad-request", detail: detail)
    }
    /// 404: no route and no file (§15.5.5).
    public static let notFound = HTTPError(status: 404, code: "not-found", detail: "Nothing is at this address.")
    /// 405 (§15.5.6); `allow` is the list of methods that `Allow` needs.
    public static func methodNotAllowed(allow: String) -> HTTPError {
        HTTPError(
            status: 405, code: "method-not-allowed", detail: "This address answers \(allow).",
            fields: ["Allow": allow])
    }
    /// 411: a body without a length (§15.5.12).
    public static let lengthRequired = HTTPError(
        status: 411, code: "length-required", detail: "Send the length of the body, or send it chunked.")
    /// 412: `If-Match` or `If-Unmodified-Since` does not hold (§15.5.13).
    public static let preconditionFailed = HTTPError(
        status: 412, code: "precondition-failed", detail: "It has changed since it was read.")
    /// 413 (§15.5.14); `maximum` in bytes.
    public static func contentTooLarge(maximum: Int64) -> HTTPError {
        HTTPError(
            status: 413, code: "content-too-large", detail: "The body may have at most \(maximum) bytes here.")
    }
    /// 414: more than ``ServerConfiguration/maximumTarget`` bytes (§15.5.15).
    public static let targetTooLong = HTTPError(
        status: 414, code: "uri-too-long", detail: "The request target is too long.")
    /// 415: a media type or coding that the route does not read (§15.5.16).
    public static func unsupportedMediaType(_ detail: String) -> HTTPError {
        HTTPError(status: 415, code: "unsupported-media-type", detail: detail)
    }
    /// 416 (§15.5.17); `size` of the whole representation in bytes.
    public static func rangeNotSatisfiable(size: Int64) -> HTTPError {
        HTTPError(
            status: 416, code: "range-not-satisfiable", detail: "The representation has \(size) bytes.",
            fields: ["Content-Range": "bytes */\(size)"])
    }
    /// 417: an `Expect` other than `100-continue` (§15.5.18).
    public static let expectationFailed = HTTPError(
        status: 417, code: "expectation-failed", detail: "Only 100-continue can be expected.")
    /// 421: a `Host` that is not one of ``ServerConfiguration/allowedHosts`` (§15.5.20).
    public static let misdirected = HTTPError(
        status: 421, code: "misdirected-request", detail: "This server does not answer for that host.")
    /// 431 (RFC 6585 §5).
    public static let fieldsTooLarge = HTTPError(
        status: 431, code: "header-fields-too-large", detail: "The header fields are too large.")
    /// 500: a fault of ours, which only the log tells.
    public static let internalError = HTTPError(
        status: 500, code: "internal", detail: "The server failed. Its log says more under the request id.")
    /// A file that a response names is not there: a fault of the server, or it was deleted a moment ago.
    static let fileMissing = HTTPError(
        status: 500, code: "internal",
        detail: "A file of the server is missing. Its log says more under the request id.")
    /// 501: a method that no route of ours could have (§15.6.2).
    public static let notImplemented = HTTPError(
        status: 501, code: "method-not-implemented", detail: "The server does not know this method.")
    /// 503: too much at once; the client may come back after `seconds` (§15.6.4).
    public static func unavailable(_ detail: String, retryAfter seconds: Int = 1) -> HTTPError {
        HTTPError(status: 503, code: "unavailable", detail: detail, fields: ["Retry-After": "\(seconds)"])
    }
    /// 505: neither HTTP/1.1 nor HTTP/1.0 (§15.6.6).
    public static let versionNotSupported = HTTPError(
        status: 505, code: "http-version-not-supported", detail: "The server speaks HTTP/1.1 and HTTP/1.0.")
}
