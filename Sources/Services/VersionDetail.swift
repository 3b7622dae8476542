public import Registry
import SQLite
public import Storage

/// A version as its own page, and lists, show it.
public struct VersionDetail: Sendable {
    /// The model that it is of.
    public let model: ModelName
    public let version: Version
    /// Bytes of all its artifacts.
    public let size: Int64
    /// The version's own context.
    public let context: [ContextTag]
    /// By path; empty in lists.
    public let artifacts: [Artifact]
    /// In the order their author gave; without paths in lists.
    public let variants: [VersionContentStore.VariantEntry]
    /// The aliases that name it, `latest` among them.
    public let aliases: [AliasName]
    /// Whether everyone may see the model.
    public let isPublic: Bool

    init(
        _ version: Version, of model: Model, latest: ID<Version>?, artifacts: Bool, in db: borrowing Connection
    ) throws {
        self.model = model.name
        self.version = version
        size = try VersionContentStore.size(of: version.id, in: db)
        context = try ContextTagStore.tags(of: version.id, in: db)
        self.artifacts = artifacts ? try VersionContentStore.artifacts(of: version.id, in: db) : []
        variants = try VersionContentStore.variants(of: version.id, paths: artifacts, in: db)
        aliases =
            (latest == version.id ? [.latest] : []) + (try AliasStore.names(of: version.id, in: db))
        isPublic = model.visibility == .public
    }

    init(_ version: Version, of model: Model, in db: borrowing Connection) throws {
        let latest = try VersionStore.latest(of: model.id, in: db)?.id
        try self.init(version, of: model, latest: latest, artifacts: true, in: db)
    }
}

/// What is to change of a version; nil leaves it.
public struct VersionPatch: Sendable {
    public var state: VersionState?
    /// Why it is deprecated or withdrawn.
    public var reason: String?
    /// As in ``Version/notes``.
    public var notes: String?
    /// Where aliases go that name a version being withdrawn.
    public var replaceWith: VersionNumber?

    public init(
        state: VersionState? = nil, reason: String? = nil, notes: String? = nil, replaceWith: VersionNumber? = nil
    ) {
        self.state = state
        self.reason = reason
        self.notes = notes
        self.replaceWith = replaceWith
    }
}
