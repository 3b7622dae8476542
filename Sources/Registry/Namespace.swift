/// A namespace as somebody who knows it sees it: the first half of its models' names, and who may publish there.
public struct Namespace: Sendable, Hashable {
    /// As in ``ModelName/namespace``.
    public let name: String
    /// The caller's own role in it; nil for an administrator who is no member.
    public let role: NamespaceRole?
    /// How many members it has, disabled ones included.
    public let members: Int
    /// How many models it has, private ones included.
    public let models: Int

    public init(name: String, role: NamespaceRole?, members: Int, models: Int) {
        (self.name, self.role, self.members, self.models) = (name, role, members, models)
    }
}

extension RegistryError {
    /// Nobody has made the namespace, or the caller may not know of it: the two are never told apart.
    public static let unknownNamespace = RegistryError(
        .namespaceUnknown, "no namespace has this name, or you may not see it", ko: "이런 이름의 네임스페이스가 없거나 볼 권한이 없습니다")

    /// The change would leave the namespace without an owner who can look after it.
    public static func lastOwner(_ namespace: String) -> RegistryError {
        RegistryError(
            .lastOwner, "\(namespace) needs an enabled owner; make somebody else owner first, or transfer it",
            ko: "\(namespace)에는 활성 상태의 소유자가 있어야 합니다. 먼저 다른 소유자를 두거나 이전하세요")
    }

    /// Namespaces that only this user owns keep it from being deleted.
    public static func lastOwner(_ user: Username, of namespaces: [String]) -> RegistryError {
        let named = namespaces.prefix(5).joined(separator: ", ") + (namespaces.count > 5 ? ", …" : "")
        return RegistryError(
            .lastOwner, "only \(user) owns \(named); transfer first", ko: "\(named)의 소유자가 \(user)뿐입니다. 먼저 이전하세요",
            fields: namespaces.map { FieldProblem($0, "has no other enabled owner", ko: "활성 상태의 다른 소유자가 없습니다") })
    }
}
