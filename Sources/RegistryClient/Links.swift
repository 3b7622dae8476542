public import JSON
public import Registry

/// A one-time link with which a user chooses a password.
public struct RemoteLink: Sendable {
    /// `invitation` or `reset`.
    public let purpose: String
    /// Where the user opens it; who has it can choose the password.
    public let url: String
    /// Unix seconds.
    public let expiresAt: Int64?
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        purpose = try answer.string("purpose")
        url = try answer.string("url")
        expiresAt = answer.time("expires_at")
    }
}

extension RegistryClient {
    /// Makes a link for a user, which replaces older ones: an invitation while it has no password, else a reset.
    ///
    /// - Throws: ``ClientError``; `state-conflict` for a disabled user.
    public func createLink(for username: Username) throws -> RemoteLink {
        let call = Call(method: "POST", target: "/api/v1/users/\(username)/link", body: .json(Array("{}".utf8)))
        return try RemoteLink(json(call))
    }
}
