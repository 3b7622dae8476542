package import Search
package import SQLite

/// An order of models that the database has an index for.
package enum ModelOrder: Sendable {
    /// What was changed last first.
    case updated
    /// Most downloads of the last 30 days first.
    case downloads
    case name
}

/// The place of a model in a ``ModelOrder``.
package struct ModelPlace: Sendable, Hashable {
    /// What the list is ordered by, greatest first; 0 in a list by name.
    package let value: Int64
    /// In a list by name, the name.
    package let name: String
    /// Equal values are in the order of falling ids.
    package let id: Int64

    package init(value: Int64, id: Int64) { (self.value, self.name, self.id) = (value, "", id) }

    package init(name: String, id: Int64) { (self.value, self.name, self.id) = (0, name, id) }
}

extension SearchStore {
    /// A page of `found` in an order that an index has: the index is walked, unless so few are found that sorting them
    /// costs less.
    package static func listed(
        _ found: ModelSet, by order: ModelOrder, after place: ModelPlace? = nil, limit: Int, in db: borrowing Connection
    ) throws -> (places: [ModelPlace], hasMore: Bool) {
        let isFew = found.count <= 1000
        let after = place ?? (order == .name ? ModelPlace(name: "", id: 0) : ModelPlace(value: .max, id: .max))
        var ids: [Int64] = []
        if isFew { found.forEach { ids.append(Int64($0)) } }
        let sql: ListSQL
        let bindings: KeyValuePairs<String, Value>
        switch (order, isFew) {
        case (.name, true): (sql, bindings) = (.fewByName, ["$ids": .list(ids), "$name": .text(after.name)])
        case (.name, false): (sql, bindings) = (.allByName, ["$name": .text(after.name)])
        case (.downloads, true):
            sql = .fewByDownloads
            bindings = ["$ids": .list(ids), "$value": .integer(after.value), "$id": .integer(after.id)]
        case (.downloads, false):
            (sql, bindings) = (.allByDownloads, ["$value": .integer(after.value), "$id": .integer(after.id)])
        case (.updated, true):
            sql = .fewByUpdate
            bindings = ["$ids": .list(ids), "$value": .integer(after.value), "$id": .integer(after.id)]
        case (.updated, false):
            (sql, bindings) = (.allByUpdate, ["$value": .integer(after.value), "$id": .integer(after.id)])
        }
        var page: [ModelPlace] = []
        var hasMore = false
        func goesOn(past id: Int64, _ place: () -> ModelPlace) -> Bool {
            guard found.contains(Int(id)) else { return true }
            hasMore = page.count == limit
            if !hasMore { page.append(place()) }
            return !hasMore
        }
        if order == .name {
            try db.forEach(sql, bindings) { row in
                let id = row.integer("id")
                return goesOn(past: id) { ModelPlace(name: row.text("value"), id: id) }
            }
        } else {
            // Of a million models that are walked past each would otherwise cost several times as much.
            try db.forEachIntegers(sql, bindings) { id, value in
                goesOn(past: id) { ModelPlace(value: value, id: id) }
            }
        }
        return (page, hasMore)
    }
}

package enum ListSQL: String, SQLStatement {
    case allByUpdate = """
        SELECT id, updated_at AS value FROM model WHERE (updated_at, id) < ($value, $id)
        ORDER BY updated_at DESC, id DESC
        """
    case allByDownloads = """
        SELECT id, downloads_30d AS value FROM model WHERE (downloads_30d, id) < ($value, $id)
        ORDER BY downloads_30d DESC, id DESC
        """
    case allByName = "SELECT id, full_name AS value FROM model WHERE full_name > $name ORDER BY full_name"
    case fewByUpdate = """
        SELECT id, updated_at AS value FROM model
        WHERE id IN (SELECT value FROM json_each($ids)) AND (updated_at, id) < ($value, $id)
        ORDER BY updated_at DESC, id DESC
        """
    case fewByDownloads = """
        SELECT id, downloads_30d AS value FROM model
        WHERE id IN (SELECT value FROM json_each($ids)) AND (downloads_30d, id) < ($value, $id)
        ORDER BY downloads_30d DESC, id DESC
        """
    case fewByName = """
        SELECT id, full_name AS value FROM model
        WHERE id IN (SELECT value FROM json_each($ids)) AND full_name > $name ORDER BY full_name
        """
}
