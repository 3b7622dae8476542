public import Registry
public import SQLite

package enum UserSQL: String, SQLStatement {
    case byName = """
        SELECT id, username, display_name, role, language, disabled, created_at, last_seen_at,
            password_hash IS NOT NULL AS has_password
        FROM user WHERE username = $username
        """
    case byID = """
        SELECT id, username, display_name, role, language, disabled, created_at, last_seen_at,
            password_hash IS NOT NULL AS has_password
        FROM user WHERE id = $id
        """
    case page = """
        SELECT id, username, display_name, role, language, disabled, created_at, last_seen_at,
            password_hash IS NOT NULL AS has_password
        FROM user WHERE username > $after ORDER BY username LIMIT $limit
        """
    case passwordHash = "SELECT password_hash FROM user WHERE id = $id"
    case insert = """
        INSERT INTO user (username, display_name, role, language, password_hash, disabled, created_at)
        VALUES ($username, $display_name, $role, $language, $password_hash, $disabled, $now)
        """
    case update = """
        UPDATE user SET display_name = $display_name, role = $role, language = $language, disabled = $disabled
        WHERE id = $id
        """
    case setPassword = "UPDATE user SET password_hash = $password_hash WHERE id = $id"
    case seen = "UPDATE user SET last_seen_at = $at WHERE id = $id AND coalesce(last_seen_at, 0) < $at"
    case delete = "DELETE FROM user WHERE id = $id"
    case count = "SELECT count(*) AS count FROM user"
    case adminCount = "SELECT count(*) AS count FROM user WHERE role = 'admin' AND disabled = 0"
}

/// Rows of people who may sign in.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum UserStore {
    /// nil when there is no such user.
    public static func user(named name: Username, in db: borrowing Connection) throws -> User? {
        try db.first(UserSQL.byName, ["$username": .text(name.description)]) { try User(row: $0) }
    }

    /// nil when there is no such user.
    public static func user(id: ID<User>, in db: borrowing Connection) throws -> User? {
        try db.first(UserSQL.byID, ["$id": .integer(id.rawValue)]) { try User(row: $0) }
    }

    /// Users by name, from the one after `name` on.
    public static func page(after name: String, limit: Int, in db: borrowing Connection) throws -> [User] {
        try db.all(UserSQL.page, ["$after": .text(name), "$limit": Value(limit)]) { try User(row: $0) }
    }

    /// How many users there are, disabled ones included.
    public static func count(in db: borrowing Connection) throws -> Int {
        try db.first(UserSQL.count) { $0.int("count") } ?? 0
    }

    /// Admins who may sign in.
    public static func adminCount(in db: borrowing Connection) throws -> Int {
        try db.first(UserSQL.adminCount) { $0.int("count") } ?? 0
    }

    /// nil when there is no such user or it may not sign in by password.
    public static func passwordHash(of id: ID<User>, in db: borrowing Connection) throws -> String? {
        try db.first(UserSQL.passwordHash, ["$id": .integer(id.rawValue)]) { $0.optionalText("password_hash") } ?? nil
    }

    /// - Throws: A unique constraint's error when the name is taken.
    public static func insert(
        _ username: Username, displayName: String, role: Role, language: String, passwordHash: String?,
        isDisabled: Bool, at now: Int64, in db: borrowing Connection
    ) throws -> ID<User> {
        try db.run(
            UserSQL.insert,
            [
                "$username": .text(username.description), "$display_name": .text(displayName),
                "$role": .text(role.rawValue), "$language": .text(language), "$password_hash": Value(passwordHash),
                "$disabled": .bool(isDisabled), "$now": .integer(now),
            ])
        return ID(db.lastInsertedID)
    }

    /// Replaces what an admin or the user may change; the name stays.
    public static func update(
        _ id: ID<User>, displayName: String, role: Role, language: String, isDisabled: Bool,
        in db: borrowing Connection
    ) throws {
        try db.run(
            UserSQL.update,
            [
                "$display_name": .text(displayName), "$role": .text(role.rawValue), "$language": .text(language),
                "$disabled": .bool(isDisabled), "$id": .integer(id.rawValue),
            ])
    }

    /// Replaces the password by one with this hash, as ``PasswordHash`` writes it.
    public static func setPassword(_ hash: String, of id: ID<User>, in db: borrowing Connection) throws {
        try db.run(UserSQL.setPassword, ["$password_hash": .text(hash), "$id": .integer(id.rawValue)])
    }

    /// Notes when a user was last active; `time` in Unix seconds.
    public static func noteSeen(_ id: ID<User>, at time: Int64, in db: borrowing Connection) throws {
        try db.run(UserSQL.seen, ["$at": .integer(time), "$id": .integer(id.rawValue)])
    }

    /// Sessions, tokens and memberships go too.
    public static func delete(_ id: ID<User>, in db: borrowing Connection) throws {
        try db.run(UserSQL.delete, ["$id": .integer(id.rawValue)])
    }
}

extension User {
    /// The user in the columns id, username, display_name, role, language, disabled, created_at, last_seen_at, has_password.
    init(row: borrowing Row) throws {
        self.init(
            id: ID(row.integer("id")), username: try stored(try? Username(row.text("username")), "username"),
            displayName: row.text("display_name"), role: try stored(Role(rawValue: row.text("role")), "role"),
            language: row.text("language"), isDisabled: row.bool("disabled"), createdAt: row.integer("created_at"),
            lastSeenAt: row.optionalInteger("last_seen_at"), hasPassword: row.bool("has_password"))
    }
}
