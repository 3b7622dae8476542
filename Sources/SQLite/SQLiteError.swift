import CSQLite

/// A failure that SQLite reports, by its extended result code (<https://sqlite.org/rescode.html>).
public struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The extended result code.
    public let code: Int32
    /// What SQLite says, in English: for logs, not for clients.
    public let message: String
    /// The SQL that failed, where there was some.
    public let sql: String?

    public init(code: Int32, message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// The last failure of `connection`.
    init(of connection: OpaquePointer?, sql: String? = nil) {
        self.init(
            code: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }

    /// A call that breaks a rule of this wrapper.
    static func misuse(_ message: String, sql: String? = nil) -> SQLiteError {
        SQLiteError(code: SQLITE_MISUSE, message: message, sql: sql)
    }

    /// A failure of the file system that SQLite itself did not see.
    static func io(_ message: String) -> SQLiteError { SQLiteError(code: SQLITE_IOERR, message: message) }

    /// The result code without its extension.
    public var primaryCode: Int32 { code & 0xFF }

    /// A rule of the schema.
    public enum Constraint: Sendable {
        /// A UNIQUE or PRIMARY KEY rule.
        case unique
        case foreignKey
        case check
        case notNull
        /// `RAISE(ABORT, …)` in a trigger.
        case trigger
    }

    /// The rule of the schema that was broken, if it was one of ``Constraint``.
    public var constraint: Constraint? {
        guard primaryCode == SQLITE_CONSTRAINT else { return nil }
        return switch code >> 8 {
        case 1: .check
        case 3: .foreignKey
        case 5: .notNull
        case 6, 8, 10: .unique
        case 7: .trigger
        default: nil
        }
    }

    /// Whether the rule `constraint` of the schema was broken.
    public func isConstraint(_ constraint: Constraint) -> Bool { self.constraint == constraint }

    /// Whether any rule of the schema was broken.
    public var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }

    /// Whether the disk, or the database's own limit of pages, is full.
    public var isFull: Bool { primaryCode == SQLITE_FULL }

    /// Whether reading, writing or opening a file failed.
    public var isIO: Bool { primaryCode == SQLITE_IOERR || primaryCode == SQLITE_CANTOPEN }

    /// Whether another process held the database for too long.
    public var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }

    /// Whether the file is damaged or no database.
    public var isCorrupt: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

    /// Whether a deadline ended the statement; see ``Connection/withDeadline(milliseconds:_:)``.
    public var isInterrupted: Bool { primaryCode == SQLITE_INTERRUPT }

    public var description: String {
        "SQLite error \(code): \(message)" + (sql.map { " in \($0)" } ?? "")
    }
}
