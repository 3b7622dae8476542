public import Registry
public import SQLite

package enum NamespaceMemberSQL: String, SQLStatement {
    case page = """
        SELECT user.username, user.display_name, user.disabled, namespace_member.role
        FROM namespace_member JOIN user ON user.id = namespace_member.user_id
        WHERE namespace_member.namespace_id = $namespace AND user.username > $after
        ORDER BY user.username LIMIT $limit
        """
    case one = """
        SELECT user.username, user.display_name, user.disabled, namespace_member.role
        FROM namespace_member JOIN user ON user.id = namespace_member.user_id
        WHERE namespace_member.namespace_id = $namespace AND user.username = $username
        """
    case count = "SELECT count(*) AS count FROM namespace_member WHERE namespace_id = $namespace"
    case remove = "DELETE FROM namespace_member WHERE namespace_id = $namespace AND user_id = $user"
    case demoteOwners = """
        UPDATE namespace_member SET role = 'publisher'
        WHERE namespace_id = $namespace AND role = 'owner' AND user_id <> $kept
        """
    case actingOwners = """
        SELECT count(*) AS count
        FROM namespace_member JOIN user ON user.id = namespace_member.user_id
        WHERE namespace_member.namespace_id = $namespace AND namespace_member.role = 'owner'
            AND user.disabled = 0 AND user.role IN ('admin', 'developer')
        """
    case ownedAlone = """
        SELECT namespace.name
        FROM namespace_member AS mine JOIN namespace ON namespace.id = mine.namespace_id
        WHERE mine.user_id = $user AND mine.role = 'owner' AND NOT EXISTS (
            SELECT 1 FROM namespace_member AS other JOIN user ON user.id = other.user_id
            WHERE other.namespace_id = mine.namespace_id AND other.role = 'owner' AND other.user_id <> $user
                AND user.disabled = 0 AND user.role IN ('admin', 'developer'))
        ORDER BY namespace.name LIMIT 100
        """
}

/// Rows of who belongs to a namespace.
///
/// An owner *acts* while its user is enabled and has a role that may publish; the others cannot look after the
/// namespace, so they do not count when the last owner is to stay.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum NamespaceMemberStore {
    /// Members by user name, from the one after `name` on.
    public static func page(
        of namespace: Int64, after name: String, limit: Int, in db: borrowing Connection
    ) throws -> [NamespaceMember] {
        try db.all(
            NamespaceMemberSQL.page,
            ["$namespace": .integer(namespace), "$after": .text(name), "$limit": Value(limit)]
        ) { try NamespaceMember(row: $0) }
    }

    /// nil when the user is no member, or there is no such user.
    public static func member(
        _ name: Username, of namespace: Int64, in db: borrowing Connection
    ) throws -> NamespaceMember? {
        try db.first(
            NamespaceMemberSQL.one, ["$namespace": .integer(namespace), "$username": .text(name.description)]
        ) { try NamespaceMember(row: $0) }
    }

    /// How many members a namespace has, disabled ones included.
    public static func count(of namespace: Int64, in db: borrowing Connection) throws -> Int {
        try db.first(NamespaceMemberSQL.count, ["$namespace": .integer(namespace)]) { $0.int("count") } ?? 0
    }

    /// Ends a membership; one that is not there is fine.
    public static func remove(_ user: ID<User>, from namespace: Int64, in db: borrowing Connection) throws {
        try db.run(
            NamespaceMemberSQL.remove, ["$namespace": .integer(namespace), "$user": .integer(user.rawValue)])
    }

    /// Makes all owners but one publishers.
    public static func demoteOwners(
        of namespace: Int64, except kept: ID<User>, in db: borrowing Connection
    ) throws {
        try db.run(
            NamespaceMemberSQL.demoteOwners,
            ["$namespace": .integer(namespace), "$kept": .integer(kept.rawValue)])
    }

    /// How many owners of a namespace are enabled and have a role that may publish.
    public static func actingOwnerCount(of namespace: Int64, in db: borrowing Connection) throws -> Int {
        try db.first(NamespaceMemberSQL.actingOwners, ["$namespace": .integer(namespace)]) { $0.int("count") } ?? 0
    }

    /// The namespaces that would be left without an acting owner if the user went, by name, at most 100.
    public static func ownedAlone(by user: ID<User>, in db: borrowing Connection) throws -> [String] {
        try db.all(NamespaceMemberSQL.ownedAlone, ["$user": .integer(user.rawValue)]) { $0.text("name") }
    }
}

extension NamespaceMember {
    /// The member in the columns username, display_name, disabled, role.
    init(row: borrowing Row) throws {
        self.init(
            username: try stored(try? Username(row.text("username")), "username"),
            displayName: row.text("display_name"),
            role: try stored(NamespaceRole(rawValue: row.text("role")), "role"), isDisabled: row.bool("disabled"))
    }
}
