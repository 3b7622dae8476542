public import SQLite

package enum ReadinessSQL: String, SQLStatement {
    case note = """
        INSERT INTO readiness (id, checked_at) VALUES (1, $now)
        ON CONFLICT (id) DO UPDATE SET checked_at = excluded.checked_at
        """
}

/// The row by whose writing a server proves that its database can be written.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum ReadinessStore {
    /// Notes that the database could be written at `now`.
    public static func note(at now: Int64, in db: borrowing Connection) throws {
        try db.run(ReadinessSQL.note, ["$now": .integer(now)])
    }
}
