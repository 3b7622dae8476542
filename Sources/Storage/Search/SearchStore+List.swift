import Registry
import Search
import SQLite

extension SearchStore {
    /// A page of `found` in an order that an index has: the index is walked, unless so few are found that sorting them
    /// costs less.
    static func listed(
        _ found: ModelSet, by sort: SearchSort, after cursor: SearchCursor?, limit: Int, in db: borrowing Connection
    ) throws -> ([Int], String?) {
        let isFew = found.count <= 1000
        let after = (value: cursor?.value ?? .max, id: cursor?.id ?? .max, name: cursor?.name ?? "")
        var ids: [Int64] = []
        if isFew { found.forEach { ids.append(Int64($0)) } }
        let candidates: Value = .list(ids)
        let sql: ListSQL
        let bindings: KeyValuePairs<String, Value>
        switch (sort, isFew) {
        case (.name, true): (sql, bindings) = (.fewByName, ["$ids": candidates, "$name": .text(after.name)])
        case (.name, false): (sql, bindings) = (.allByName, ["$name": .text(after.name)])
        case (.downloads, true):
            sql = .fewByDownloads
            bindings = ["$ids": candidates, "$value": .integer(after.value), "$id": .integer(after.id)]
        case (.downloads, false):
            (sql, bindings) = (.allByDownloads, ["$value": .integer(after.value), "$id": .integer(after.id)])
        case (.updated, true), (.relevance, true):
            sql = .fewByUpdate
            bindings = ["$ids": candidates, "$value": .integer(after.value), "$id": .integer(after.id)]
        case (.updated, false), (.relevance, false):
            (sql, bindings) = (.allByUpdate, ["$value": .integer(after.value), "$id": .integer(after.id)])
        }
        var page: [SearchCursor] = []
        var hasMore = false
        try db.forEach(sql, bindings) { row in
            let place =
                sort == .name
                ? SearchCursor(name: row.text("value"), id: row.integer("id"))
                : SearchCursor(value: row.integer("value"), id: row.integer("id"))
            guard found.contains(Int(place.id)) else { return true }
            hasMore = page.count == limit
            if !hasMore { page.append(place) }
            return !hasMore
        }
        return (page.map { Int($0.id) }, hasMore ? page.last?.text(sort: sort) : nil)
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
