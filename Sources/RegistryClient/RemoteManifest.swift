import Cryptography
import Encoding
import JSON
public import Registry

/// The manifest of a version, read from bytes whose SHA-256 was the digest asked for.
public struct RemoteManifest: Sendable {
    public let digest: Digest
    /// The model that the version is of.
    public let model: ModelName
    public let number: VersionNumber
    /// Nil for a version without a README.
    public let readme: Digest?
    /// In the order of their paths.
    public let artifacts: [File]
    public let variants: [Variant]
    /// The version's own context; variants have theirs.
    public let context: [ContextTag]

    /// An artifact as the manifest names it.
    public struct File: Sendable, Hashable {
        public let path: ArtifactPath
        public let digest: Digest
        /// Bytes.
        public let size: Int64

        public init(path: ArtifactPath, digest: Digest, size: Int64) {
            (self.path, self.digest, self.size) = (path, digest, size)
        }
    }

    /// - Throws: ``ClientError/digestMismatch(what:expected:actual:)`` when `bytes` are not those that `digest` names,
    ///   ``ClientError/unexpectedAnswer(_:)`` when they are no manifest or hold names that are not safe to create.
    public init(_ bytes: [UInt8], digest: Digest) throws {
        let actual = Hex.encode(SHA256.digest(of: bytes))
        guard actual == digest.hex else {
            throw ClientError.digestMismatch(
                what: "the manifest", expected: digest, actual: Digest(hex: actual) ?? digest)
        }
        guard let json = try? JSONValue(parsing: bytes) else { throw ClientError.unexpectedAnswer("no manifest") }
        let answer = try JSONAnswer(json)
        self.digest = digest
        model = try answer.value("model") { try ModelName($0) }
        number = try answer.value("version") { try VersionNumber($0) }
        readme = try json["readme"]?.string.map { text in try JSONAnswer.checked(text) { try Digest($0) } }
        artifacts = try answer.array("artifacts").map { value in
            let file = try JSONAnswer(value)
            return File(
                path: try file.value("path") { try ArtifactPath($0) },
                digest: try file.value("digest") { try Digest($0) }, size: try file.integer("size"))
        }
        variants = try answer.array("variants").map { value in
            let variant = try JSONAnswer(value)
            let paths = try variant.array("paths").map { path in
                try JSONAnswer.checked(path.string ?? "") { try ArtifactPath($0) }
            }
            return Variant(
                name: try variant.value("name") { try VariantName($0) }, context: try variant.context(), paths: paths)
        }
        context = try answer.context()
        let paths = artifacts.map(\.path)
        _ = try JSONAnswer.checked("") { _ in try ArtifactPath.checkTogether(paths) }
    }
}

extension RegistryClient {
    /// The manifest of a version, verified against `digest`.
    public func manifest(of model: ModelName, _ digest: Digest) throws -> RemoteManifest {
        let target = Self.target(of: model, .manifest(digest)) + "/manifest"
        return try RemoteManifest(try send(Call(target: target)).bytes, digest: digest)
    }
}
