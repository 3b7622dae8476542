public import Registry
public import SQLite

package enum ContextLabelSQL: String, SQLStatement {
    case revision = "SELECT revision FROM context_label_state WHERE id = 1"
    case all = "SELECT key, value, ko, en, synonyms FROM context_label ORDER BY key, value"
    case synonyms = "SELECT value FROM json_each($list) ORDER BY key"
    case set = """
        INSERT INTO context_label (key, value, ko, en, synonyms, updated_at)
        VALUES ($key, $value, $ko, $en, $synonyms, $now)
        ON CONFLICT (key, value) DO UPDATE
            SET ko = excluded.ko, en = excluded.en, synonyms = excluded.synonyms, updated_at = excluded.updated_at
        """
    case remove = "DELETE FROM context_label WHERE key = $key AND value = $value"
    case count = "SELECT count(*) AS count FROM context_label"
    case synonymCount = "SELECT coalesce(sum(json_array_length(synonyms)), 0) AS count FROM context_label"
}

/// Rows of what administrators call context keys and values.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum ContextLabelStore {
    /// Rises with each change.
    public static func revision(in db: borrowing Connection) throws -> Int64 {
        try db.first(ContextLabelSQL.revision) { $0.integer("revision") } ?? 0
    }

    /// By key and value, keys before their values.
    public static func all(in db: borrowing Connection) throws -> [ContextLabel] {
        let rows = try db.all(ContextLabelSQL.all) { row in
            (
                key: row.text("key"), value: row.text("value"), label: Label(ko: row.text("ko"), en: row.text("en")),
                synonyms: row.text("synonyms")
            )
        }
        return try rows.map { row in
            let synonyms =
                row.synonyms == "[]"
                ? [] : try db.all(ContextLabelSQL.synonyms, ["$list": .text(row.synonyms)]) { $0.text("value") }
            return ContextLabel(
                kept: row.key, value: row.value.isEmpty ? nil : row.value, label: row.label, synonyms: synonyms)
        }
    }

    /// How many there are.
    public static func count(in db: borrowing Connection) throws -> Int {
        try db.first(ContextLabelSQL.count) { $0.int("count") } ?? 0
    }

    /// How many synonyms they have together.
    public static func synonymCount(in db: borrowing Connection) throws -> Int {
        try db.first(ContextLabelSQL.synonymCount) { $0.int("count") } ?? 0
    }

    /// Adds a name, or replaces it.
    public static func set(_ label: ContextLabel, at now: Int64, in db: borrowing Connection) throws {
        try db.run(
            ContextLabelSQL.set,
            [
                "$key": .text(label.key), "$value": .text(label.value ?? ""), "$ko": .text(label.label.ko),
                "$en": .text(label.label.en), "$synonyms": .list(label.synonyms), "$now": .integer(now),
            ])
    }

    /// Returns whether there was one.
    public static func remove(key: String, value: String?, in db: borrowing Connection) throws -> Bool {
        try db.run(ContextLabelSQL.remove, ["$key": .text(key), "$value": .text(value ?? "")]) > 0
    }
}
