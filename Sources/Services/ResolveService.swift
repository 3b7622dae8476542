public import Registry
import SQLite
import Storage

/// Finds versions and their bytes: reads by key only, fit for the fast lane.
public final class ResolveService: Sendable {
    /// An artifact and where its bytes are.
    public struct FoundArtifact: Sendable {
        public let model: Model
        public let version: Version
        public let artifact: Artifact
        /// The path of the file that holds exactly its bytes.
        public let blobPath: String
        /// Whether everyone may see the model, so that caches may keep the answer.
        public let isPublic: Bool
    }

    /// A README in its three forms.
    public struct FoundReadme: Sendable {
        public let version: Version
        public let digest: Digest
        /// Bytes of the Markdown.
        public let size: Int64
        /// Where the Markdown is.
        public let blobPath: String
        /// Safe HTML; links to artifacts are relative to the README's address.
        public let html: String
        /// The block tree as JSON.
        public let tree: String
        /// As in ``FoundArtifact/isPublic``.
        public let isPublic: Bool
    }

    private let transactions: Transactions
    private let blobs: any BlobStore
    private static let readmePath = "README.md"

    init(_ transactions: Transactions, blobs: any BlobStore) {
        self.transactions = transactions
        self.blobs = blobs
    }

    /// The artifact with a path; with `variant`, only if the variant has it. Without, `README.md` names the
    /// version's README when no artifact has that path.
    ///
    /// - Throws: `model-unknown`, `version-unknown`, `variant-unknown` or `artifact-unknown`.
    public func artifact(
        _ name: ModelName, _ selector: VersionSelector, _ path: ArtifactPath, _ variant: VariantName? = nil,
        for caller: Caller
    ) throws -> FoundArtifact {
        try transactions.read { db in
            let (model, version) = try caller.version(selector, of: name, in: db)
            let artifact =
                try VersionContentStore.artifact(path, of: version.id, variant: variant, in: db)
                ?? (variant == nil ? readme(of: version, as: path, in: db) : nil)
            guard let artifact else {
                if let variant, try !VersionContentStore.hasVariant(variant, of: version.id, in: db) {
                    throw RegistryError.unknown(variant)
                }
                throw RegistryError.unknown(path)
            }
            return FoundArtifact(
                model: model, version: version, artifact: artifact, blobPath: blobs.path(of: artifact.digest),
                isPublic: model.visibility == .public)
        }
    }

    /// - Throws: `model-unknown`, `version-unknown` or `readme-unknown`.
    public func readme(_ name: ModelName, _ selector: VersionSelector, for caller: Caller) throws -> FoundReadme {
        try transactions.read { db in
            let (model, version) = try caller.version(selector, of: name, in: db)
            guard let digest = version.readme, let blob = try VersionContentStore.blob(digest, in: db),
                let html = try VersionContentStore.readme(of: version.id, asTree: false, in: db),
                let tree = try VersionContentStore.readme(of: version.id, asTree: true, in: db)
            else {
                throw RegistryError(.readmeUnknown, "the version has no README", ko: "README가 없는 버전입니다")
            }
            return FoundReadme(
                version: version, digest: digest, size: blob.size, blobPath: blobs.path(of: digest),
                html: String(decoding: html, as: UTF8.self), tree: String(decoding: tree, as: UTF8.self),
                isPublic: model.visibility == .public)
        }
    }

    /// The canonical JSON of a manifest.
    ///
    /// - Throws: `model-unknown` or `version-unknown`.
    public func manifest(
        _ name: ModelName, _ selector: VersionSelector, for caller: Caller
    ) throws -> (version: Version, bytes: [UInt8], isPublic: Bool) {
        try transactions.read { db in
            let (model, version) = try caller.version(selector, of: name, in: db)
            guard let bytes = try VersionContentStore.manifest(of: version.id, in: db) else {
                throw RegistryError.unknown(selector, of: name)
            }
            return (version, bytes, model.visibility == .public)
        }
    }

    private func readme(
        of version: Version, as path: ArtifactPath, in db: borrowing Connection
    ) throws -> Artifact? {
        guard path.description == Self.readmePath, let digest = version.readme,
            let blob = try VersionContentStore.blob(digest, in: db)
        else { return nil }
        return Artifact(path: path, digest: digest, size: blob.size, mediaType: path.mediaType)
    }
}
