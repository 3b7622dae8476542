import Synchronization

/// A SQLite database in one file: any number of readers, one writer.
///
/// It runs in WAL mode with `synchronous=FULL`, so readers never wait for the writer and a committed transaction
/// survives a power cut. For example:
///
///     let title = try database.read { db in
///         try db.first(ModelSQL.select, ["$name": .text(name)]) { $0.text("title") }
///     }
public final class Database: Sendable {
    /// The file; beside it lie `-wal` and `-shm` while it is open.
    public let path: String
    private let writer: Writer
    private let readers: ReaderPool
    private let counter = Atomic<UInt64>(1)

    /// Opens the database, and creates the file when there is none.
    ///
    /// - Throws: When the file cannot be opened or made, or is no database.
    public init(path: String) throws(SQLiteError) {
        self.path = path
        writer = try Writer(path: path)
        readers = try ReaderPool(path: path)
    }

    deinit { close() }

    /// Runs `body` in one read transaction: all its queries see the same state.
    ///
    /// It takes no lock: each thread has its own connection. Inside another `read` of the same thread it joins that
    /// one's transaction, inside a `write` it sees what has been written so far.
    ///
    /// - Throws: What `body` throws, or why no transaction could begin: among others that the database is closed.
    public func read<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        if let own = writer.own { return try body(Connection(own)) }
        return try readers.current().read(body)
    }

    /// Runs `body` in one write transaction, which is undone when `body` or the commit throws.
    ///
    /// Inside another `write` of the same thread it joins that one's transaction.
    ///
    /// - Parameters:
    ///   - invalidating: Whether ``generation`` rises; false for what no cached answer shows.
    ///   - body: Must not keep what it is given.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or why the transaction could not begin or commit.
    @discardableResult
    public func write<T>(invalidating: Bool = true, _ body: (borrowing Connection) throws -> T) throws -> T {
        let value = try writer.write(body)
        if invalidating { counter.add(1, ordering: .releasing) }
        return value
    }

    /// Rises after each commit, by one for each invalidating `write`. Take it before reading what is to be cached
    /// under it.
    public var generation: UInt64 { counter.load(ordering: .acquiring) }

    /// Closes all connections. Reads that are under way finish first; later calls throw.
    public func close() {
        readers.close()
        writer.close()
    }

    /// Lends the writing connection outside of a transaction.
    func exclusively<T>(_ body: (Handle) throws -> T) throws -> T { try writer.exclusively(body) }
}
