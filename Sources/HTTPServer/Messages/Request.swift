/// A request whose head has passed the guard: a plain value, safe on any lane.
public struct Request: Sendable {
    public let method: Method
    /// As sent, with its query.
    public let target: String
    /// The path of the target, still percent-encoded, in normal form.
    public let path: String
    /// Decoded pairs in order.
    public let query: QueryItems
    /// The header fields as they were sent.
    public let fields: Fields
    /// The client's address; behind a trusted proxy, the one the proxy names.
    public let remoteAddress: String
    /// Whether the client came over TLS, as a trusted proxy says.
    public let isSecure: Bool
    /// 16 hexadecimal digits, also sent as `X-Request-Id`.
    public let id: String
    /// The body, on routes declared with `.bytes`.
    public let body: [UInt8]
    package var parameters: [(name: String, value: String)] = []

    /// - Throws: 400 when the target is malformed.
    public init(
        method: Method, target: String, fields: Fields = [:], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1", isSecure: Bool = false, id: String = "0000000000000000"
    ) throws(HTTPError) {
        let parsed = try RequestTarget(target)
        self.method = method
        self.target = target
        self.path = parsed.path
        self.query = try QueryItems(parsing: parsed.query)
        self.fields = fields
        self.body = body
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.id = id
    }

    private init(_ other: Request, body: [UInt8]) {
        method = other.method
        target = other.target
        path = other.path
        query = other.query
        fields = other.fields
        remoteAddress = other.remoteAddress
        isSecure = other.isSecure
        id = other.id
        parameters = other.parameters
        self.body = body
    }

    package func with(body: [UInt8]) -> Request { Request(self, body: body) }

    /// The decoded path parameter that the route declares; "" when it declares none of that name.
    public func parameter(_ name: String) -> String {
        parameters.first { $0.name == name }?.value ?? ""
    }

    /// The authority the client asked for, or nil on HTTP/1.0 without one.
    public var host: String? { fields["Host"] }

    /// The value of a cookie, or nil (RFC 6265 §4.2).
    public func cookie(_ name: String) -> String? {
        for line in fields.all("Cookie") {
            for pair in line.split(separator: ";" as Character) {
                let halves = pair.split(separator: "=" as Character, maxSplits: 1, omittingEmptySubsequences: false)
                if halves.count == 2, ASCII.trimmed(halves[0]) == name { return String(ASCII.trimmed(halves[1])) }
            }
        }
        return nil
    }

    /// The declared length of the body in bytes, or nil when it is chunked or there is none.
    public var contentLength: Int64? { fields["Content-Length"].flatMap { ASCII.integer($0) } }
}
