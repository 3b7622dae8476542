import Encoding
public import JSON
public import Registry

/// A namespace as a server describes it to one of its members or to an admin.
public struct RemoteNamespace: Sendable {
    /// As in ``ModelName/namespace``.
    public let name: String
    /// The caller's own role in it; nil for an admin who is no member.
    public let role: String?
    /// How many members it has.
    public let members: Int64
    /// How many models it has.
    public let models: Int64
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        name = try answer.string("name")
        role = json["role"]?.string
        members = try answer.integer("members")
        models = try answer.integer("models")
    }
}

/// Somebody who belongs to a namespace, as a server describes it.
public struct RemoteMember: Sendable {
    /// The name to sign in with.
    public let username: String
    /// The name that others see.
    public let displayName: String
    /// `owner`, `publisher` or `reader`.
    public let role: String
    /// Whether the user is disabled, and so may do nothing.
    public let isDisabled: Bool
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        username = try answer.string("username")
        displayName = json["display_name"]?.string ?? ""
        role = try answer.string("role")
        isDisabled = json["disabled"]?.bool ?? false
    }
}

extension RegistryClient {
    // MARK: Namespaces

    /// The namespaces of the caller, by name; for admins all.
    ///
    /// - Throws: ``ClientError``.
    public func namespaces() throws -> [RemoteNamespace] { try all("/api/v1/namespaces") { try RemoteNamespace($0) } }

    /// The members of a namespace, by user name.
    ///
    /// - Throws: ``ClientError``; `namespace-unknown` also when the caller is no member.
    public func members(of namespace: String) throws -> [RemoteMember] {
        try all(Self.path(of: namespace, "members")) { try RemoteMember($0) }
    }

    /// Makes a user a member, or gives a member another role.
    ///
    /// - Throws: ``ClientError``; `last-owner` when nobody else could look after the namespace.
    public func setMember(
        _ username: Username, of namespace: String, to role: NamespaceRole
    ) throws -> RemoteMember {
        let body: JSONValue = ["role": .string(role.rawValue)]
        return try RemoteMember(
            json(
                Call(
                    method: "PUT", target: Self.path(of: namespace, "members/\(username)"), body: .json(body.bytes))))
    }

    /// Ends a membership; members may end their own.
    ///
    /// - Throws: ``ClientError``; `last-owner` when nobody else could look after the namespace.
    public func removeMember(_ username: Username, from namespace: String) throws {
        _ = try send(Call(method: "DELETE", target: Self.path(of: namespace, "members/\(username)")))
    }

    /// Makes a user the one owner; who owned the namespace before becomes a publisher.
    ///
    /// - Returns: The members, the first hundred.
    /// - Throws: ``ClientError``.
    public func transfer(_ namespace: String, to username: Username) throws -> [RemoteMember] {
        let body: JSONValue = ["to": .string("\(username)")]
        let call = Call(method: "POST", target: Self.path(of: namespace, "transfer"), body: .json(body.bytes))
        return try JSONAnswer(json(call)).array("items").map { try RemoteMember($0) }
    }

    private static func path(of namespace: String, _ rest: String) -> String {
        "/api/v1/namespaces/\(PercentEncoding.encode(namespace))/\(rest)"
    }
}
