public import Registry
public import SQLite

package enum SessionSQL: String, SQLStatement {
    case find = """
        SELECT session.csrf_token, session.created_at AS session_created_at, session.seen_at AS session_seen_at,
            user.id, username, display_name, role, language, disabled, user.created_at, last_seen_at,
            password_hash IS NOT NULL AS has_password
        FROM session JOIN user ON user.id = session.user_id
        WHERE secret_sha256 = $secret
        """
    case insert = """
        INSERT INTO session (secret_sha256, user_id, csrf_token, created_at, seen_at)
        VALUES ($secret, $user, $csrf_token, $now, $now)
        """
    case seen = "UPDATE session SET seen_at = $at WHERE secret_sha256 = $secret AND seen_at < $at"
    case delete = "DELETE FROM session WHERE secret_sha256 = $secret"
    case deleteOfUser = "DELETE FROM session WHERE user_id = $user AND secret_sha256 IS NOT $kept"
    case deleteAll = "DELETE FROM session"
    case deleteExpired = "DELETE FROM session WHERE created_at <= $created_before OR seen_at <= $seen_before"
}

/// Rows of portal sessions; found by the SHA-256 of their secret.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum SessionStore {
    /// A session and whose it is.
    public struct Entry: Sendable {
        public let user: User
        /// What the portal sends back with each change; see `csrf-failed`.
        public let csrfToken: String
        /// Unix seconds.
        public let createdAt: Int64
        /// When it was last used, to the minute or so. Unix seconds.
        public let seenAt: Int64
    }

    /// nil when there is no such session. Whether it still holds is for the caller to say.
    public static func session(_ secret: [UInt8], in db: borrowing Connection) throws -> Entry? {
        try db.first(SessionSQL.find, ["$secret": .blob(secret)]) { row in
            Entry(
                user: try User(row: row), csrfToken: row.text("csrf_token"),
                createdAt: row.integer("session_created_at"), seenAt: row.integer("session_seen_at"))
        }
    }

    /// Begins a session; `secret` is the SHA-256 of what the cookie holds.
    public static func insert(
        _ secret: [UInt8], user: ID<User>, csrfToken: String, at now: Int64, in db: borrowing Connection
    ) throws {
        try db.run(
            SessionSQL.insert,
            [
                "$secret": .blob(secret), "$user": .integer(user.rawValue), "$csrf_token": .text(csrfToken),
                "$now": .integer(now),
            ])
    }

    /// Notes when a session was last used; `time` in Unix seconds.
    public static func noteSeen(_ secret: [UInt8], at time: Int64, in db: borrowing Connection) throws {
        try db.run(SessionSQL.seen, ["$secret": .blob(secret), "$at": .integer(time)])
    }

    /// Ends a session; none is fine.
    public static func delete(_ secret: [UInt8], in db: borrowing Connection) throws {
        try db.run(SessionSQL.delete, ["$secret": .blob(secret)])
    }

    /// Ends all sessions of a user but `kept`.
    public static func deleteAll(of user: ID<User>, except kept: [UInt8]? = nil, in db: borrowing Connection) throws {
        try db.run(SessionSQL.deleteOfUser, ["$user": .integer(user.rawValue), "$kept": Value(kept)])
    }

    /// Removes sessions that began or were last used at these Unix seconds or before.
    public static func deleteExpired(
        createdBefore: Int64, seenBefore: Int64, in db: borrowing Connection
    ) throws {
        try db.run(
            SessionSQL.deleteExpired,
            ["$created_before": .integer(createdBefore), "$seen_before": .integer(seenBefore)])
    }

    /// Ends every session.
    package static func deleteAll(in db: borrowing Connection) throws { try db.run(SessionSQL.deleteAll) }
}
