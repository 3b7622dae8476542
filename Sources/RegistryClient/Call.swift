/// One request to a server, as ``Transport`` sends it.
struct Call {
    enum Body {
        case none
        case json([UInt8])
        /// Bytes of a media type, or of none.
        case bytes([UInt8], type: String?)
        case form([FormPart])
    }

    var method = "GET"
    /// After the server's address: percent-encoded, with the query.
    var target: String
    var fields: [(name: String, value: String)] = []
    var body = Body.none
    /// Seconds without a byte in either direction after which the connection counts as lost.
    var stallTimeout = 60
    /// Told how many bytes of the body were sent.
    var sent: (@Sendable (Int64) -> Void)?
    /// Takes the body of an answer with a status below 300 instead of ``Reply/bytes``.
    var receive: ((borrowing ReplyHead, UnsafeRawBufferPointer) throws -> Void)?

    /// Whether sending it twice does no more than sending it once (RFC 9110 §9.2.2); nil leaves it to the method.
    var isRepeatable: Bool?
    /// Whether the bytes may come from elsewhere; only for what is verified by its digest.
    var followsRedirections = false

    var isIdempotent: Bool { isRepeatable ?? ["GET", "HEAD", "PUT", "DELETE"].contains(method) }
}

/// A part of a form.
enum FormPart {
    case field(name: String, value: String)
    /// The bytes of a local file, read while they are sent.
    case file(name: String, path: String, filename: String)
    /// An upload that the server has, in the place of a file's bytes.
    case upload(id: String, filename: String)
}

/// Status and header fields of an answer.
struct ReplyHead: Sendable {
    var status = 0
    /// Names in lower case.
    var fields: [(name: String, value: String)] = []

    /// The first field of this name, given in lower case.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// `Retry-After` in seconds; its date form is not used by Moru servers.
    var retryAfter: Int? { self["retry-after"].flatMap { Int($0) } }

    /// The entity tag as it was sent, when it is a strong one.
    var strongTag: String? { self["etag"].flatMap { $0.hasPrefix("\"") ? $0 : nil } }
}

/// An answer.
struct Reply: Sendable {
    var head = ReplyHead()
    var bytes: [UInt8] = []
}
