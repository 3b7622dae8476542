package import Search
package import SQLite

extension SearchStore {
    /// The number of the last change; 0 before the first. It rises with every change of what search knows.
    package static func sequence(in db: borrowing Connection) throws -> Int64 {
        try db.first(SearchChangeSQL.last) { $0.integer("id") } ?? 0
    }

    /// What has changed since a number that ``sequence(in:)`` once gave: the models as they are now, each once, and the
    /// tags that they have.
    ///
    /// At most `limit` rows of the log are read; the rest comes with a call from the returned sequence on.
    ///
    /// - Returns: nil when the changes are no longer all known: then everything is to be read anew.
    package static func changes(
        since: Int64, limit: Int, in db: borrowing Connection
    ) throws -> (changes: [SearchChange], tags: [KnownTag], sequence: Int64)? {
        let last = try sequence(in: db)
        if since == last { return ([], [], since) }
        let first = try db.first(SearchChangeSQL.first) { $0.integer("id") } ?? 0
        guard since < last, since >= first - 1 else { return nil }
        var (models, seen, sequence): ([Int64], Set<Int64>, Int64) = ([], [], since)
        try db.forEach(SearchChangeSQL.since, ["$since": .integer(since), "$limit": Value(limit)]) { row in
            sequence = row.integer("id")
            if seen.insert(row.integer("model_id")).inserted { models.append(row.integer("model_id")) }
            return true
        }
        var changes: [SearchChange] = []
        var tags: Set<Int64> = []
        for model in models {
            if let document = try document(model, in: db) {
                tags.formUnion(document.tags)
                changes.append(.put(document))
            } else {
                changes.append(.remove(model))
            }
        }
        let known = try db.all(SearchChangeSQL.tags, ["$tags": .list(tags.sorted())]) { KnownTag(row: $0) }
        return (changes, known, sequence)
    }

    /// Forgets changes up to a number, as everybody who follows them has them; the last 10,000 are kept in any case.
    ///
    /// At most 10,000 go at once, as publishers wait for the transaction.
    ///
    /// - Returns: Whether there are more to forget.
    package static func trim(before sequence: Int64, in db: borrowing Connection) throws -> Bool {
        let last = min(sequence, try self.sequence(in: db) - keptChanges)
        let first = try db.first(SearchChangeSQL.first) { $0.integer("id") } ?? 0
        try db.run(SearchChangeSQL.trim, ["$id": .integer(min(last, first + trimmedChanges - 1))])
        return first + trimmedChanges <= last
    }

    private static let keptChanges: Int64 = 10_000
    private static let trimmedChanges: Int64 = 10_000

    /// What search knows of a model; nil when it knows none of that id.
    package static func document(_ model: Int64, in db: borrowing Connection) throws -> SearchDocument? {
        let document = try db.first(SearchIndexSQL.document, ["$model": .integer(model)]) { row in
            SearchDocument(
                model: model, namespace: row.integer("namespace_id"), isPublic: row.bool("is_public"),
                popularity: row.int("popularity"), updated: row.integer("updated_at"), words: row.text("words"),
                tags: row.withBlob("tags", TagList.tags))
        }
        guard var document else { return nil }
        document.numbers = try db.all(SearchIndexSQL.numbers, ["$model": .integer(model)]) { row in
            SearchNumber(column: row.text("key_at"), value: row.real("value"))
        }
        return document
    }
}

extension SearchStore {
    /// The row ids of the tags that search knows of each model.
    package static func tags(of models: [Int64], in db: borrowing Connection) throws -> [Int64: [Int64]] {
        var tags: [Int64: [Int64]] = [:]
        try db.forEach(SearchChangeSQL.tagsOfModels, ["$models": .list(models)]) { row in
            tags[row.integer("model_id")] = row.withBlob("tags", TagList.tags)
            return true
        }
        return tags
    }
}

package enum SearchChangeSQL: String, SQLStatement {
    case last = "SELECT coalesce(max(id), 0) AS id FROM search_change"
    case first = "SELECT coalesce(min(id), 0) AS id FROM search_change"
    case since = "SELECT id, model_id FROM search_change WHERE id > $since ORDER BY id LIMIT $limit"
    case tagsOfModels = """
        SELECT d.model_id, d.tags FROM json_each($models) wanted JOIN search_document d ON d.model_id = wanted.value
        """
    case trim = "DELETE FROM search_change WHERE id <= $id"
    case tags = """
        SELECT t.id, t.key, t.value, t.folded FROM json_each($tags) wanted JOIN context_tag t ON t.id = wanted.value
        ORDER BY t.id
        """
}
