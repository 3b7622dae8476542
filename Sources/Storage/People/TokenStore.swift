import JSON
public import Registry
public import SQLite

package enum TokenSQL: String, SQLStatement {
    case find = """
        SELECT token.id AS token_id, token.name, prefix, scopes, models, token.created_at AS token_created_at,
            expires_at, last_used_at,
            user.id, username, display_name, role, language, disabled, user.created_at, last_seen_at,
            password_hash IS NOT NULL AS has_password
        FROM token JOIN user ON user.id = token.user_id
        WHERE secret_sha256 = $secret
        """
    case page = """
        SELECT id AS token_id, user_id, name, prefix, scopes, models, created_at AS token_created_at,
            expires_at, last_used_at
        FROM token WHERE user_id = $user AND id < $before ORDER BY id DESC LIMIT $limit
        """
    case one = """
        SELECT id AS token_id, user_id, name, prefix, scopes, models, created_at AS token_created_at,
            expires_at, last_used_at
        FROM token WHERE id = $id
        """
    case count = "SELECT count(*) AS count FROM token WHERE user_id = $user"
    case insert = """
        INSERT INTO token (user_id, name, prefix, secret_sha256, scopes, models, created_at, expires_at)
        VALUES ($user, $name, $prefix, $secret, $scopes, $models, $now, $expires_at)
        """
    case used = "UPDATE token SET last_used_at = $at WHERE id = $id AND coalesce(last_used_at, 0) < $at"
    case delete = "DELETE FROM token WHERE id = $id"
}

/// Rows of tokens; found by the SHA-256 of their secret, which is all that is stored of it.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum TokenStore {
    /// nil when there is no such token. Whether it still holds is for the caller to say.
    public static func token(_ secret: [UInt8], in db: borrowing Connection) throws -> (token: Token, user: User)? {
        try db.first(TokenSQL.find, ["$secret": .blob(secret)]) { row in
            let user = try User(row: row)
            return (try Token(row: row, user: user.id), user)
        }
    }

    /// nil when there is no such token.
    public static func token(id: ID<Token>, in db: borrowing Connection) throws -> Token? {
        try db.first(TokenSQL.one, ["$id": .integer(id.rawValue)]) {
            try Token(row: $0, user: ID($0.integer("user_id")))
        }
    }

    /// Tokens of a user, newest first, from the one before `id` on.
    public static func page(
        of user: ID<User>, before id: Int64?, limit: Int, in db: borrowing Connection
    ) throws -> [Token] {
        try db.all(
            TokenSQL.page,
            ["$user": .integer(user.rawValue), "$before": .integer(id ?? .max), "$limit": Value(limit)]
        ) { try Token(row: $0, user: user) }
    }

    /// How many tokens a user has, expired ones included.
    public static func count(of user: ID<User>, in db: borrowing Connection) throws -> Int {
        try db.first(TokenSQL.count, ["$user": .integer(user.rawValue)]) { $0.int("count") } ?? 0
    }

    /// Makes a token; `secret` is the SHA-256 of what its owner sends. `expiresAt` is in Unix seconds, nil for never.
    public static func insert(
        _ secret: [UInt8], user: ID<User>, name: String, prefix: String, scopes: Set<Scope>, models: [ModelPattern],
        expiresAt: Int64?, at now: Int64, in db: borrowing Connection
    ) throws -> ID<Token> {
        try db.run(
            TokenSQL.insert,
            [
                "$user": .integer(user.rawValue), "$name": .text(name), "$prefix": .text(prefix),
                "$secret": .blob(secret), "$scopes": .list(scopes.map(\.rawValue).sorted()),
                "$models": .list(models.map(\.description)), "$now": .integer(now), "$expires_at": Value(expiresAt),
            ])
        return ID(db.lastInsertedID)
    }

    /// Notes when a token was last used; `time` in Unix seconds.
    public static func noteUsed(_ id: ID<Token>, at time: Int64, in db: borrowing Connection) throws {
        try db.run(TokenSQL.used, ["$at": .integer(time), "$id": .integer(id.rawValue)])
    }

    /// Removes a token; none is fine.
    public static func delete(_ id: ID<Token>, in db: borrowing Connection) throws {
        try db.run(TokenSQL.delete, ["$id": .integer(id.rawValue)])
    }
}

extension Token {
    /// The token in the columns token_id, name, prefix, scopes, models, token_created_at, expires_at, last_used_at.
    fileprivate init(row: borrowing Row, user: ID<User>) throws {
        self.init(
            id: ID(row.integer("token_id")), user: user, name: row.text("name"), prefix: row.text("prefix"),
            scopes: Set(try Self.list(row.text("scopes")).compactMap { Scope(rawValue: $0) }),
            models: try Self.list(row.text("models")).map { try stored(try? ModelPattern($0), "model pattern") },
            createdAt: row.integer("token_created_at"), expiresAt: row.optionalInteger("expires_at"),
            lastUsedAt: row.optionalInteger("last_used_at"))
    }

    private static func list(_ json: String) throws -> [String] {
        try stored(try? JSONValue(parsing: json.utf8).array?.compactMap(\.string), "list in a token")
    }
}
