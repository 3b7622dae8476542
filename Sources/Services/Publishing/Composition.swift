import Registry
import SQLite
import Storage

/// What a version will consist of: what is sent, on top of what an older version had.
struct Composition {
    private(set) var readme: Digest?
    private(set) var context: [ContextTag]
    private(set) var artifacts: [ArtifactPath: Artifact] = [:]
    private(set) var variants: [Variant] = []
    /// The blobs that were sent.
    private(set) var blobs: [Digest: Blob] = [:]

    static let readmePath = "README.md"

    /// - Throws: `version-unknown` for a `from` that does not exist, or `validation-failed`.
    init(_ request: PublishRequest, from base: Version?, in db: borrowing Connection) throws {
        readme = base?.readme
        context = []
        if let base {
            try takeOver(base, without: Set(request.remove), in: db)
        } else if let path = request.remove.first {
            throw Self.notThere(path)
        }
        if !request.context.isEmpty { context = try ContextTag.set(request.context) }
        var sent = request.variants
        if let blob = request.readme ?? Self.takeReadme(from: &sent) {
            readme = blob.digest
            blobs[blob.digest] = blob
        }
        try replaceArtifacts(sent)
        for variant in sent { try add(variant) }
        variants = variants.filter { !$0.paths.isEmpty }
    }

    func manifest(of model: ModelName, _ number: VersionNumber) throws(RegistryError) -> Manifest {
        try Manifest(
            model: model, version: number, readme: readme, artifacts: Array(artifacts.values), variants: variants,
            context: context)
    }

    /// By position in ``variants``.
    func inferred(modelContext: [ContextTag]) throws -> [[ContextTag]] {
        try variants.map { variant in
            try Inference.context(
                of: variant.name, paths: variant.paths, declared: variant.context + context + modelContext)
        }
    }

    /// The README that was sent among the artifacts, in the root.
    static func readme(among variants: [VariantRequest]) -> Blob? {
        for variant in variants {
            for artifact in variant.artifacts where artifact.path.description == readmePath { return artifact.blob }
        }
        return nil
    }

    private static func takeReadme(from variants: inout [VariantRequest]) -> Blob? {
        guard let blob = readme(among: variants) else { return nil }
        for index in variants.indices {
            variants[index].artifacts.removeAll { $0.path.description == readmePath && $0.blob == blob }
        }
        return blob
    }

    private mutating func takeOver(
        _ base: Version, without removed: Set<ArtifactPath>, in db: borrowing Connection
    ) throws {
        context = try ContextTagStore.tags(of: base.id, in: db)
        for artifact in try VersionContentStore.artifacts(of: base.id, in: db) { artifacts[artifact.path] = artifact }
        for path in removed.sorted() {
            if path.description == Self.readmePath, artifacts[path] == nil, readme != nil {
                readme = nil
            } else if artifacts.removeValue(forKey: path) == nil {
                throw Self.notThere(path)
            }
        }
        for variant in try VersionContentStore.variants(of: base.id, declared: true, in: db) {
            variants.append(
                Variant(
                    name: variant.name, context: variant.context, paths: variant.paths.filter { artifacts[$0] != nil }))
        }
    }

    /// One path is one artifact: what is sent replaces what the older version had there, in each of its variants.
    private mutating func replaceArtifacts(_ sent: [VariantRequest]) throws {
        var new: [ArtifactPath: Digest] = [:]
        for variant in sent {
            var own: Set<ArtifactPath> = []
            for artifact in variant.artifacts {
                let isAgain = !own.insert(artifact.path).inserted
                if isAgain || (new[artifact.path].map { $0 != artifact.blob.digest } ?? false) {
                    throw RegistryError.invalid(
                        "artifact", "“\(artifact.path)” occurs twice", ko: "“\(artifact.path)”이(가) 두 번 나옵니다")
                }
                new[artifact.path] = artifact.blob.digest
                blobs[artifact.blob.digest] = artifact.blob
                artifacts[artifact.path] = Artifact(
                    path: artifact.path, digest: artifact.blob.digest, size: artifact.blob.size,
                    mediaType: artifact.mediaType ?? artifact.path.mediaType)
            }
        }
    }

    private mutating func add(_ sent: VariantRequest) throws {
        let context = try ContextTag.set(sent.context)
        let paths = sent.artifacts.map(\.path)
        if let index = variants.firstIndex(where: { $0.name == sent.name }) {
            let old = variants[index]
            variants[index] = Variant(
                name: old.name, context: context.isEmpty ? old.context : context,
                paths: Set(old.paths).union(paths).sorted())
        } else {
            variants.append(Variant(name: sent.name, context: context, paths: paths.sorted()))
        }
    }

    private static func notThere(_ path: ArtifactPath) -> RegistryError {
        .invalid("remove", "there is no artifact “\(path)” to leave out", ko: "뺄 파일 “\(path)”이(가) 없습니다")
    }
}
