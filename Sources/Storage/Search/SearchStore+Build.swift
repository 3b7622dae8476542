package import SQLite
package import Search

extension SearchStore {
    /// All that search knows, for a snapshot in memory, in one segment.
    ///
    /// In parts it takes less: of a million models, whose segment has 185 MB, the process had 750 MB at most while it was made
    /// at once, and 430 MB made in parts that are merged.
    ///
    /// - Parameters:
    ///   - db: In a transaction.
    ///   - count: How many models are made a segment of at a time.
    /// - Returns: What is as of ``sequence(in:)`` in the same transaction.
    /// - Throws: `SegmentError.tooLarge` too, for more than a segment can count: SQL goes on answering then.
    package static func build(in db: borrowing Connection, modelsAtOnce count: Int = 1 << 18) throws -> SearchView {
        let sequence = try sequence(in: db)
        var tags: [KnownTag] = []
        try db.forEach(SearchBuildSQL.tags) { row in
            tags.append(KnownTag(row: row))
            return true
        }
        var segments: [SearchSegment] = []
        var last: Int64 = 0
        while let next = try segment(after: &last, count, tags, in: db) { segments.append(next) }
        return try SearchView.merging(segments, sequence: sequence)
    }

    /// A segment of the models that follow `last`, which is the last of these then; nil when there are no more.
    private static func segment(
        after last: inout Int64, _ count: Int, _ tags: [KnownTag], in db: borrowing Connection
    ) throws -> SearchSegment? {
        let (builder, before) = (SegmentBuilder(), last)
        try db.forEach(SearchBuildSQL.documents, ["$after": .integer(before), "$count": Value(count)]) { row in
            let (model, namespace) = (row.integer("model_id"), row.integer("namespace_id"))
            let (isPublic, popularity) = (row.bool("is_public"), row.int("popularity"))
            row.withText("words") { words in
                row.withBlob("tags") { tags in
                    builder.add(
                        model: model, namespace: namespace, isPublic: isPublic, popularity: popularity, words: words,
                        tags: tags)
                }
            }
            last = model
            return !builder.isTooLarge
        }
        guard builder.documentCount > 0 else { return nil }
        for tag in tags { builder.add(tag: tag) }
        let range: KeyValuePairs<String, Value> = ["$after": .integer(before), "$last": .integer(last)]
        try db.forEach(SearchBuildSQL.times, range) { row in
            builder.add(updated: row.integer("updated_at"), model: row.integer("id"))
            return true
        }
        try db.forEach(SearchBuildSQL.numbers, range) { row in
            builder.add(number: row.real("value"), column: row.text("key_at"), model: row.integer("model_id"))
            return true
        }
        return try builder.built()
    }
}

package enum SearchBuildSQL: String, SQLStatement {
    case tags = """
        SELECT id, key, value, folded FROM context_tag
        WHERE EXISTS (SELECT 1 FROM search_set WHERE set_id = context_tag.id)
        """
    case documents = """
        SELECT d.model_id, d.namespace_id, d.is_public, d.popularity, w.words, d.tags
        FROM search_words w CROSS JOIN search_document d ON d.model_id = w.rowid
        WHERE w.rowid > $after
        ORDER BY w.rowid LIMIT $count
        """
    /// The index has both, and is read faster than that part of the table.
    case times = "SELECT id, updated_at FROM model WHERE +id > $after AND +id <= $last ORDER BY updated_at"
    case numbers = "SELECT model_id, key_at, value FROM search_number WHERE model_id > $after AND model_id <= $last"
}
