import Glibc
public import Registry
import SQLite
public import Storage

/// The space that a repository takes, and what may be freed of it; for admins.
public final class StorageService: Sendable {
    private let transactions: Transactions
    private let directory: DataDirectory
    private let collector: GarbageCollector

    /// The state of the store.
    public struct Status: Sendable {
        /// nil when the file system does not tell.
        public let disk: DiskSpace?
        /// How many blobs versions consist of.
        public let blobCount: Int64
        /// Bytes of all blobs, each once.
        public let blobBytes: Int64
        /// Bytes of the database with its log.
        public let databaseBytes: Int64
        /// The last round of collection of this process.
        public let collection: GarbageCollector.LastRound?
    }

    init(_ transactions: Transactions, _ directory: DataDirectory, _ collector: GarbageCollector) {
        self.transactions = transactions
        self.directory = directory
        self.collector = collector
    }

    /// - Throws: `unauthenticated` or `forbidden`.
    public func requireAdmin(_ caller: Caller) throws { try caller.requireAdmin() }

    /// - Throws: `unauthenticated` or `forbidden`.
    public func status(for caller: Caller) throws -> Status {
        try caller.requireAdmin()
        let usage = try transactions.read { db in try BlobIndexStore.totals(in: db) }
        return Status(
            disk: directory.disk, blobCount: usage.count, blobBytes: usage.bytes,
            databaseBytes: ["", "-wal", "-shm"].reduce(0) { $0 + Self.size(of: directory.databasePath + $1) },
            collection: collector.last)
    }

    /// Collects now what nothing names and was written more than `grace` seconds ago; see ``GarbageCollector``.
    ///
    /// - Throws: `unauthenticated`, `forbidden`, `store-busy`, `store-full` or `store-unavailable`.
    public func collect(grace: Int64?, isDryRun: Bool, by caller: Caller) throws -> CollectionReport {
        try caller.requireAdmin()
        return try collector.collect(
            grace: grace ?? GarbageCollector.defaultGrace, isDryRun: isDryRun, by: caller.actor)
    }

    private static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
