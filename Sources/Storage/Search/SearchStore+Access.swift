package import SQLite

extension SearchStore {
    /// The row ids of namespaces; names that nobody has are left out.
    package static func namespaces(named names: [String], in db: borrowing Connection) throws -> [Int64] {
        names.isEmpty ? [] : try db.all(SearchAccessSQL.namespaces, ["$names": .list(names)]) { $0.integer("id") }
    }

    /// The row ids of models, named as namespace/name; those that are not there are left out.
    package static func models(named names: [String], in db: borrowing Connection) throws -> [Int64] {
        names.isEmpty ? [] : try db.all(SearchAccessSQL.models, ["$names": .list(names)]) { $0.integer("id") }
    }

    /// Names and titles of models in the order of `ids`; those that are gone are left out.
    package static func titles(
        of ids: [Int64], in db: borrowing Connection
    ) throws -> [(name: String, title: String)] {
        try db.all(SearchAccessSQL.titles, ["$ids": .list(ids)]) { ($0.text("full_name"), $0.text("title")) }
    }
}

package enum SearchAccessSQL: String, SQLStatement {
    case namespaces = "SELECT id FROM namespace WHERE name IN (SELECT value FROM json_each($names)) ORDER BY id"
    case models = "SELECT id FROM model WHERE full_name IN (SELECT value FROM json_each($names)) ORDER BY id"
    case titles = """
        SELECT m.full_name, m.title FROM json_each($ids) wanted CROSS JOIN model m ON m.id = wanted.value
        ORDER BY wanted.key
        """
}
