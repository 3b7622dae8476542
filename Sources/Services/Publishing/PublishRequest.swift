public import Registry
public import Storage

/// What is to be published as one version.
public struct PublishRequest: Sendable {
    /// Where the version goes; it is made when it is new and the caller may.
    public var model: ModelName
    /// Of a model that does not exist yet; nil: its name as title, and nothing else.
    public var description: ModelDescription?
    /// nil: the next patch after the highest number, or 1.0.0.
    public var version: VersionNumber?
    /// As in ``Version/notes``.
    public var notes: String
    /// The README, which has been written by this server for this request.
    public var readme: Blob?
    /// The version's own context.
    public var context: [ContextTag]
    /// What the version offers; at least one, unless ``from`` brings some.
    public var variants: [VariantRequest]
    /// A version whose artifacts, variants, README and context are taken over where this request has none of its own.
    public var from: VersionNumber?
    /// Artifacts of ``from`` to leave out.
    public var remove: [ArtifactPath]
    /// Whether only the namespace is to see it for now.
    public var isDraft: Bool
    /// Aliases to move to the version in the same step.
    public var aliases: [AliasName]
    /// What wrote the blobs: collection leaves them alone as long as these live.
    public var uploads: [any BlobWriter]
    /// Resumable uploads that blobs come from; they end with the publication.
    public var taken: [TakenUpload]

    public init(
        model: ModelName, description: ModelDescription? = nil, version: VersionNumber? = nil, notes: String = "",
        readme: Blob? = nil, context: [ContextTag] = [], variants: [VariantRequest] = [], from: VersionNumber? = nil,
        remove: [ArtifactPath] = [], isDraft: Bool = false, aliases: [AliasName] = [],
        uploads: [any BlobWriter] = [], taken: [TakenUpload] = []
    ) {
        self.model = model
        self.description = description
        self.version = version
        self.notes = notes
        self.readme = readme
        self.context = context
        self.variants = variants
        self.from = from
        self.remove = remove
        self.isDraft = isDraft
        self.aliases = aliases
        self.uploads = uploads
        self.taken = taken
    }

    /// - Throws: `validation-failed` when the notes are over 64 KB or hold control characters.
    static func checkedNotes(_ text: String) throws(RegistryError) -> String {
        try PlainText.checked(text, field: "notes", maximum: 65_536, lines: true)
    }
}

/// A variant to be published, with the artifacts that are sent for it.
public struct VariantRequest: Sendable {
    public var name: VariantName
    /// What the author declares of the variant; the server adds what it finds in the names of files.
    public var context: [ContextTag]
    /// What is sent for the variant.
    public var artifacts: [ArtifactRequest]

    public init(name: VariantName, context: [ContextTag], artifacts: [ArtifactRequest]) {
        self.name = name
        self.context = context
        self.artifacts = artifacts
    }
}

/// An artifact to be published. Its blob has been written by this server for this request.
public struct ArtifactRequest: Sendable {
    public var path: ArtifactPath
    public var blob: Blob
    /// nil: by the extension of the path.
    public var mediaType: String?

    public init(path: ArtifactPath, blob: Blob, mediaType: String? = nil) {
        self.path = path
        self.blob = blob
        self.mediaType = mediaType
    }
}
