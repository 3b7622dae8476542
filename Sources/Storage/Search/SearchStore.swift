public import Registry
import Search
public import SQLite

/// The index that search reads: written in the transactions that change models, rebuilt from their rows.
///
/// - Words: one row of `model_search` a model. Each term stands behind the letter of its ``SearchField``, so that one
///   posting list answers one word in one field.
/// - Tags: `search_set` holds the models of each tag as bits, so that filters, totals and facets are a few operations
///   on words of 64 models.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum SearchStore {
    /// Brings the index of a model up to date with its rows. To be called in the transaction that changes its own
    /// fields, its context, or what its latest version is.
    public static func index(model id: ID<Model>, in db: borrowing Connection) throws {
        let row = try db.first(SearchIndexSQL.model, ["$model": .integer(id.rawValue)]) { row in
            (
                name: row.text("full_name"), title: row.text("title"), summary: row.text("summary"),
                serviceType: row.text("service_type"), isPrivate: row.text("visibility") == Visibility.private.rawValue,
                namespace: row.integer("namespace_id"), license: row.text("license"), readme: row.text("readme")
            )
        }
        guard let row else { return }
        try db.run(
            SearchIndexSQL.insertServiceTag,
            ["$value": .text(row.serviceType), "$folded": .text(row.serviceType.folded)])
        let tags = try db.all(SearchIndexSQL.tags, ["$model": .integer(id.rawValue)]) {
            (id: $0.integer("id"), value: $0.text("folded"))
        }
        let old = Set(try db.all(SearchIndexSQL.facets, ["$model": .integer(id.rawValue)]) { $0.integer("tag_id") })
        let new = Set(tags.map(\.id))
        for tag in old.subtracting(new) {
            try db.run(SearchIndexSQL.deleteFacet, ["$model": .integer(id.rawValue), "$tag": .integer(tag)])
            try set(tag, contains: id, false, in: db)
        }
        for tag in new.subtracting(old) {
            try db.run(SearchIndexSQL.insertFacet, ["$model": .integer(id.rawValue), "$tag": .integer(tag)])
            try set(tag, contains: id, true, in: db)
        }
        try set(allModels, contains: id, true, in: db)
        try set(-row.namespace, contains: id, row.isPrivate, in: db)

        let words = SearchField.words(
            name: row.name, title: row.title, context: tags.map(\.value) + [row.license], summary: row.summary,
            readme: row.readme)
        try db.run(SearchIndexSQL.deleteWords, ["$model": .integer(id.rawValue)])
        try db.run(SearchIndexSQL.insertWords, ["$model": .integer(id.rawValue), "$words": .text(words)])
    }

    /// Takes a model out of the index. To be called before its row is deleted.
    public static func remove(model id: ID<Model>, in db: borrowing Connection) throws {
        let tags = try db.all(SearchIndexSQL.facets, ["$model": .integer(id.rawValue)]) { $0.integer("tag_id") }
        for tag in tags {
            try set(tag, contains: id, false, in: db)
        }
        let namespace = try db.first(SearchIndexSQL.model, ["$model": .integer(id.rawValue)]) {
            $0.integer("namespace_id")
        }
        if let namespace { try set(-namespace, contains: id, false, in: db) }
        try set(allModels, contains: id, false, in: db)
        try db.run(SearchIndexSQL.deleteFacets, ["$model": .integer(id.rawValue)])
        try db.run(SearchIndexSQL.deleteWords, ["$model": .integer(id.rawValue)])
    }

    /// Rebuilds the whole index; for a release that changes how text is cut into terms.
    ///
    /// - Returns: How many models it holds.
    @discardableResult
    public static func rebuild(in db: borrowing Connection) throws -> Int {
        try db.run(SearchIndexSQL.clearWords)
        try db.run(SearchIndexSQL.clearFacets)
        try db.run(SearchIndexSQL.clearSets)
        let models = try db.all(SearchIndexSQL.allModels) { $0.integer("id") }
        for id in models { try index(model: ID(id), in: db) }
        return models.count
    }

    /// The set of all models.
    static let allModels: Int64 = 0

    private static func set(
        _ set: Int64, contains model: ID<Model>, _ isMember: Bool, in db: borrowing Connection
    ) throws {
        let (chunk, place) = Int(model.rawValue).quotientAndRemainder(dividingBy: ModelSet.chunkSize)
        let key: KeyValuePairs<String, Value> = ["$set": .integer(set), "$chunk": Value(chunk)]
        let old = try db.first(SearchIndexSQL.chunk, key) { $0.blob("models") } ?? []
        let new = ModelSet.row(old, setting: place, to: isMember)
        if new.isEmpty {
            try db.run(SearchIndexSQL.deleteChunk, key)
        } else if new != old {
            try db.run(
                SearchIndexSQL.putChunk, ["$set": .integer(set), "$chunk": Value(chunk), "$models": .blob(new)])
        }
    }
}

package enum SearchIndexSQL: String, SQLStatement {
    case model = """
        SELECT m.full_name, m.title, m.summary, m.service_type, m.visibility, m.namespace_id, m.license,
               coalesce(v.readme_text, '') AS readme
        FROM model m LEFT JOIN version v ON v.id = m.latest_version
        WHERE m.id = $model
        """
    case insertServiceTag = """
        INSERT INTO context_tag (key, value, folded) VALUES ('service', $value, $folded)
        ON CONFLICT (key, folded) DO NOTHING
        """
    case tags = """
        SELECT t.id, t.folded FROM context_tag t
        WHERE t.id IN (
            SELECT tag_id FROM model_context WHERE model_id = $model
            UNION
            SELECT c.tag_id FROM model m JOIN version_context c ON c.version_id = m.latest_version WHERE m.id = $model
            UNION
            SELECT c.tag_id FROM model m JOIN variant v ON v.version_id = m.latest_version
                JOIN variant_context c ON c.variant_id = v.id WHERE m.id = $model
            UNION
            SELECT s.id FROM model m JOIN context_tag s ON s.key = 'service' AND s.folded = lower(m.service_type)
            WHERE m.id = $model
        )
        """
    case facets = "SELECT tag_id FROM model_facet WHERE model_id = $model"
    case insertFacet = "INSERT INTO model_facet (model_id, tag_id) VALUES ($model, $tag)"
    case deleteFacet = "DELETE FROM model_facet WHERE model_id = $model AND tag_id = $tag"
    case deleteFacets = "DELETE FROM model_facet WHERE model_id = $model"
    case chunk = "SELECT models FROM search_set WHERE set_id = $set AND chunk = $chunk"
    case putChunk = """
        INSERT INTO search_set (set_id, chunk, models) VALUES ($set, $chunk, $models)
        ON CONFLICT (set_id, chunk) DO UPDATE SET models = excluded.models
        """
    case deleteChunk = "DELETE FROM search_set WHERE set_id = $set AND chunk = $chunk"
    case deleteWords = "DELETE FROM model_search WHERE rowid = $model"
    case insertWords = "INSERT INTO model_search (rowid, words) VALUES ($model, $words)"
    case clearWords = "DELETE FROM model_search"
    case clearFacets = "DELETE FROM model_facet"
    case clearSets = "DELETE FROM search_set"
    case allModels = "SELECT id FROM model"
}
