import JSON
public import Registry

/// A link that makes the first administrator, invites a user or resets a password: `https://…/setup#` and a secret.
public struct OneTimeLink: Sendable {
    /// The server that the link leads to.
    public let server: ServerURL
    let secret: String

    /// Nil when `text` is no such link; its secret is proved by the server alone.
    public init?(_ text: String) {
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasSuffix("/setup"), !parts[1].isEmpty,
            let server = try? ServerURL(String(parts[0].dropLast("/setup".count)))
        else { return nil }
        (self.server, secret) = (server, String(parts[1]))
    }
}

extension RegistryClient {
    /// Whether the server has no user yet.
    public func isWaitingForSetUp() throws -> Bool {
        try get("/api/v1/setup")["needed"]?.bool == true
    }

    /// Takes a link that makes the first administrator, makes a token and signs out again; only the token remains.
    ///
    /// - Throws: `link-invalid` when the link was used, replaced or has expired; nothing has changed then.
    public func setUp(
        _ link: OneTimeLink, as username: Username, password: String, token request: TokenRequest
    ) throws -> RemoteToken {
        try token(
            request, of: "/api/v1/setup",
            ["token": .string(link.secret), "username": .string("\(username)"), "password": .string(password)])
    }

    /// Takes an invitation or a reset with the user's new password, like ``setUp(_:as:password:token:)``.
    public func redeem(_ link: OneTimeLink, password: String, token request: TokenRequest) throws -> RemoteToken {
        try token(
            request, of: "/api/v1/links/redeem", ["token": .string(link.secret), "password": .string(password)])
    }
}
