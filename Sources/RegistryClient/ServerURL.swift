import CCurl

/// The address of a server: `http` or `https`, a host, perhaps a port and a path, nothing else.
///
/// A value of this type has been checked and is in one normal form: holding one is the proof.
public struct ServerURL: Hashable, Sendable, CustomStringConvertible {
    /// Without a slash at the end, such as `https://models.example.com`.
    public let description: String
    /// A name or an address, IPv6 in brackets; without the port.
    public let host: String
    /// Whether what is sent is encrypted.
    public let isSecure: Bool

    /// Where `moru serve` listens when nothing else is said.
    public static let local = ServerURL(unchecked: "http://127.0.0.1:8080", host: "127.0.0.1", isSecure: false)

    private init(unchecked description: String, host: String, isSecure: Bool) {
        (self.description, self.host, self.isSecure) = (description, host, isSecure)
    }

    /// - Throws: ``ClientError/invalidServer(_:)`` when `text` has another form, or names a user or password.
    public init(_ text: String) throws(ClientError) {
        guard let handle = curl_url() else { throw .invalidServer(text) }
        defer { curl_url_cleanup(handle) }
        guard text.contains("://"), curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else {
            throw .invalidServer(text)
        }
        let parts = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT]
        guard parts.allSatisfy({ Self.part($0, of: handle) == nil }),
            let scheme = Self.part(CURLUPART_SCHEME, of: handle), scheme == "http" || scheme == "https",
            let host = Self.part(CURLUPART_HOST, of: handle)?.lowercased(),
            var path = Self.part(CURLUPART_PATH, of: handle)
        else { throw .invalidServer(text) }
        while path.hasSuffix("/") { path.removeLast() }
        let port = Self.part(CURLUPART_PORT, of: handle).map { ":\($0)" } ?? ""
        let isDefault = (scheme == "http" && port == ":80") || (scheme == "https" && port == ":443")
        self.init(
            unchecked: "\(scheme)://\(host)\(isDefault ? "" : port)\(path)", host: host, isSecure: scheme == "https")
    }

    /// Whether `host` is this machine, so that nobody on the way can read along.
    public var isLocal: Bool { host == "localhost" || host == "[::1]" || host.hasPrefix("127.") }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
