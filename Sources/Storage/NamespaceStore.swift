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
    case setMember = """
        INSERT INTO namespace_member (namespace_id, user_id, role) VALUES ($namespace, $user, $role)
        ON CONFLICT (namespace_id, user_id) DO UPDATE SET role = excluded.role
        """
}

/// Rows of namespaces and of who may publish in or read them.
public enum NamespaceStore {
    /// nil when nobody has made a model in it yet.
    public static func id(of name: String, in db: borrowing Connection) throws -> Int64? {
        try db.first(NamespaceSQL.find, ["$name": .text(name)]) { $0.integer("id") }
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
