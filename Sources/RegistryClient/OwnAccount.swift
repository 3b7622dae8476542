import JSON

/// What is to change of the caller's own account; nil leaves it.
public struct AccountChanges: Sendable {
    /// The name that others see.
    public var displayName: String?
    /// `ko` or `en`.
    public var language: String?
    /// The new password; it takes ``currentPassword`` too.
    public var password: String?
    /// The password until now.
    public var currentPassword: String?

    public init() {}

    /// Whether nothing is to change.
    public var isEmpty: Bool { json.object?.isEmpty ?? true }

    /// As the server reads it.
    var json: JSONValue {
        var object: JSONObject = [:]
        object["display_name"] = displayName.map { .string($0) }
        object["language"] = language.map { .string($0) }
        object["password"] = password.map { .string($0) }
        object["current_password"] = currentPassword.map { .string($0) }
        return .object(object)
    }
}

extension RegistryClient {
    /// Changes the caller's own account; a new password ends its portal sessions.
    ///
    /// - Throws: ``ClientError``; `credentials-invalid` when the password until now is wrong.
    public func editAccount(_ changes: AccountChanges) throws -> RemoteUser {
        try RemoteUser(json(Call(method: "PATCH", target: "/api/v1/me", body: .json(changes.json.bytes))))
    }
}
