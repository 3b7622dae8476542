import Cryptography
import Encoding
public import Registry
import SQLite
import Storage
import Synchronization

/// Uploads that can be resumed: bytes that arrive in several requests, and from which versions are published.
///
/// What a client is told to have arrived is on the disk: the file is synchronised first, then a row says how much of it
/// counts. So whatever ends the server, the client goes on where the row says, at most ``checkpointBytes`` of one
/// request behind what it sent. Bytes of the file beyond that are written again.
///
/// One request at a time writes. Another one that goes on from the same place takes over, so that a client whose
/// connection was cut need not wait until the server has noticed.
public final class UploadService: Sendable {
    private let transactions: Transactions
    private let files: UploadFiles
    private let opened = Mutex<[UploadID: OpenUpload]>([:])
    /// More uploads than this at a time are hashed by a second reading.
    private static let maximumOpened = 256
    /// After so many bytes of one request they are synchronised.
    static let checkpointBytes: Int64 = 8 << 20

    init(_ transactions: Transactions, _ files: UploadFiles) {
        (self.transactions, self.files) = (transactions, files)
    }

    // MARK: Uploads as a whole

    /// - Throws: `unauthenticated`, or `forbidden` for who publishes nothing.
    public func authorise(_ caller: Caller) throws {
        guard caller.user != nil else { throw RegistryError.signInFirst }
        guard caller.mayUpload else { throw RegistryError.notAllowed }
    }

    /// Begins an upload of `length` bytes; `metadata` is kept as it is.
    ///
    /// - Throws: As ``authorise(_:)``; `too-large`, `too-many-uploads`, `store-full` or `store-unavailable`.
    public func create(
        length: Int64, metadata: String, limits: UploadLimits, by caller: Caller
    ) throws -> ResumableUpload {
        try authorise(caller)
        guard length <= limits.maximumSize else {
            throw RegistryError(
                .tooLarge, "an upload may have at most \(limits.maximumSize) bytes here",
                ko: "업로드는 최대 \(limits.maximumSize)바이트입니다")
        }
        try transactions.directory.requireRoom(for: length)
        let now = transactions.clock.now
        guard let id = UploadID(Hex.encode(SecureRandom.bytes(16))) else { throw RegistryError.unknownUpload }
        let blob = length == 0 ? try UploadHash(length: 0).blob() : nil
        return try transactions.write(invalidating: false) { db in
            guard let user = try caller.refreshed(in: db).user else { throw RegistryError.signInFirst }
            let held = try UploadStore.totals(of: user.id, since: now - ResumableUpload.lifetime, in: db)
            guard held.count < limits.maximumCount, length <= limits.maximumBytes - held.bytes else {
                throw RegistryError(
                    .tooManyUploads,
                    "\(held.count) uploads of \(held.bytes) bytes are waiting to be published, of at most "
                        + "\(limits.maximumCount) and \(limits.maximumBytes); publish or delete some",
                    ko: "등록하지 않은 업로드가 \(held.count)개(\(held.bytes)바이트)입니다. 등록하거나 삭제한 뒤 다시 시도하세요")
            }
            try UploadStore.insert(
                id, user: user.id, token: caller.token?.id, length: length, metadata: metadata, at: now, in: db)
            if let blob { _ = try UploadStore.note(blob, of: id, in: db) }
            return try Self.found(try UploadStore.upload(id, in: db))
        }
    }

    /// The caller's uploads that have not expired, newest first.
    ///
    /// - Throws: As ``authorise(_:)``.
    public func list(by caller: Caller) throws -> [ResumableUpload] {
        try authorise(caller)
        guard let user = caller.user else { return [] }
        let now = transactions.clock.now
        return try transactions.read { db in try UploadStore.uploads(of: user.id, in: db) }
            .filter { caller.reaches($0) && now < $0.expiresAt }
    }

    /// An upload of the caller; `received` is what was on the disk last, and a request may be adding to it.
    ///
    /// - Throws: As ``authorise(_:)``, or `upload-unknown`.
    public func upload(_ id: UploadID?, by caller: Caller) throws -> ResumableUpload {
        try authorise(caller)
        guard let id else { throw RegistryError.unknownUpload }
        return try transactions.read { db in
            let upload = try Self.found(try UploadStore.upload(id, in: db))
            guard caller.reaches(upload), transactions.clock.now < upload.expiresAt else {
                throw RegistryError.unknownUpload
            }
            return upload
        }
    }

    /// An upload of the caller to go on with: a request that still writes to it is stopped, and what it sent counts.
    ///
    /// - Throws: As ``upload(_:by:)``, `store-full` or `store-unavailable`.
    public func resume(_ id: UploadID?, by caller: Caller) throws -> ResumableUpload {
        let upload = try upload(id, by: caller)
        let open = opened.withLock { $0[upload.id] }
        _ = try open?.use { state in
            try settle(upload, &state)
            state.turn += 1
        }
        return try self.upload(id, by: caller)
    }

    /// Ends an upload and frees its space.
    ///
    /// - Throws: As ``upload(_:by:)``, `store-full` or `store-unavailable`.
    public func delete(_ id: UploadID?, by caller: Caller) throws {
        let upload = try upload(id, by: caller)
        let isDeleted = try transactions.write(invalidating: false) { db in try UploadStore.delete(upload.id, in: db) }
        guard isDeleted else { throw RegistryError.unknownUpload }
        forget([upload.id])
    }

    /// Removes what is left of uploads whose rows are gone.
    func forget(_ ids: some Sequence<UploadID>) {
        for id in ids {
            opened.withLock { $0.removeValue(forKey: id) }?.retire()
            // What stays is removed by collection.
            try? files.remove(id)
        }
    }

    /// Makes rows and files agree after a crash or a damage; to be called before the first request.
    func sweep() throws {
        let rows = try transactions.read { db in try UploadStore.all(in: db) }
        for (id, received) in rows where received > 0 {
            guard try files.size(of: id) ?? 0 < received else { continue }
            transactions.log("an upload has lost bytes that were on the disk, and is given up")
            _ = try transactions.write(invalidating: false) { db in try UploadStore.delete(id, in: db) }
        }
        let known = try transactions.read { db in Set(try UploadStore.all(in: db).map(\.id)) }
        for id in try files.ids() where !known.contains(id) { try files.remove(id) }
    }

    // MARK: Bytes

    /// Begins to add bytes at `offset`, which is where the upload is.
    ///
    /// - Parameters:
    ///   - id: nil for a text that no upload has as its id.
    ///   - offset: Bytes that the client knows to be there.
    ///   - size: Bytes that will come, if that is known.
    ///   - checksum: What they should be; then they count only as a whole.
    ///   - caller: Whose upload it is.
    /// - Returns: What takes the bytes.
    /// - Throws: As ``upload(_:by:)``, `offset-mismatch`, `too-large`, `store-full` or `store-unavailable`.
    public func begin(
        _ id: UploadID?, at offset: Int64, size: Int64?, checksum: UploadChecksum? = nil, by caller: Caller
    ) throws -> UploadPart {
        let upload = try upload(id, by: caller)
        if let size, size > 0, offset <= upload.length, size > upload.length - offset {
            throw Self.tooLong(upload)
        }
        while true {
            let open = open(upload.id)
            let turn: UInt64? = try open.use { state in
                let progress = try progress(of: upload, &state)
                let at = state.checksum == nil ? progress.written : progress.durable
                guard offset == at else {
                    throw RegistryError(
                        .offsetMismatch, "the upload has \(at) bytes; go on from there",
                        ko: "업로드는 \(at)바이트까지 받았습니다. 거기서부터 이어 보내세요")
                }
                try settle(upload, &state)
                state.turn += 1
                guard offset < upload.length else { return state.turn }
                state.file = try files.open(upload.id, isNew: offset == 0)
                state.checksum = checksum
                if checksum != nil {
                    let hash = state.progress?.hash?.copy()
                    state.progress?.durableHash = hash
                }
                return state.turn
            }
            if let turn { return UploadPart(upload, self, open, turn: turn) }
            opened.withLock { opened in if opened[upload.id] === open { opened[upload.id] = nil } }
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, to upload: ResumableUpload, _ state: inout OpenUpload.State) throws {
        guard !bytes.isEmpty else { return }
        guard let file = state.file, var progress = state.progress,
            Int64(bytes.count) <= upload.length - progress.written
        else { throw Self.tooLong(upload) }
        try file.write(bytes, at: progress.written)
        progress.hash?.update(bytes)
        state.checksum?.update(bytes)
        progress.written += Int64(bytes.count)
        state.progress = progress
        if state.checksum == nil, progress.written - progress.durable >= Self.checkpointBytes {
            try checkpoint(upload, &state)
        }
    }

    /// Ends what a request is doing: what it wrote counts, unless it had a checksum that nobody has compared.
    func settle(_ upload: ResumableUpload, _ state: inout OpenUpload.State) throws {
        guard state.file != nil else { return }
        guard state.checksum == nil else { return drop(upload, &state) }
        defer { state.file = nil }
        try checkpoint(upload, &state)
    }

    /// Ends what a request is doing, and forgets what it wrote since the last checkpoint.
    func drop(_ upload: ResumableUpload, _ state: inout OpenUpload.State) {
        state.progress?.goBack(length: upload.length)
        (state.file, state.checksum) = (nil, nil)
    }

    /// The request has ended; with its last byte the whole is known.
    func ended(_ upload: ResumableUpload, received: Int64, _ hash: UploadHash?) throws -> ResumableUpload {
        if received == upload.length, upload.blob == nil {
            opened.withLock { $0.removeValue(forKey: upload.id) }?.retire()
            _ = try complete(upload.id, length: upload.length, hash)
        }
        return try transactions.read { db in try Self.found(try UploadStore.upload(upload.id, in: db)) }
    }

    /// Whether there still is the upload, whole or not.
    func isThere(_ upload: ResumableUpload) throws -> Bool {
        try transactions.read { db in try UploadStore.upload(upload.id, in: db) != nil }
    }

    private func complete(_ id: UploadID, length: Int64, _ hash: UploadHash?) throws -> Blob {
        let blob = try (hash ?? files.hash(id, length: length)).blob()
        let isThere = try transactions.write(invalidating: false) { db in try UploadStore.note(blob, of: id, in: db) }
        guard isThere else { throw RegistryError.unknownUpload }
        return blob
    }

    private func checkpoint(_ upload: ResumableUpload, _ state: inout OpenUpload.State) throws {
        guard let file = state.file, let progress = state.progress, progress.written > progress.durable else { return }
        do {
            try file.synchronise()
            let now = transactions.clock.now
            let isThere = try transactions.write(invalidating: false) { db in
                try UploadStore.note(received: progress.written, of: upload.id, at: now, in: db)
            }
            guard isThere else { throw RegistryError.unknownUpload }
            state.progress?.durable = progress.written
            state.progress?.durableHash = nil
        } catch {
            // What a failed fsync leaves is not to be trusted, nor written down.
            drop(upload, &state)
            throw error
        }
    }

    private func open(_ id: UploadID) -> OpenUpload {
        opened.withLock { opened in
            if let known = opened[id] { return known }
            if opened.count >= Self.maximumOpened, let idle = opened.first(where: { $0.value.retireIfIdle() }) {
                opened[idle.key] = nil
            }
            let made = OpenUpload()
            opened[id] = made
            return made
        }
    }

    /// What has come so far, read from the row where this process has not done so yet.
    private func progress(
        of upload: ResumableUpload, _ state: inout OpenUpload.State
    ) throws -> OpenUpload.Progress {
        if let known = state.progress { return known }
        // Not from `upload`: another request may have gone on since that was read.
        let row = try transactions.read { db in try Self.found(try UploadStore.upload(upload.id, in: db)) }
        let progress = OpenUpload.Progress(received: row.received, length: row.length)
        state.progress = progress
        return progress
    }

    // MARK: Publishing

    /// Makes a blob of a whole upload, without copying it. The upload stays until a version names the blob.
    ///
    /// - Throws: As ``upload(_:by:)``; `validation-failed` when bytes are missing, `digest-mismatch` when they are not
    ///   those of `expected`; `store-full` or `store-unavailable`.
    func take(_ id: UploadID?, expecting expected: Digest?, by caller: Caller) throws -> TakenUpload {
        let upload = try upload(id, by: caller)
        guard upload.isComplete else {
            throw RegistryError.invalid(
                "upload", "has \(upload.received) of \(upload.length) bytes yet",
                ko: "\(upload.length)바이트 가운데 \(upload.received)바이트만 받았습니다")
        }
        let blob = try upload.blob ?? complete(upload.id, length: upload.length, nil)
        if let expected { try blob.digest.require(expected) }
        return TakenUpload(id: upload.id, blob: blob, pin: try files.install(upload.id, as: blob))
    }

    private static func found(_ upload: ResumableUpload?) throws(RegistryError) -> ResumableUpload {
        guard let upload else { throw .unknownUpload }
        return upload
    }

    private static func tooLong(_ upload: ResumableUpload) -> RegistryError {
        RegistryError(
            .tooLarge, "the upload was announced with \(upload.length) bytes",
            ko: "\(upload.length)바이트로 알린 업로드입니다")
    }
}
