import JSON
import Registry
import SQLite
public import Storage
import Synchronization

/// Removes blobs that nothing names: of deleted models and drafts, and of uploads that were never published; and resumable
/// uploads that have expired.
///
/// It is safe beside uploads, publications, deletions, downloads and backups, of this process and of others:
///
/// - A blob goes only when no artifact and no version names it, its file was written longer ago than the grace, and
///   nothing pins it (``BlobPins``: uploads that are not published yet, archives being sent).
/// - First its row is deleted and that is committed. Then, in a write transaction that finds no row, its file is renamed
///   to `trash/`; then it is removed. So a crash at any point leaves no row without its file, only files that nothing
///   names, for the next round.
/// - A publication looks for the files of its blobs inside its own write transaction. One whose upload took longer than
///   the grace of a collector in another process, which knows no pins, is asked to send it again.
/// - The times of files are compared with the clock: one that lies in the future is not old. A clock that jumps ahead
///   makes blobs old too early, which only such uploads notice.
/// - Each transaction lasts some milliseconds, and others get their turn between two.
public final class GarbageCollector: Sendable {
    let transactions: Transactions
    let directory: DataDirectory
    let files: DirectoryBlobStore
    private let lastRound = Mutex<LastRound?>(nil)

    /// The round before, of this process.
    public struct LastRound: Sendable {
        /// Unix seconds.
        public let endedAt: Int64
        public let report: CollectionReport
    }

    /// The grace where nobody says another, in seconds.
    public static let defaultGrace: Int64 = 24 * 3600
    /// The longest grace, in seconds: ten years.
    public static let maximumGrace: Int64 = 3650 * 24 * 3600
    /// Rows that one read transaction looks at.
    private static let rowsAtOnce: Int64 = 4096
    /// How long one write transaction goes on taking more.
    private static let writeTime = Duration.milliseconds(5)

    init(_ transactions: Transactions, _ directory: DataDirectory, _ files: DirectoryBlobStore) {
        self.transactions = transactions
        self.directory = directory
        self.files = files
    }

    /// A collector on a data directory that a server may be using.
    ///
    /// - Throws: `MigrationError` when its schema is of another version of the program, or why it cannot be opened.
    public convenience init(
        attachedTo directory: DataDirectory, clock: any Clock = SystemClock(),
        log: @escaping @Sendable (String) -> Void
    ) throws {
        self.init(
            Transactions(database: try Schema.attachDatabase(directory), clock: clock, directory: directory, log: log),
            directory, DirectoryBlobStore(directory, log: log))
    }

    /// The last round of this process that was no dry run; nil before the first.
    public var last: LastRound? { lastRound.withLock { $0 } }

    /// Runs one round.
    ///
    /// - Parameters:
    ///   - grace: Seconds for which a blob that nothing names stays after it was written.
    ///   - isDryRun: Whether to leave everything as it is, and only say what would go.
    ///   - actor: Who wants it, for the record of changes.
    ///   - goesOn: Asked now and then; when it says no, the round ends early.
    ///   - each: Told each blob that is removed, or would be.
    /// - Returns: What was removed, or would be.
    /// - Throws: `store-busy` while a backup or another collector is at work; `store-unavailable` or `store-full`.
    public func collect(
        grace: Int64 = defaultGrace, isDryRun: Bool = false, by actor: String = "system",
        while goesOn: () -> Bool = { true }, each: (CollectionReport.Item) -> Void = { _ in }
    ) throws -> CollectionReport {
        let lock = isDryRun ? nil : try exclusiveLock()
        defer { withExtendedLifetime(lock) {} }
        if !isDryRun { try files.emptyTrash() }
        var round = Round(
            report: CollectionReport(isDryRun: isDryRun), oldest: transactions.clock.now.nanoseconds(after: -grace))
        try removeRows(&round, while: goesOn, each: each)
        try removeFiles(&round, while: goesOn, each: each)
        try removeUploads(&round.report, while: goesOn)
        let (report, now) = (round.report, transactions.clock.now)
        guard !isDryRun else { return report }
        if report.removed + report.lost + report.uploads > 0 {
            var detail: JSONObject = [
                "bytes": .integer(report.bytes), "removed": .integer(Int64(report.removed)),
            ]
            if report.uploads > 0 { detail["uploads"] = .integer(Int64(report.uploads)) }
            try transactions.write(invalidating: false) { db in
                try EventStore.append("storage.collect", "blobs", by: actor, detail: detail, at: now, in: db)
            }
        }
        lastRound.withLock { $0 = LastRound(endedAt: now, report: report) }
        return report
    }

    /// Finishes the work of collectors that were interrupted, unless another one does.
    ///
    /// - Throws: `store-busy` while a backup or another collector is at work; `store-unavailable`.
    public func emptyTrash() throws {
        let lock = try exclusiveLock()
        defer { withExtendedLifetime(lock) {} }
        try files.emptyTrash()
    }

    private func exclusiveLock() throws -> CollectionLock {
        guard let lock = try CollectionLock.exclusive(directory) else {
            throw RegistryError(
                .storeBusy, "a backup or another collection is at work; try again later",
                ko: "백업이나 다른 정리 작업이 진행 중입니다. 잠시 뒤에 다시 시도하세요")
        }
        return lock
    }

    // MARK: One round

    private struct Round {
        var report: CollectionReport
        /// Files written after this stay; nanoseconds since 1970.
        let oldest: Int64
    }

    private enum Judgement {
        case lost, kept
        case old(BlobFile)
    }

    /// Deletes the rows that nothing names, so that their files are without a row.
    private func removeRows(
        _ round: inout Round, while goesOn: () -> Bool, each: (CollectionReport.Item) -> Void
    ) throws {
        let last = try transactions.read { db in try BlobRowStore.lastID(in: db) }
        var after: Int64 = 0
        while after < last, goesOn() {
            let until = after + Self.rowsAtOnce
            var old: [BlobRowStore.Unnamed] = []
            for row in try transactions.read({ db in try BlobRowStore.unnamed(after: after, until: until, in: db) }) {
                switch try judge(row.digest, round) {
                case .kept: round.report.keptInGrace += 1
                case .lost:
                    round.report.lost += 1
                    old.append(row)
                case .old(let file):
                    old.append(row)
                    if round.report.isDryRun { note(row.digest, file, &round, each) }
                }
            }
            if !round.report.isDryRun { try inBatches(old) { row, db in try BlobRowStore.delete(row, in: db) } }
            after = until
        }
    }

    /// Removes the files that have no row.
    private func removeFiles(
        _ round: inout Round, while goesOn: () -> Bool, each: (CollectionReport.Item) -> Void
    ) throws {
        // A million blobs are some 4,000 in each of the 256 directories.
        for byte in UInt8.min...UInt8.max where goesOn() {
            var old: [(digest: Digest, file: BlobFile)] = []
            for digest in try withoutRow(files.digests(beginningWith: byte), byte) {
                switch try judge(digest, round) {
                case .kept: round.report.keptInGrace += 1
                case .lost: break
                case .old(let file) where round.report.isDryRun: note(digest, file, &round, each)
                case .old(let file): old.append((digest, file))
                }
            }
            try remove(old, &round, each)
        }
    }

    private func remove(
        _ old: [(digest: Digest, file: BlobFile)], _ round: inout Round, _ each: (CollectionReport.Item) -> Void
    ) throws {
        var discarded: [(digest: Digest, file: BlobFile, discarded: DiscardedBlob)] = []
        try inBatches(old) { blob, db in
            guard !directory.pins.contains(blob.digest), try !BlobIndexStore.contains(blob.digest, in: db),
                let file = try files.discard(blob.digest, ifStill: blob.file)
            else { return round.report.keptInGrace += 1 }
            discarded.append((blob.digest, blob.file, file))
        } then: {
            for blob in discarded {
                try files.remove(blob.discarded)
                note(blob.digest, blob.file, &round, each)
            }
            discarded = []
        }
    }

    /// Those of `digests`, which all begin with `byte`, that have no row.
    private func withoutRow(_ digests: [Digest], _ byte: UInt8) throws -> [Digest] {
        guard !digests.isEmpty else { return [] }
        let rows = try transactions.read { db in try BlobIndexStore.entries(beginningWith: byte, in: db) }
        let known = Set(rows.map(\.digest))
        return digests.filter { !known.contains($0) }
    }

    private func judge(_ digest: Digest, _ round: Round) throws -> Judgement {
        guard !directory.pins.contains(digest) else { return .kept }
        guard let file = try files.file(of: digest) else { return .lost }
        return file.writtenAt <= round.oldest ? .old(file) : .kept
    }

    private func note(
        _ digest: Digest, _ file: BlobFile, _ round: inout Round, _ each: (CollectionReport.Item) -> Void
    ) {
        let item = CollectionReport.Item(digest: digest, size: file.size)
        round.report.note(item)
        each(item)
    }

    // MARK: The writer

    /// Hands `items` to `body` in write transactions of a few milliseconds, with as long a pause after each.
    func inBatches<Item>(
        _ items: [Item], _ body: (Item, borrowing Connection) throws -> Void, then: () throws -> Void = {}
    ) throws {
        var rest = items[...]
        while !rest.isEmpty {
            let began = ContinuousClock.now
            try transactions.write(invalidating: false) { db in
                let locked = ContinuousClock.now
                repeat {
                    try body(rest.removeFirst(), db)
                } while !rest.isEmpty
                    && ContinuousClock.now - locked < Self.writeTime
            }
            let taken = ContinuousClock.now - began
            try then()
            if !rest.isEmpty { Pause.sleep(min(taken, .milliseconds(50))) }
        }
    }
}

extension Int64 {
    /// Unix seconds, `seconds` later, in nanoseconds.
    fileprivate func nanoseconds(after seconds: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(seconds)
        let (product, overflow2) = sum.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow || overflow2 ? .min : product
    }
}
