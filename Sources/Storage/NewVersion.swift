public import Registry

/// Everything that publishing writes of a version.
public struct NewVersion: Sendable {
    public let manifest: Manifest
    /// Its canonical JSON.
    public let manifestJSON: String
    /// The SHA-256 of ``manifestJSON``.
    public let digest: Digest
    /// The blobs of ``manifest``, by digest.
    public let blobs: [Digest: Blob]
    /// By position in the manifest's variants: tags that the server found besides those that the author declared.
    public let inferred: [[ContextTag]]
    public let readme: RenderedReadme?
    /// As in ``Version/notes``.
    public let notes: String
    /// Whether it is stored as a draft, else published at once.
    public let isDraft: Bool
    /// The username of who publishes.
    public let author: String

    public init(
        manifest: Manifest, manifestJSON: String, digest: Digest, blobs: [Digest: Blob], inferred: [[ContextTag]],
        readme: RenderedReadme?, notes: String, isDraft: Bool, author: String
    ) {
        self.manifest = manifest
        self.manifestJSON = manifestJSON
        self.digest = digest
        self.blobs = blobs
        self.inferred = inferred
        self.readme = readme
        self.notes = notes
        self.isDraft = isDraft
        self.author = author
    }
}

/// A README in the forms that are served and searched.
public struct RenderedReadme: Sendable {
    /// Safe HTML, whose pictures lead to `artifacts/`.
    public let html: String
    /// The block tree as JSON.
    public let tree: String
    /// Its words.
    public let text: String

    public init(html: String, tree: String, text: String) {
        (self.html, self.tree, self.text) = (html, tree, text)
    }
}
