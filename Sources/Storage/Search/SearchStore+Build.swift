package import SQLite
package import Search

extension SearchStore {
    /// All that search knows, for a snapshot in memory; it is as of ``sequence(in:)`` in the same transaction.
    ///
    /// - Throws: `SegmentError.tooLarge` too, for more than a segment can count: SQL goes on answering then.
    package static func build(in db: borrowing Connection) throws -> SearchSegment {
        let builder = SegmentBuilder()
        try db.forEach(SearchBuildSQL.tags) { row in
            builder.add(tag: KnownTag(row: row))
            return true
        }
        try db.forEach(SearchBuildSQL.documents) { row in
            let (model, namespace) = (row.integer("model_id"), row.integer("namespace_id"))
            let (isPublic, popularity) = (row.bool("is_public"), row.int("popularity"))
            row.withText("words") { words in
                row.withBlob("tags") { tags in
                    builder.add(
                        model: model, namespace: namespace, isPublic: isPublic, popularity: popularity, words: words,
                        tags: tags)
                }
            }
            return !builder.isTooLarge
        }
        try db.forEach(SearchBuildSQL.times) { row in
            builder.add(updated: row.integer("updated_at"), model: row.integer("id"))
            return !builder.isTooLarge
        }
        try db.forEach(SearchBuildSQL.numbers) { row in
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
        ORDER BY w.rowid
        """
    /// The index has both.
    case times = "SELECT id, updated_at FROM model ORDER BY updated_at"
    case numbers = "SELECT model_id, key_at, value FROM search_number"
}
