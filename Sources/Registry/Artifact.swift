/// A named file of a version.
public struct Artifact: Sendable, Hashable {
    public let path: ArtifactPath
    public let digest: Digest
    /// Bytes.
    public let size: Int64
    /// As its author declared it, else by the extension of the path (RFC 6838).
    public let mediaType: String

    public init(path: ArtifactPath, digest: Digest, size: Int64, mediaType: String) {
        (self.path, self.digest, self.size, self.mediaType) = (path, digest, size, mediaType)
    }
}

/// The bytes of an artifact or README, addressed by digest.
public struct Blob: Sendable, Hashable {
    public let digest: Digest
    /// SHA-1 of `blob <size>\0` and the bytes, as git names them; 40 lower-case hexadecimal digits.
    public let gitSHA1: String
    /// Bytes.
    public let size: Int64

    public init(digest: Digest, gitSHA1: String, size: Int64) {
        (self.digest, self.gitSHA1, self.size) = (digest, gitSHA1, size)
    }
}

/// What a version offers one kind of device: a named subset of its artifacts and its own context.
public struct Variant: Sendable, Hashable {
    public let name: VariantName
    /// What devices must have to run it; it adds to the context of the version.
    public let context: [ContextTag]
    public let paths: [ArtifactPath]

    public init(name: VariantName, context: [ContextTag], paths: [ArtifactPath]) {
        (self.name, self.context, self.paths) = (name, context, paths)
    }
}

/// A movable name for a version.
public struct Alias: Sendable, Hashable {
    public let name: AliasName
    /// The version that it leads to now.
    public let version: VersionNumber
    /// Unix seconds.
    public let updatedAt: Int64

    public init(name: AliasName, version: VersionNumber, updatedAt: Int64) {
        (self.name, self.version, self.updatedAt) = (name, version, updatedAt)
    }
}
