import JSON
import Registry

extension JSONWriter {
    /// What a user may see of themself.
    mutating func members(ofAccount user: User) {
        member("username", user.username.description)
        member("display_name", user.displayName)
        member("role", user.role.rawValue)
        member("language", user.language)
    }

    /// What administrators see of a user.
    mutating func members(of user: User) {
        members(ofAccount: user)
        member("disabled", user.isDisabled)
        member("has_password", user.hasPassword)
        member("created_at", time: user.createdAt)
        member("last_seen_at", time: user.lastSeenAt)
    }

    mutating func members(of namespace: Namespace) {
        member("name", namespace.name)
        member("role", namespace.role?.rawValue)
        member("members", namespace.members)
        member("models", namespace.models)
    }

    mutating func members(of member: NamespaceMember) {
        self.member("username", member.username.description)
        self.member("display_name", member.displayName)
        self.member("role", member.role.rawValue)
        self.member("disabled", member.isDisabled)
    }

    mutating func members(of token: Token) {
        member("id", token.id.rawValue)
        member("name", token.name)
        member("prefix", token.prefix)
        member("scopes", Scope.allCases.filter { token.scopes.contains($0) }.map(\.rawValue))
        member("models", token.models.map(\.description))
        member("created_at", time: token.createdAt)
        member("expires_at", time: token.expiresAt)
        member("last_used_at", time: token.lastUsedAt)
    }
}
