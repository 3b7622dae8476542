public import Registry
public import SQLite

package enum AliasSQL: String, SQLStatement {
    case ofModel = """
        SELECT alias.name, version.number, alias.updated_at
        FROM alias JOIN version ON version.id = alias.version_id
        WHERE alias.model_id = $model ORDER BY alias.name
        """
    case target = "SELECT version_id FROM alias WHERE model_id = $model AND name = $name"
    case ofVersion = "SELECT name FROM alias WHERE version_id = $version ORDER BY name"
    case set = """
        INSERT INTO alias (model_id, name, version_id, updated_at, updated_by)
        VALUES ($model, $name, $version, $now, $by)
        ON CONFLICT (model_id, name) DO UPDATE
        SET version_id = excluded.version_id, updated_at = excluded.updated_at, updated_by = excluded.updated_by
        """
    case remove = "DELETE FROM alias WHERE model_id = $model AND name = $name"
    case record = """
        INSERT INTO alias_change (model_id, name, version_id, changed_at, changed_by)
        VALUES ($model, $name, $version, $now, $by)
        """
    case history = """
        SELECT alias_change.id, version.number, changed_at, changed_by
        FROM alias_change LEFT JOIN version ON version.id = alias_change.version_id
        WHERE alias_change.model_id = $model AND name = $name AND alias_change.id < $before
        ORDER BY alias_change.id DESC LIMIT $limit
        """
    case historyCount = """
        SELECT count(*) AS count FROM alias_change WHERE model_id = $model AND name = $name
        """
    case previous = """
        SELECT version_id FROM alias_change
        WHERE model_id = $model AND name = $name AND version_id IS NOT NULL AND version_id <> $current
        ORDER BY id DESC LIMIT 1
        """
}

/// Rows of aliases and of where they have pointed. `latest` is none of them; see ``ModelStore``.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum AliasStore {
    /// One place where an alias has pointed.
    public struct Change: Sendable, Hashable {
        /// Rises with each change in the repository; a page of the history goes on from it.
        public let id: Int64
        /// nil when the alias was removed.
        public let version: VersionNumber?
        /// Unix seconds.
        public let changedAt: Int64
        /// A username, kept when the user is gone.
        public let changedBy: String
    }

    /// All aliases of a model, by name.
    public static func aliases(of model: ID<Model>, in db: borrowing Connection) throws -> [Alias] {
        try db.all(AliasSQL.ofModel, ["$model": .integer(model.rawValue)]) { row in
            Alias(
                name: try alias(row), version: try stored(VersionNumber(parsing: row.text("number")), "number"),
                updatedAt: row.integer("updated_at"))
        }
    }

    /// nil when the model has no such alias.
    public static func version(
        named name: AliasName, of model: ID<Model>, in db: borrowing Connection
    ) throws -> ID<Version>? {
        try db.first(AliasSQL.target, ["$model": .integer(model.rawValue), "$name": .text(name.rawValue)]) {
            ID($0.integer("version_id"))
        }
    }

    /// The aliases that name a version.
    public static func names(of version: ID<Version>, in db: borrowing Connection) throws -> [AliasName] {
        try db.all(AliasSQL.ofVersion, ["$version": .integer(version.rawValue)]) { try alias($0) }
    }

    /// Moves an alias, or makes it.
    public static func set(
        _ name: AliasName, of model: ID<Model>, to version: ID<Version>, by actor: String, at now: Int64,
        in db: borrowing Connection
    ) throws {
        try db.run(
            AliasSQL.set,
            [
                "$model": .integer(model.rawValue), "$name": .text(name.rawValue),
                "$version": .integer(version.rawValue), "$now": .integer(now), "$by": .text(actor),
            ])
        try record(name, of: model, version, by: actor, at: now, in: db)
    }

    /// - Returns: Whether there was one.
    public static func remove(
        _ name: AliasName, of model: ID<Model>, by actor: String, at now: Int64, in db: borrowing Connection
    ) throws -> Bool {
        let count = try db.run(
            AliasSQL.remove, ["$model": .integer(model.rawValue), "$name": .text(name.rawValue)])
        guard count > 0 else { return false }
        try record(name, of: model, nil, by: actor, at: now, in: db)
        return true
    }

    /// Where an alias has pointed, newest first, from the change before `id` on.
    public static func history(
        of name: AliasName, of model: ID<Model>, before id: Int64?, limit: Int, in db: borrowing Connection
    ) throws -> [Change] {
        try db.all(
            AliasSQL.history,
            [
                "$model": .integer(model.rawValue), "$name": .text(name.rawValue), "$before": .integer(id ?? .max),
                "$limit": Value(limit),
            ]
        ) { row in
            Change(
                id: row.integer("id"),
                version: try row.optionalText("number").map { try stored(VersionNumber(parsing: $0), "number") },
                changedAt: row.integer("changed_at"), changedBy: row.text("changed_by"))
        }
    }

    /// How many changes ``history(of:of:before:limit:in:)`` has in all.
    public static func historyCount(
        of name: AliasName, of model: ID<Model>, in db: borrowing Connection
    ) throws -> Int {
        try db.first(AliasSQL.historyCount, ["$model": .integer(model.rawValue), "$name": .text(name.rawValue)]) {
            $0.int("count")
        } ?? 0
    }

    /// The version that the alias named last before it named `current`.
    public static func version(
        before current: ID<Version>, named name: AliasName, of model: ID<Model>, in db: borrowing Connection
    ) throws -> ID<Version>? {
        try db.first(
            AliasSQL.previous,
            [
                "$model": .integer(model.rawValue), "$name": .text(name.rawValue),
                "$current": .integer(current.rawValue),
            ]
        ) { ID($0.integer("version_id")) }
    }

    private static func record(
        _ name: AliasName, of model: ID<Model>, _ version: ID<Version>?, by actor: String, at now: Int64,
        in db: borrowing Connection
    ) throws {
        try db.run(
            AliasSQL.record,
            [
                "$model": .integer(model.rawValue), "$name": .text(name.rawValue),
                "$version": Value(version?.rawValue), "$now": .integer(now), "$by": .text(actor),
            ])
    }

    private static func alias(_ row: borrowing Row) throws -> AliasName {
        try stored(AliasName(parsing: row.text("name")), "alias")
    }
}
