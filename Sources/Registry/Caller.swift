/// Who sends a request, and what that allows. All rules of access stand here.
///
/// A model that a caller may not read does not exist for it; the layers above answer `model-unknown`.
public struct Caller: Sendable {
    /// nil for a request without credentials.
    public let user: User?
    /// The namespaces that the user is a member of.
    public let namespaces: [String: NamespaceRole]
    /// The token that was sent; nil for a portal session and for nobody.
    public let token: Token?

    /// Somebody who sent neither a session nor a token.
    public static let anonymous = Caller(user: nil, namespaces: [:], token: nil)

    public init(user: User?, namespaces: [String: NamespaceRole], token: Token?) {
        (self.user, self.namespaces, self.token) = (user, namespaces, token)
    }

    /// The role in force; nil for nobody.
    public var role: Role? { user?.role }

    /// Whether the caller may manage users and service types. A token for some models only may not: who makes users
    /// reaches every model.
    public var isAdmin: Bool { role == .admin && hasFullPower }

    /// Whether the caller sees every private model of the repository.
    package var seesEverything: Bool { role == .admin && allows(.modelRead) && (token?.models.isEmpty ?? true) }

    /// Whether a private model or the drafts of `model` exist for the caller.
    public func mayReadPrivate(_ model: ModelName) -> Bool {
        guard user != nil, allows(.modelRead), reaches(model) else { return false }
        return role == .admin || namespaces[model.namespace] != nil
    }

    /// Whether a model of this visibility exists for the caller.
    public func mayRead(_ model: ModelName, _ visibility: Visibility) -> Bool {
        visibility == .public || mayReadPrivate(model)
    }

    /// Whether the caller may publish versions of `model` and edit it. `namespaceIsFree` says that nobody owns the
    /// namespace yet.
    public func mayPublish(_ model: ModelName, namespaceIsFree: Bool) -> Bool {
        guard allows(.modelWrite), reaches(model) else { return false }
        switch role {
        case .admin: return true
        case .developer:
            if let membership = namespaces[model.namespace] { return membership != .reader }
            return namespaceIsFree
        case .operator, .viewer, .device, nil: return false
        }
    }

    /// Whether the caller may send bytes ahead of publishing, which is asked for each model when they are published.
    public var mayUpload: Bool { allows(.modelWrite) && (role?.mayPublish ?? false) }

    /// Whether an upload exists for the caller: it is the user's own, and a token reaches what it has made itself.
    public func reaches(_ upload: ResumableUpload) -> Bool {
        guard let user, user.id == upload.user else { return false }
        return token == nil || token?.id == upload.token
    }

    /// Whether the caller may delete `model`: owners of its namespace and admins.
    public func mayDelete(_ model: ModelName) -> Bool {
        guard allows(.modelWrite), reaches(model) else { return false }
        return role == .admin || (role == .developer && namespaces[model.namespace] == .owner)
    }

    /// Whether the caller may move aliases of `model`, given that it may read it.
    public func mayMoveAliases(of model: ModelName) -> Bool {
        guard allows(.aliasWrite) || allows(.modelWrite), reaches(model) else { return false }
        switch role {
        case .admin, .operator: return true
        case .developer: return namespaces[model.namespace].map { $0 != .reader } ?? false
        case .viewer, .device, nil: return false
        }
    }

    // MARK: Namespaces

    /// The namespaces that the caller may be told that it belongs to. A token for some models only, or one that may
    /// neither read nor manage, is told of none.
    public var memberships: [String: NamespaceRole] { mayKnowNamespaces ? namespaces : [:] }

    /// Whether all namespaces with their members exist for the caller.
    public var knowsEveryNamespace: Bool { role == .admin && mayKnowNamespaces }

    /// Whether `namespace`, given that it was made, exists for the caller: with its members, who see each other.
    public func mayKnow(_ namespace: String) -> Bool { knowsEveryNamespace || memberships[namespace] != nil }

    /// Whether the caller may add, change and remove members of `namespace`: its owners and admins.
    public func mayManage(_ namespace: String) -> Bool {
        guard let role, role.mayPublish, hasFullPower else { return false }
        return role == .admin || namespaces[namespace] == .owner
    }

    /// Whether the caller may act as its user in person, such as leave a namespace: in a session, or by a token with
    /// the scope `admin` for all models.
    public var hasFullPower: Bool { allows(.admin) && (token?.models.isEmpty ?? true) }

    private var mayKnowNamespaces: Bool {
        guard user != nil else { return false }
        guard let token else { return true }
        return token.models.isEmpty && (token.scopes.contains(.modelRead) || token.scopes.contains(.admin))
    }

    private func allows(_ scope: Scope) -> Bool {
        guard let token else { return user != nil }
        return token.scopes.contains(scope)
    }

    private func reaches(_ model: ModelName) -> Bool {
        guard let token, !token.models.isEmpty else { return true }
        return token.models.contains { $0.matches(model) }
    }
}
