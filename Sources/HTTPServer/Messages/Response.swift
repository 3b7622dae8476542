/// What a handler answers. The engine adds lengths, dates, ranges, 304s and compression by itself.
public struct Response: Sendable {
    /// The status code; a handler answers 200 where the engine may make a 206 or a 304 of it.
    public var status: Int
    /// Header fields; the engine leaves out `Content-Length`, `Transfer-Encoding`, `Connection` and `Date`, which it sets.
    public var fields: Fields
    public var body: Body
    /// Strong tag of the body. Left nil, the engine makes one for a 200 with `.bytes`, from their SHA-256.
    public var entityTag: EntityTag?
    /// Unix seconds.
    public var lastModified: Int64?
    public var reuse: Reuse
    /// Told once per response sent in full or in part, on an event loop: be brief.
    public var onServed: (@Sendable (Served) -> Void)?
    /// A gzip form made beforehand, so that it is not made again.
    package var gzipped: [UInt8]?

    public init(
        status: Int = 200, fields: Fields = [:], body: Body = .none, entityTag: EntityTag? = nil,
        lastModified: Int64? = nil, reuse: Reuse = .none, onServed: (@Sendable (Served) -> Void)? = nil
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.reuse = reuse
        self.onServed = onServed
    }

    /// JSON that is written already.
    public static func json(_ bytes: [UInt8], status: Int = 200, fields: Fields = [:]) -> Response {
        content(bytes, type: "application/json", status: status, fields: fields)
    }

    /// HTML in UTF-8.
    public static func html(_ text: String, status: Int = 200, fields: Fields = [:]) -> Response {
        content(Array(text.utf8), type: "text/html; charset=utf-8", status: status, fields: fields)
    }

    /// Bytes of a media type.
    public static func content(
        _ bytes: [UInt8], type: String, status: Int = 200, fields: Fields = [:]
    ) -> Response {
        var fields = fields
        fields["Content-Type"] = type
        return Response(status: status, fields: fields, body: .bytes(bytes))
    }

    /// A response without a body.
    public static func empty(_ status: Int = 204, fields: Fields = [:]) -> Response {
        Response(status: status, fields: fields)
    }
}
