/// One immutable publication of a model.
public struct Version: Sendable, Hashable {
    public let id: ID<Version>
    /// The model that it is of.
    public let model: ID<Model>
    public let number: VersionNumber
    public let state: VersionState
    /// Why it is deprecated or withdrawn; empty otherwise.
    public let stateReason: String
    /// When it came into its state. Unix seconds.
    public let stateChangedAt: Int64
    /// The digest of its canonical manifest, which names the version.
    public let manifest: Digest
    /// The digest of its README, if it has one.
    public let readme: Digest?
    /// What has changed since the version before, in plain text; may be empty.
    public let notes: String
    /// The username of who made it, kept when the user is gone.
    public let createdBy: String
    /// Unix seconds.
    public let createdAt: Int64
    /// When it left `draft`, in Unix seconds; nil for drafts.
    public let publishedAt: Int64?
    /// Rises with every change of state or notes; its entity tag is made from it.
    public let revision: Int64

    public init(
        id: ID<Version>, model: ID<Model>, number: VersionNumber, state: VersionState, stateReason: String,
        stateChangedAt: Int64, manifest: Digest, readme: Digest?, notes: String, createdBy: String, createdAt: Int64,
        publishedAt: Int64?, revision: Int64
    ) {
        self.id = id
        self.model = model
        self.number = number
        self.state = state
        self.stateReason = stateReason
        self.stateChangedAt = stateChangedAt
        self.manifest = manifest
        self.readme = readme
        self.notes = notes
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.publishedAt = publishedAt
        self.revision = revision
    }
}

/// Where a version is in its life.
public enum VersionState: String, Sendable, CaseIterable {
    /// Seen by its namespace only; may still be deleted.
    case draft
    case published
    /// Offered, with advice to move on.
    case deprecated
    /// Found only by its exact number or digest; no device is offered it.
    case withdrawn

    /// Whether aliases and ranges may lead to it.
    public var isOffered: Bool { self == .published || self == .deprecated }

    /// The states that an author may move a version to from this one.
    public var successors: Set<VersionState> {
        switch self {
        case .draft: [.published]
        case .published: [.deprecated, .withdrawn]
        case .deprecated: [.published, .withdrawn]
        case .withdrawn: [.published, .deprecated]
        }
    }
}
