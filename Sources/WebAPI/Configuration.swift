/// What an ``API`` needs to know of the way it is run.
public struct Configuration: Sendable {
    /// Bytes that one request may upload.
    public var maximumUpload: Int64 = 50 << 30
    /// Requests a second that one token, portal user or address may send, in bursts of ten times as many; 0: any number.
    public var requestRate = 100
    /// The address that users see, such as `https://moru.example`; nil: what they asked for.
    public var publicURL: String?
    /// The product's version, as `about` tells it.
    public var productVersion = "0.1.0"
    /// Takes what the client must not see: one line, without a secret.
    public var log: @Sendable (String) -> Void = { _ in }

    public init() {}

    /// Whether browsers reach the server over TLS whatever the request says.
    var isPublishedOverTLS: Bool { publicURL?.hasPrefix("https://") ?? false }
}
