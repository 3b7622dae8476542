import Archive
import Cryptography
import JSON
public import Registry
import SQLite
public import Storage

/// Publishes versions: bytes first, then in one transaction the rows that name them.
///
/// A crash between the two leaves blobs that nothing names, which collection removes; it never leaves a row without its
/// bytes, and nothing of a version is visible before all of it is. Collection beside uploads is safe as they are kept from
/// it until they are published, and the transaction looks for every blob again: from then on a row names it.
public final class PublishService: Sendable {
    private let transactions: Transactions
    private let blobs: any BlobStore
    private let spools: DirectoryBlobStore
    private let uploads: UploadService
    private let archiveLimit: Int64

    /// `archiveLimit` is how many bytes an archive may unpack to.
    init(
        _ transactions: Transactions, blobs: any BlobStore, spools: DirectoryBlobStore, uploads: UploadService,
        archiveLimit: Int64
    ) {
        self.transactions = transactions
        self.blobs = blobs
        self.spools = spools
        self.uploads = uploads
        self.archiveLimit = archiveLimit
    }

    // MARK: Before and during the upload

    /// Whether the caller may publish versions of the model, or make it, before its bytes are read.
    ///
    /// - Throws: `unauthenticated`; `forbidden` when the model may be read, else `model-unknown`, whether it exists or
    ///   not.
    public func authorise(_ name: ModelName, by caller: Caller) throws {
        try transactions.read { db in try authorise(name, caller, in: db) }
    }

    /// Whether there is room for so many bytes, before they are sent; it is asked again while they come.
    ///
    /// - Throws: `store-full`.
    public func requireRoom(for bytes: Int64) throws { try transactions.directory.requireRoom(for: bytes) }

    /// A new blob on its way in; it is no part of anything until ``publish(_:by:)`` names it.
    ///
    /// `expectedSize` is how many bytes will probably come, if known; a right guess saves reading them twice.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func beginBlob(expectedSize: Int64? = nil) throws -> any BlobWriter {
        try blobs.begin(expectedSize: expectedSize)
    }

    /// A file for an archive on its way in.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func beginSpool() throws -> SpoolFile { try spools.beginSpool() }

    /// Stores the files of a whole zip or tar as blobs; `digest` is what the archive itself should have.
    ///
    /// - Returns: The files, and what wrote them; see ``PublishRequest/uploads``.
    /// - Throws: `digest-mismatch`, `archive-invalid`, `too-large`, `store-full`, or `validation-failed` for a path.
    public func unpack(
        _ spool: SpoolFile, expecting digest: Digest? = nil
    ) throws -> (artifacts: [(ArtifactPath, Blob)], uploads: [any BlobWriter]) {
        if let digest { try spool.require(digest) }
        var artifacts: [(ArtifactPath, Blob)] = []
        var uploads: [any BlobWriter] = []
        do {
            try ArchiveReader(path: spool.path, limits: ArchiveLimits(maximumBytes: archiveLimit)).forEach { entry in
                let path = try ArtifactPath(entry.path)
                let writer = try beginBlob(expectedSize: entry.size)
                try entry.read { try writer.write($0) }
                artifacts.append((path, try writer.finish()))
                uploads.append(writer)
            }
        } catch let error as ArchiveError {
            throw RegistryError(error)
        }
        guard !artifacts.isEmpty else {
            throw RegistryError(.archiveInvalid, "the archive holds no file", ko: "압축 파일이 비어 있습니다")
        }
        return (artifacts, uploads)
    }

    /// The blob of a whole resumable upload, which stays until a version names the blob; for `path` of a version of
    /// `model` that the caller may publish.
    ///
    /// Where the upload is no more, the same publication may have gone through before, its answer lost: then the version
    /// has the artifact with the digest that is expected, and its blob is taken without an upload.
    ///
    /// - Throws: `upload-unknown`; `validation-failed` when bytes are missing, `digest-mismatch` when they are not those
    ///   of `digest`; `store-full` or `store-unavailable`.
    public func take(
        _ upload: UploadID?, as path: ArtifactPath, of model: ModelName, _ version: VersionNumber?,
        expecting digest: Digest?, by caller: Caller
    ) throws -> (blob: Blob, upload: TakenUpload?) {
        do {
            let taken = try uploads.take(upload, expecting: digest, by: caller)
            return (taken.blob, taken)
        } catch let error as RegistryError where error.code == .uploadUnknown {
            guard let digest, let version else { throw error }
            let blob: Blob? = try transactions.read { db in
                guard let model = try ModelStore.find(model, in: db),
                    let version = try VersionStore.version(version, of: model.id, in: db),
                    try VersionContentStore.artifacts(of: version.id, in: db)
                        .contains(where: { $0.path == path && $0.digest == digest })
                else { return nil }
                return try VersionContentStore.blob(digest, in: db)
            }
            guard let blob else { throw error }
            return (blob, nil)
        }
    }

    // MARK: Publishing

    /// Makes a version visible, whole and durable, and the model with it when it is new.
    ///
    /// - Returns: The version, and false when it was there already with the same manifest.
    /// - Throws: What ``authorise(_:by:)`` throws, `version-exists`, `number-retired`, `version-unknown` for `from`,
    ///   `alias-reserved`, `state-conflict` for aliases of a draft, or `validation-failed`.
    public func publish(
        _ request: PublishRequest, by caller: Caller
    ) throws -> (version: VersionDetail, created: Bool) {
        var request = request
        request.notes = try PublishRequest.checkedNotes(request.notes)
        for alias in request.aliases { try VersionService.requireOwn(alias) }
        guard !request.isDraft || request.aliases.isEmpty else {
            throw RegistryError(.stateConflict, "an alias cannot name a draft", ko: "별칭은 작성 중인 버전을 가리킬 수 없습니다")
        }
        // Rendering takes time, so it is done before the one writer is taken.
        let sent = try (request.readme ?? Composition.readme(among: request.variants)).map { blob in
            (blob.digest, try render(blob.digest, size: blob.size))
        }
        defer { withExtendedLifetime((request.uploads, request.taken)) {} }
        let taken = Set(request.taken.map(\.id))
        let published = try transactions.grow { db in
            let caller = try caller.refreshed(in: db)
            try authorise(request.model, caller, in: db)
            for id in taken where try !UploadStore.delete(id, in: db) { throw RegistryError.unknownUpload }
            return try publish(request, sent, by: caller, at: transactions.clock.now, in: db)
        }
        uploads.forget(taken)
        return published
    }

    private func publish(
        _ request: PublishRequest, _ sent: (digest: Digest, readme: RenderedReadme)?, by caller: Caller,
        at now: Int64, in db: borrowing Connection
    ) throws -> (version: VersionDetail, created: Bool) {
        let name = request.model
        let known = try ModelStore.find(name, in: db)
        let base = try request.from.map { number in
            guard let model = known, let version = try VersionStore.version(number, of: model.id, in: db) else {
                throw RegistryError.unknown(.number(number), of: name)
            }
            return version
        }
        let number = try number(for: request, of: known?.id, in: db)
        let composition = try Composition(request, from: base, in: db)
        let manifest = try composition.manifest(of: name, number)
        let json = manifest.canonicalJSON
        let digest = try Digest(stored: SHA256.digest(of: json))
        if let known, let same = try VersionStore.version(number, of: known.id, in: db) {
            guard same.manifest == digest else { throw Self.exists(name, number) }
            try move(request.aliases, of: known, to: same, by: caller, at: now, in: db)
            return (try VersionDetail(same, of: known, in: db), false)
        }
        try requireBlobs(composition.blobs.values)
        let model = try known ?? make(request, by: caller, at: now, in: db)
        let context = try ContextTagStore.tags(of: model.id, in: db)
        let readme = try manifest.readme.map { wanted in
            try sent.flatMap { $0.digest == wanted ? $0.readme : nil } ?? render(wanted, size: nil)
        }
        let id = try VersionContentStore.insert(
            NewVersion(
                manifest: manifest, manifestJSON: json, digest: digest, blobs: composition.blobs,
                inferred: try composition.inferred(modelContext: context), readme: readme, notes: request.notes,
                isDraft: request.isDraft, author: caller.actor),
            of: model.id, at: now, in: db)
        guard let version = try VersionStore.version(id: id, in: db) else {
            throw RegistryError.unknown(.number(number), of: name)
        }
        try ModelStore.refreshLatest(of: model.id, in: db)
        if !request.isDraft { try ModelStore.touch(model.id, at: now, in: db) }
        try EventStore.append(
            request.isDraft ? "version.draft" : "version.publish", "\(name)@\(number)", by: caller.actor,
            detail: ["manifest": .string(digest.description)], at: now, in: db)
        // The caller may have become the owner of a new namespace.
        try move(request.aliases, of: model, to: version, by: caller.refreshed(in: db), at: now, in: db)
        try SearchStore.index(model: model.id, in: db)
        return (try VersionDetail(version, of: model, in: db), true)
    }

    private func authorise(_ name: ModelName, _ caller: Caller, in db: borrowing Connection) throws {
        guard caller.user != nil else { throw RegistryError.signInFirst }
        let isFree = try NamespaceStore.id(of: name.namespace, in: db) == nil
        let mayPublish = caller.mayPublish(name, namespaceIsFree: isFree)
        guard let model = try ModelStore.find(name, in: db) else {
            guard mayPublish else { throw RegistryError.unknown(name) }
            return
        }
        guard caller.mayRead(name, model.visibility) else { throw RegistryError.unknown(name) }
        guard mayPublish else { throw RegistryError.notAllowed }
    }

    private func number(
        for request: PublishRequest, of model: ID<Model>?, in db: borrowing Connection
    ) throws -> VersionNumber {
        guard let number = request.version else {
            let highest = try VersionStore.highestNumber(of: model, named: request.model, in: db)
            return highest?.nextPatch ?? VersionNumber(1, 0, 0)
        }
        guard try !VersionStore.isRetired(number, of: request.model, in: db) else {
            throw RegistryError(
                .numberRetired, "a deleted model \(request.model) had \(number); take another number",
                ko: "삭제된 \(request.model) 모델이 쓰던 번호입니다. 다른 번호를 쓰세요")
        }
        return number
    }

    private func make(
        _ request: PublishRequest, by caller: Caller, at now: Int64, in db: borrowing Connection
    ) throws -> Model {
        let description = try request.description ?? ModelDescription(title: request.model.name)
        try ModelService.create(request.model, description, by: caller, at: now, in: db)
        return try ModelStore.model(named: request.model, in: db)
    }

    private func move(
        _ aliases: [AliasName], of model: Model, to version: Version, by caller: Caller, at now: Int64,
        in db: borrowing Connection
    ) throws {
        guard !aliases.isEmpty else { return }
        guard caller.mayMoveAliases(of: model.name) else { throw RegistryError.notAllowed }
        try VersionService.requireOffered(version)
        for alias in aliases {
            try VersionService.move(alias, of: model, to: version, by: caller, at: now, in: db)
        }
    }

    /// A blob that was sent long ago may have been collected since.
    private func requireBlobs(_ sent: some Collection<Blob>) throws {
        for blob in sent {
            guard try blobs.size(of: blob.digest) == blob.size else {
                throw RegistryError(
                    .storeUnavailable, "uploaded bytes are gone; send them again", ko: "올린 내용이 없어졌습니다. 다시 올리세요")
            }
        }
    }

    private func render(_ digest: Digest, size: Int64?) throws -> RenderedReadme {
        guard try (size ?? blobs.size(of: digest) ?? 0) <= Readme.maximumSize else {
            throw RegistryError.invalid("readme", "at most 1 MiB", ko: "최대 1 MiB입니다")
        }
        return Readme.render(bytes: try blobs.bytes(of: digest))
    }

    private static func exists(_ name: ModelName, _ number: VersionNumber) -> RegistryError {
        RegistryError(
            .versionExists, "\(name) has a version \(number) already, with other content",
            ko: "\(name)에는 내용이 다른 \(number) 버전이 이미 있습니다")
    }
}
