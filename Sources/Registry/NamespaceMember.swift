/// Somebody who belongs to a namespace.
public struct NamespaceMember: Sendable, Hashable {
    public let username: Username
    /// As in ``User/displayName``.
    public let displayName: String
    /// What the namespace gives; the user's own role bounds it, see ``Role/mayPublish``.
    public let role: NamespaceRole
    /// A disabled user is still a member, and may do nothing.
    public let isDisabled: Bool

    public init(username: Username, displayName: String, role: NamespaceRole, isDisabled: Bool) {
        (self.username, self.displayName, self.role, self.isDisabled) = (username, displayName, role, isDisabled)
    }
}
