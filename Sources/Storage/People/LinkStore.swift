public import Registry
public import SQLite

package enum LinkSQL: String, SQLStatement {
    case find = """
        SELECT purpose, user_id, expires_at FROM one_time_link WHERE secret_sha256 = $secret AND expires_at > $now
        """
    case insert = """
        INSERT INTO one_time_link (secret_sha256, purpose, user_id, created_at, expires_at)
        VALUES ($secret, $purpose, $user, $now, $expires_at)
        """
    case delete = "DELETE FROM one_time_link WHERE secret_sha256 = $secret"
    case deletePurpose = "DELETE FROM one_time_link WHERE purpose = $purpose AND user_id IS $user"
    case deleteOfUser = "DELETE FROM one_time_link WHERE user_id = $user"
    case deleteAll = "DELETE FROM one_time_link"
    case deleteExpired = "DELETE FROM one_time_link WHERE expires_at <= $now"
}

/// Rows of secrets that work once; found by the SHA-256 of the secret.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum LinkStore {
    /// What a link is for, once.
    public enum Purpose: String, Sendable {
        /// Makes the first admin.
        case setup
        /// Gives a user its first password.
        case invitation
        /// Gives a user another password.
        case reset
    }

    /// nil when there is no such link, or it has expired.
    public static func link(
        _ secret: [UInt8], at now: Int64, in db: borrowing Connection
    ) throws -> (purpose: Purpose, user: ID<User>?, expiresAt: Int64)? {
        try db.first(LinkSQL.find, ["$secret": .blob(secret), "$now": .integer(now)]) { row in
            (
                try stored(Purpose(rawValue: row.text("purpose")), "purpose of a link"),
                row.optionalInteger("user_id").map { ID($0) },
                row.integer("expires_at")
            )
        }
    }

    /// Replaces the links of the same purpose and user; `expiresAt` is in Unix seconds.
    public static func insert(
        _ secret: [UInt8], _ purpose: Purpose, user: ID<User>?, at now: Int64, expiresAt: Int64,
        in db: borrowing Connection
    ) throws {
        try db.run(LinkSQL.deleteExpired, ["$now": .integer(now)])
        try delete(purpose, of: user, in: db)
        try db.run(
            LinkSQL.insert,
            [
                "$secret": .blob(secret), "$purpose": .text(purpose.rawValue), "$user": Value(user?.rawValue),
                "$now": .integer(now), "$expires_at": .integer(expiresAt),
            ])
    }

    /// Removes the links of a purpose and user; none is fine.
    public static func delete(_ purpose: Purpose, of user: ID<User>?, in db: borrowing Connection) throws {
        try db.run(LinkSQL.deletePurpose, ["$purpose": .text(purpose.rawValue), "$user": Value(user?.rawValue)])
    }

    /// Ends all links of a user.
    public static func deleteAll(of user: ID<User>, in db: borrowing Connection) throws {
        try db.run(LinkSQL.deleteOfUser, ["$user": .integer(user.rawValue)])
    }

    /// Removes a link; none is fine.
    public static func delete(_ secret: [UInt8], in db: borrowing Connection) throws {
        try db.run(LinkSQL.delete, ["$secret": .blob(secret)])
    }

    package static func deleteAll(in db: borrowing Connection) throws { try db.run(LinkSQL.deleteAll) }
}
