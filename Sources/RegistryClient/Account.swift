import Encoding
public import JSON
public import Registry

/// Somebody who may sign in, as a server describes them.
public struct RemoteUser: Sendable {
    /// As in ``User/username``.
    public let username: String
    /// As in ``User/displayName``.
    public let displayName: String
    /// The name of a ``Role``; a newer server may know others.
    public let role: String
    /// As in ``User/isDisabled``.
    public let isDisabled: Bool
    /// Whether the user has chosen a password; only admins are told.
    public let hasPassword: Bool
    /// Unix seconds; nil when the user has never signed in.
    public let lastSeenAt: Int64?
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        username = try answer.string("username")
        displayName = json["display_name"]?.string ?? ""
        role = try answer.string("role")
        isDisabled = json["disabled"]?.bool ?? false
        hasPassword = json["has_password"]?.bool ?? true
        lastSeenAt = answer.time("last_seen_at")
    }
}

/// A token as a server describes it.
public struct RemoteToken: Sendable {
    /// By which ``RegistryClient/revokeToken(_:)`` knows it.
    public let id: String
    /// What its owner calls it.
    public let name: String
    /// The first characters of the secret.
    public let prefix: String
    /// The names of its ``Scope``s; a newer server may know others.
    public let scopes: [String]
    /// The models that it is for, as ``ModelPattern`` writes them; empty for all that its user may reach.
    public let models: [String]
    /// Unix seconds; nil when it does not expire.
    public let expiresAt: Int64?
    /// Unix seconds; nil when it was never used.
    public let lastUsedAt: Int64?
    /// The token itself, said once when it is made.
    public let secret: String?
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        id = try json["id"]?.string ?? String(answer.integer("id"))
        name = try answer.string("name")
        prefix = json["prefix"]?.string ?? ""
        scopes = (json["scopes"]?.array ?? []).compactMap(\.string)
        models = (json["models"]?.array ?? []).compactMap(\.string)
        expiresAt = answer.time("expires_at")
        lastUsedAt = answer.time("last_used_at")
        secret = json["token"]?.string
    }
}

/// What a new token may do.
public struct TokenRequest: Sendable {
    /// What its owner will know it by; 1–100 characters.
    public var name: String
    public var scopes: [Scope]
    /// Empty for all models that its user may reach.
    public var models: [ModelPattern] = []
    /// Unix seconds; nil for a token that holds until it is revoked.
    public var expiresAt: Int64?

    public init(name: String, scopes: [Scope]) {
        (self.name, self.scopes) = (name, scopes)
    }

    var json: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "scopes": .array(scopes.map { .string($0.rawValue) }),
        ]
        if !models.isEmpty { object["models"] = .array(models.map { .string("\($0)") }) }
        if let expiresAt { object["expires_at"] = .string(Timestamp.rfc3339(expiresAt)) }
        return .object(object)
    }
}

extension RegistryClient {
    /// Who the credentials are; nil without any.
    public func currentUser() throws -> RemoteUser? {
        let json = try get("/api/v1/me")
        guard let user = json["user"], !user.isNull else { return nil }
        return try RemoteUser(user)
    }

    // MARK: Users, for admins

    /// All users, by name.
    public func users() throws -> [RemoteUser] { try all("/api/v1/users") { try RemoteUser($0) } }

    /// Makes a user; without `displayName` it shows by its user name, without a password it signs in by a link first.
    public func addUser(_ username: Username, role: Role, displayName: String?, password: String?) throws -> RemoteUser
    {
        var object: JSONObject = [
            "username": .string("\(username)"), "display_name": .string(displayName ?? "\(username)"),
            "role": .string(role.rawValue),
        ]
        object["password"] = password.map { .string($0) }
        return try RemoteUser(
            json(Call(method: "POST", target: "/api/v1/users", body: .json(JSONValue.object(object).bytes))))
    }

    /// Gives a user another role. The last admin keeps its role: `last-admin`.
    public func setRole(of username: Username, to role: Role) throws -> RemoteUser {
        try edit(username, ["role": .string(role.rawValue)])
    }

    /// Gives a user another password, which ends its sessions.
    public func setPassword(of username: Username, to password: String) throws -> RemoteUser {
        try edit(username, ["password": .string(password)])
    }

    /// Keeps a user out at once, or lets it in again. The last admin stays: `last-admin`.
    public func setDisabled(of username: Username, to isDisabled: Bool) throws -> RemoteUser {
        try edit(username, ["disabled": .bool(isDisabled)])
    }

    private func edit(_ username: Username, _ changes: JSONObject) throws -> RemoteUser {
        try RemoteUser(
            json(
                Call(
                    method: "PATCH", target: "/api/v1/users/\(username)", body: .json(JSONValue.object(changes).bytes)))
        )
    }

    /// Removes a user with its tokens; what it published stays.
    public func removeUser(_ username: Username) throws {
        _ = try send(Call(method: "DELETE", target: "/api/v1/users/\(username)"))
    }

    // MARK: Tokens of the caller

    /// The caller's tokens, newest first, without their secrets.
    public func tokens() throws -> [RemoteToken] { try all("/api/v1/tokens") { try RemoteToken($0) } }

    /// Makes a token; the answer is the only one that ever holds its secret.
    public func createToken(_ request: TokenRequest) throws -> RemoteToken {
        try RemoteToken(json(Call(method: "POST", target: "/api/v1/tokens", body: .json(request.json.bytes))))
    }

    /// Ends a token at once.
    public func revokeToken(_ id: String) throws {
        _ = try send(Call(method: "DELETE", target: "/api/v1/tokens/\(PercentEncoding.encode(id))"))
    }

    // MARK: Signing in

    /// Signs in with a password, makes a token and signs out again; only the token remains.
    public func signIn(_ username: String, password: String, token request: TokenRequest) throws -> RemoteToken {
        try token(
            request, of: "/api/v1/session", ["username": .string(username), "password": .string(password)])
    }

    /// Makes a token in the session that the answer of `target` begins.
    func token(_ request: TokenRequest, of target: String, _ credentials: JSONValue) throws -> RemoteToken {
        let reply = try send(Call(method: "POST", target: target, body: .json(credentials.bytes)))
        let proof = try JSONAnswer(Self.json(reply)).string("csrf_token")
        let cookies = reply.head.fields.filter { $0.name == "set-cookie" }
            .compactMap { $0.value.split(separator: ";").first.map(String.init) }
        let session = [(name: "Cookie", value: cookies.joined(separator: "; ")), (name: "X-CSRF-Token", value: proof)]
        defer { _ = try? send(Call(method: "DELETE", target: "/api/v1/session", fields: session)) }
        return try RemoteToken(
            json(
                Call(method: "POST", target: "/api/v1/tokens", fields: session, body: .json(request.json.bytes))))
    }
}
