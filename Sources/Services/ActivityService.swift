public import Registry
import SQLite
public import Storage

/// What administrators look at: the record of changes, and how much there is.
///
/// The record is written by the services that make the changes, in the same transaction; here it is only read.
public final class ActivityService: Sendable {
    /// How much the repository holds.
    public struct Summary: Sendable {
        /// How many models, versions and so on there are.
        public let counts: SummaryStore.Counts
        /// Bytes of all blobs, each once.
        public let blobBytes: Int64
        /// nil when the file system does not tell.
        public let disk: DiskSpace?
        /// Of each of the last 30 days, oldest first; the last one is today in UTC.
        public let downloads: [Int]
    }

    private let transactions: Transactions
    private let directory: DataDirectory

    private static let usageItems = 20

    init(_ transactions: Transactions, _ directory: DataDirectory) {
        (self.transactions, self.directory) = (transactions, directory)
    }

    /// The changes that a filter lets through, the newest first, at most `limit` a page.
    ///
    /// - Throws: `unauthenticated`, `forbidden`, or `validation-failed` for a cursor that no page gave.
    public func activity(
        _ filter: Activity.Filter, limit: Int, cursor: String?, for caller: Caller
    ) throws -> (items: [Activity], next: String?) {
        try caller.requireAdmin()
        let before = try cursor.map { try VersionService.rowID(ofCursor: $0) }
        return try transactions.read { db in
            let found = try EventStore.activity(filter, before: before, limit: limit + 1, in: db)
            let items = Array(found.prefix(limit))
            return (items, found.count > limit ? items.last.map { "\($0.id)" } : nil)
        }
    }

    /// - Throws: `unauthenticated` or `forbidden`.
    public func summary(for caller: Caller) throws -> Summary {
        try caller.requireAdmin()
        return try transactions.read { db in
            Summary(
                counts: try SummaryStore.counts(in: db), blobBytes: try BlobIndexStore.totals(in: db).bytes,
                disk: directory.disk, downloads: try SummaryStore.downloads(now: transactions.clock.now, in: db))
        }
    }

    /// Which models need the bytes of the blob store.
    ///
    /// - Throws: `unauthenticated` or `forbidden`.
    public func usage(for caller: Caller) throws -> SummaryStore.Usage {
        try caller.requireAdmin()
        return try transactions.read { db in try SummaryStore.usage(limit: Self.usageItems, in: db) }
    }
}
