public import Registry

/// What one request publishes: a version with all its variants.
public struct Publication: Sendable {
    /// Where the version goes; it is made when it is new and the caller may.
    public var model: ModelName
    /// What is said of the model when it is new, by the form's field names (`title`, `service_type`…), in order.
    public var description: [(field: String, value: String)] = []
    /// nil lets the server take the next patch.
    public var version: VersionNumber?
    /// As in ``Version/notes``.
    public var notes = ""
    /// The version's README; nil for a version without one.
    public var readme: LocalFile?
    /// The version's own context, which adds to that of the model.
    public var context: [ContextTag] = []
    public var variants: [LocalVariant] = []
    /// Aliases to move to the version in the same step.
    public var aliases: [AliasName] = []
    /// Whether only the namespace is to see it for now.
    public var isDraft = false

    public init(model: ModelName) {
        self.model = model
    }

    /// A local file and what is in it.
    public struct LocalFile: Sendable, Hashable {
        /// Where it is on this machine.
        public let location: String
        /// Bytes.
        public let size: Int64
        public let digest: Digest

        public init(location: String, size: Int64, digest: Digest) {
            (self.location, self.size, self.digest) = (location, size, digest)
        }
    }

    /// A variant and the files on this machine that it is made of.
    public struct LocalVariant: Sendable {
        public let name: VariantName
        /// The variant's own context, which adds to that of the version.
        public let context: [ContextTag]
        /// Where each file goes in the version, and where it is now.
        public let artifacts: [(path: ArtifactPath, file: LocalFile)]

        public init(name: VariantName, context: [ContextTag], artifacts: [(path: ArtifactPath, file: LocalFile)]) {
            (self.name, self.context, self.artifacts) = (name, context, artifacts)
        }
    }

    /// Bytes of all files that are sent.
    public var size: Int64 {
        variants.reduce(readme?.size ?? 0) { $1.artifacts.reduce($0) { $0 + $1.file.size } }
    }

    /// The artifacts over so many bytes, each content once.
    func files(over size: Int64) -> [(path: ArtifactPath, file: LocalFile)] {
        var seen: Set<Digest> = []
        return variants.flatMap(\.artifacts).filter { $0.file.size > size && seen.insert($0.file.digest).inserted }
    }

    /// Whether publishing would make a version with the content of `manifest`.
    public func hasContent(of manifest: RemoteManifest) -> Bool {
        let files = Set(
            variants.flatMap(\.artifacts).map {
                RemoteManifest.File(path: $0.path, digest: $0.file.digest, size: $0.file.size)
            })
        let local = Dictionary(
            variants.map { ($0.name, VariantContent($0.context, $0.artifacts.map(\.path))) }, uniquingKeysWith: { $1 })
        let remote = Dictionary(
            manifest.variants.map { ($0.name, VariantContent($0.context, $0.paths)) }, uniquingKeysWith: { $1 })
        return files == Set(manifest.artifacts) && local == remote && readme?.digest == manifest.readme
            && Set(context) == Set(manifest.context)
    }

    private struct VariantContent: Equatable {
        let context: Set<ContextTag>
        let paths: Set<ArtifactPath>

        init(_ context: [ContextTag], _ paths: [ArtifactPath]) {
            (self.context, self.paths) = (Set(context), Set(paths))
        }
    }

    /// The form that the versions route reads: what describes first, then each variant before its artifacts; files in
    /// `uploads`, ids by digest, are on the server already.
    func form(uploads: [Digest: String] = [:]) -> [FormPart] {
        var parts = description.map { FormPart.field(name: $0.field, value: $0.value) }
        if let version { parts.append(.field(name: "version", value: "\(version)")) }
        if !notes.isEmpty { parts.append(.field(name: "notes", value: notes)) }
        if isDraft { parts.append(.field(name: "draft", value: "true")) }
        parts += aliases.map { .field(name: "alias", value: "\($0)") }
        parts += context.map { .field(name: "context", value: "\($0)") }
        if let readme { parts.append(.file(name: "readme", path: readme.location, filename: "README.md")) }
        for variant in variants {
            parts.append(.field(name: "variant", value: "\(variant.name)"))
            parts += variant.context.map { .field(name: "context", value: "\($0)") }
            for (path, file) in variant.artifacts {
                parts.append(.field(name: "sha256", value: file.digest.hex))
                if let id = uploads[file.digest] {
                    parts.append(.upload(id: id, filename: "\(path)"))
                } else {
                    parts.append(.file(name: "artifact", path: file.location, filename: "\(path)"))
                }
            }
        }
        return parts
    }
}

extension RegistryClient {
    /// Publishes a version in one request, streaming its files from disk; `progress` is told how many bytes were sent.
    /// Files over 8 MiB are sent before it, and what an earlier run has sent of them is not sent again.
    ///
    /// After a lost connection or a server in trouble it is tried again only where the number is given: the server then answers a repeat with the
    /// version that is there.
    ///
    /// - Returns: the version, and whether it is new.
    /// - Throws: ``ClientError``.
    public func publish(_ publication: Publication, progress: (@Sendable (Int64) -> Void)? = nil) throws
        -> (version: RemoteVersion, isNew: Bool)
    {
        var (uploads, sentBefore) = ([Digest: String](), Int64(0))
        let large = publication.files(over: FileUpload.threshold)
        if !large.isEmpty, let unfinished = try unfinishedUploads() {
            try requireMayPublish(publication.model)
            do {
                for (path, file) in large {
                    let upload = FileUpload(file: file, name: "\(path)", client: self)
                    uploads[file.digest] = try upload.send(goingOnWith: unfinished) { progress?(sentBefore + $0) }
                    sentBefore += file.size
                }
            } catch let error as ClientError where error.problem?.code == "too-many-uploads" {
                // The form takes the others.
            }
        }
        var call = Call(
            method: "POST", target: "\(Self.target(of: publication.model))/versions",
            body: .form(publication.form(uploads: uploads)))
        // After the last byte the server hashes, syncs and commits before it answers.
        call.stallTimeout = 300
        if let progress {
            let before = sentBefore
            call.sent = { progress(before + $0) }
        }
        call.isRepeatable = publication.version != nil
        let reply = try send(call)
        return (try RemoteVersion(Self.json(reply)), reply.head.status == 201)
    }

    /// Who may not publish is told so before the body is read: so nothing asks, before much is sent.
    private func requireMayPublish(_ model: ModelName) throws {
        do {
            _ = try send(
                Call(method: "POST", target: "\(Self.target(of: model))/versions", body: .json(Array("{}".utf8))))
        } catch let error as ClientError where error.problem?.status == 422 {}
    }
}
