public import Registry
public import SQLite

package enum NamespaceSQL: String, SQLStatement {
    case find = "SELECT id FROM namespace WHERE name = $name"
    case insert = "INSERT INTO namespace (name, created_at) VALUES ($name, $now)"
    case memberships = """
        SELECT namespace.name, namespace_member.role
        FROM namespace_member JOIN namespace ON namespace.id = namespace_member.namespace_id
        WHERE user_id = $user
        """
    case page = """
        SELECT namespace.name, mine.role,
            (SELECT count(*) FROM namespace_member WHERE namespace_id = namespace.id) AS members,
            (SELECT count(*) FROM model WHERE namespace_id = namespace.id) AS models
        FROM namespace LEFT JOIN namespace_member AS mine
            ON mine.namespace_id = namespace.id AND mine.user_id = $user
        WHERE namespace.name > $after ORDER BY namespace.name LIMIT $limit
        """
    case ownPage = """
        SELECT namespace.name, mine.role,
            (SELECT count(*) FROM namespace_member WHERE namespace_id = namespace.id) AS members,
            (SELECT count(*) FROM model WHERE namespace_id = namespace.id) AS models
        FROM namespace_member AS mine JOIN namespace ON namespace.id = mine.namespace_id
        WHERE mine.user_id = $user AND namespace.name > $after ORDER BY namespace.name LIMIT $limit
        """
    case count = "SELECT count(*) AS count FROM namespace"
    case ownCount = "SELECT count(*) AS count FROM namespace_member WHERE user_id = $user"
    case setMember = """
        INSERT INTO namespace_member (namespace_id, user_id, role) VALUES ($namespace, $user, $role)
        ON CONFLICT (namespace_id, user_id) DO UPDATE SET role = excluded.role
        """
}

/// Rows of namespaces and of who may publish in or read them.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum NamespaceStore {
    /// nil when nobody has made a model in it yet.
    public static func id(of name: String, in db: borrowing Connection) throws -> Int64? {
        try db.first(NamespaceSQL.find, ["$name": .text(name)]) { $0.integer("id") }
    }

    /// Namespaces by name, from the one after `name` on, as `user` sees them: all of them, or those it belongs to.
    public static func page(
        for user: ID<User>, all: Bool, after name: String, limit: Int, in db: borrowing Connection
    ) throws -> [Namespace] {
        try db.all(
            all ? NamespaceSQL.page : .ownPage,
            ["$user": .integer(user.rawValue), "$after": .text(name), "$limit": Value(limit)]
        ) { row in
            Namespace(
                name: row.text("name"),
                role: try row.optionalText("role").map { try stored(NamespaceRole(rawValue: $0), "role") },
                members: row.int("members"), models: row.int("models"))
        }
    }

    /// How many namespaces there are; with a user, how many it belongs to.
    public static func count(of user: ID<User>?, in db: borrowing Connection) throws -> Int {
        guard let user else { return try db.first(NamespaceSQL.count) { $0.int("count") } ?? 0 }
        return try db.first(NamespaceSQL.ownCount, ["$user": .integer(user.rawValue)]) { $0.int("count") } ?? 0
    }

    /// Makes a namespace that `owner` owns.
    public static func createOwned(
        _ name: String, by owner: ID<User>, at now: Int64, in db: borrowing Connection
    ) throws -> Int64 {
        try db.run(NamespaceSQL.insert, ["$name": .text(name), "$now": .integer(now)])
        let id = db.lastInsertedID
        try setMember(owner, .owner, of: id, in: db)
        return id
    }

    /// The namespaces of a user and the role in each.
    public static func memberships(
        of user: ID<User>, in db: borrowing Connection
    ) throws -> [String: NamespaceRole] {
        var memberships: [String: NamespaceRole] = [:]
        try db.forEach(NamespaceSQL.memberships, ["$user": .integer(user.rawValue)]) { row in
            memberships[row.text("name")] = try stored(NamespaceRole(rawValue: row.text("role")), "role")
            return true
        }
        return memberships
    }

    /// Makes a user a member, or gives a member another role.
    public static func setMember(
        _ user: ID<User>, _ role: NamespaceRole, of namespace: Int64, in db: borrowing Connection
    ) throws {
        try db.run(
            NamespaceSQL.setMember,
            [
                "$namespace": .integer(namespace), "$user": .integer(user.rawValue), "$role": .text(role.rawValue),
            ])
    }
}
