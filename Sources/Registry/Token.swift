/// A secret with which a program acts for a user; only its SHA-256 is stored.
public struct Token: Sendable, Hashable {
    public let id: ID<Token>
    /// Whom it acts for.
    public let user: ID<User>
    /// What its owner calls it; 1–100 characters.
    public let name: String
    /// The first characters of the secret, by which its owner knows it again.
    public let prefix: String
    /// What it may do, at most what its user may.
    public let scopes: Set<Scope>
    /// The models that it is for; empty means all that its user may reach.
    public let models: [ModelPattern]
    /// Unix seconds.
    public let createdAt: Int64
    /// Unix seconds, after which it is refused; nil when it does not expire.
    public let expiresAt: Int64?
    /// Unix seconds, to the minute or so; nil when it was never used.
    public let lastUsedAt: Int64?

    public init(
        id: ID<Token>, user: ID<User>, name: String, prefix: String, scopes: Set<Scope>, models: [ModelPattern],
        createdAt: Int64, expiresAt: Int64?, lastUsedAt: Int64?
    ) {
        self.id = id
        self.user = user
        self.name = name
        self.prefix = prefix
        self.scopes = scopes
        self.models = models
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }
}

/// `namespace/name` or `namespace/*`.
public struct ModelPattern: Hashable, Sendable, CustomStringConvertible {
    /// As in ``ModelName/namespace``.
    public let namespace: String
    /// nil means every model of the namespace.
    public let name: String?

    /// - Throws: `validation-failed` when `text` has another form.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, ModelName.isPart(parts[0]), parts[1] == "*" || ModelName.isPart(parts[1]) else {
            throw .invalid("models", "namespace/name or namespace/*", ko: "네임스페이스/이름 또는 네임스페이스/*입니다")
        }
        namespace = String(parts[0])
        name = parts[1] == "*" ? nil : String(parts[1])
    }

    /// Whether the pattern names the model, or its whole namespace.
    public func matches(_ model: ModelName) -> Bool {
        namespace == model.namespace && (name == nil || name == model.name)
    }

    public var description: String { "\(namespace)/\(name ?? "*")" }
}
