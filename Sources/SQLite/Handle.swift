import CSQLite
import Glibc

/// One open connection with its prepared statements.
///
/// `@unchecked Sendable` because a connection belongs to one thread at a time: a reader to the thread that opened it,
/// the writer to whoever holds the mutex.
final class Handle: @unchecked Sendable {
    enum Access { case read, write }

    private let raw: OpaquePointer
    private var statements: [String: Statement] = [:]
    private var deadline: UInt64?

    init(path: String, access: Access) throws(SQLiteError) {
        _ = Self.withoutCounts
        var raw: OpaquePointer?
        let mode =
            switch access {
            case .read: SQLITE_OPEN_READONLY
            case .write: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        let code = sqlite3_open_v2(path, &raw, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let raw else {
            let error = SQLiteError(
                code: raw == nil ? code : sqlite3_extended_errcode(raw),
                message: "cannot open \(path): \(String(cString: sqlite3_errstr(code)))")
            sqlite3_close_v2(raw)
            throw error
        }
        self.raw = raw
        sqlite3_extended_result_codes(raw, 1)
        sqlite3_busy_timeout(raw, 5000)
        _ = csqlite_set_option(raw, SQLITE_DBCONFIG_DEFENSIVE, 1)
        _ = csqlite_set_option(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        _ = csqlite_set_option(raw, SQLITE_DBCONFIG_DQS_DML, 0)
        _ = csqlite_set_option(raw, SQLITE_DBCONFIG_DQS_DDL, 0)
        try execute(access == .write ? Self.writerOptions : Self.readerOptions)
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(raw)
    }

    /// SQLite keeps no account of its memory, as it would under one lock for all threads
    /// (sqlite.org/c3ref/c_config_covering_index_scan.html, SQLITE_CONFIG_MEMSTATUS).
    private static let withoutCounts = csqlite_count_memory(0)

    /// Caches in KiB. FULL, not NORMAL: a commit that was answered must survive a power cut.
    private static let writerOptions = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        PRAGMA journal_size_limit = 67108864;
        """

    private static let readerOptions = """
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -2048;
        PRAGMA mmap_size = 67108864;
        """

    // MARK: Statements

    /// Runs a script of any number of statements.
    func execute(_ script: String) throws(SQLiteError) {
        guard sqlite3_exec(raw, script, nil, nil, nil) == SQLITE_OK else { throw SQLiteError(of: raw, sql: script) }
    }

    /// Runs a script that must stay inside the transaction: it cannot begin, commit or roll back.
    func executeInside(_ script: String) throws(SQLiteError) {
        sqlite3_set_authorizer(raw, denyTransactions, nil)
        defer { sqlite3_set_authorizer(raw, nil, nil) }
        try execute(script)
    }

    /// The cached statement for `sql`, or another one while that is being stepped through further up the stack.
    func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let cached = statements[sql] {
            return cached.isActive ? try Statement(sql, on: raw, isCached: false) : cached
        }
        let statement = try Statement(sql, on: raw, isCached: true)
        statements[sql] = statement
        return statement
    }

    /// Runs `sql` without keeping the statement, and gives each row to `body`.
    func query<T>(
        _ sql: String, _ bindings: KeyValuePairs<String, Value> = [:], _ body: (borrowing Row) throws -> T
    ) throws -> [T] {
        let statement = try Statement(sql, on: raw, isCached: false)
        defer { statement.end() }
        try statement.begin(bindings)
        var values: [T] = []
        while try statement.step() { values.append(try statement.read(body)) }
        return values
    }

    // MARK: Transactions

    /// Whether a transaction is open. Some failures, a full disk among them, end it by themselves.
    var isInTransaction: Bool { sqlite3_get_autocommit(raw) == 0 }

    func run(_ command: String) throws(SQLiteError) {
        let statement = try statement(command)
        defer { statement.end() }
        try statement.begin([:])
        _ = try statement.step()
    }

    /// Ends the transaction without effect.
    ///
    /// - Returns: False when the connection is stuck in it and must be opened anew.
    func rollBack() -> Bool {
        if isInTransaction { try? execute("ROLLBACK") }
        return !isInTransaction
    }

    var changes: Int { Int(sqlite3_changes64(raw)) }

    var lastInsertedID: Int64 { sqlite3_last_insert_rowid(raw) }

    // MARK: Deadlines

    /// Interrupts statements that run past `milliseconds` from now, or past an earlier deadline.
    func withDeadline<T>(milliseconds: Int, _ body: () throws -> T) rethrows -> T {
        let outer = deadline
        let own = Self.now &+ UInt64(clamping: milliseconds) &* 1_000_000
        deadline = min(own, outer ?? .max)
        watch()
        defer {
            deadline = outer
            watch()
        }
        return try body()
    }

    fileprivate var isLate: Bool { deadline.map { Self.now > $0 } ?? false }

    private func watch() {
        // A thousand instructions take some ten microseconds.
        let context = deadline == nil ? nil : Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(raw, 1000, deadline == nil ? nil : interruptWhenLate, context)
    }

    /// Nanoseconds of the monotonic clock.
    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

private func denyTransactions(
    _ context: UnsafeMutableRawPointer?, _ action: Int32, _ first: UnsafePointer<CChar>?,
    _ second: UnsafePointer<CChar>?, _ database: UnsafePointer<CChar>?, _ trigger: UnsafePointer<CChar>?
) -> Int32 {
    action == SQLITE_TRANSACTION ? SQLITE_DENY : SQLITE_OK
}

private func interruptWhenLate(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return 0 }
    return Unmanaged<Handle>.fromOpaque(context).takeUnretainedValue().isLate ? 1 : 0
}
