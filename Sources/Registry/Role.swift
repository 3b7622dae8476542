/// What a person or machine may do in the whole repository.
public enum Role: String, Sendable, CaseIterable {
    case admin
    /// Devices, rollouts and aliases; no publishing.
    case `operator`
    /// Publishes in own and free namespaces.
    case developer
    case viewer
    case device

    /// Whether the role lets a user publish at all: only such a user can be owner or publisher of a namespace.
    public var mayPublish: Bool { self == .admin || self == .developer }
}

/// What a member may do in one namespace.
public enum NamespaceRole: String, Sendable, CaseIterable {
    case owner
    case publisher
    case reader
}

/// What a token may do at most; its user's role bounds it further.
public enum Scope: String, Sendable, CaseIterable {
    case modelRead = "model:read"
    case modelWrite = "model:write"
    case aliasWrite = "alias:write"
    case rollout
    case device
    case admin
}
