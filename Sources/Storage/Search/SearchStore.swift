public import Registry
import Search
public import SQLite

/// The truth of search: what it knows of each model, written in the transactions that change models, and rebuilt from
/// their rows.
///
/// - `search_document`, `search_number` and `search_words` hold the ``SearchDocument`` of a model.
/// - `search_set` holds the models of each tag as bits, so that filters, totals and facets are a few operations on words
///   of 64 models.
/// - `search_change` lists the models whose document changed, for the snapshot in memory to follow.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum SearchStore {
    /// Brings what search knows of a model up to date with its rows. To be called in the transaction that changes its
    /// own fields, its context, or what its latest version is.
    public static func index(model id: ID<Model>, in db: borrowing Connection) throws {
        guard let source = try SearchSource(model: id, in: db) else { return }
        let (old, new) = (try document(id.rawValue, in: db), source.document)
        guard old != new else { return }
        try updateSets(from: old, to: new, in: db)
        try noteWords(of: source.tags.filter { old?.tags.contains($0.id) != true }, in: db)
        try write(new, replacing: old, in: db)
        try noteChange(of: new.model, in: db)
    }

    /// Takes a model out of search. To be called before its row is deleted.
    public static func remove(model id: ID<Model>, in db: borrowing Connection) throws {
        guard let old = try document(id.rawValue, in: db) else { return }
        try updateSets(from: old, to: nil, in: db)
        try db.run(SearchIndexSQL.deleteWords, ["$model": .integer(old.model)])
        try db.run(SearchIndexSQL.deleteNumbers, ["$model": .integer(old.model)])
        try db.run(SearchIndexSQL.deleteDocument, ["$model": .integer(old.model)])
        try noteChange(of: old.model, in: db)
    }

    /// Brings the popularity of a model up to date with its downloads.
    static func notePopularity(of model: Int64, downloads: Int, in db: borrowing Connection) throws {
        let popularity = SearchSource.popularity(downloads: downloads)
        let changed = try db.run(
            SearchIndexSQL.setPopularity, ["$popularity": Value(popularity), "$model": .integer(model)])
        if changed > 0 { try noteChange(of: model, in: db) }
    }

    /// Has everybody who follows the changes read a model anew: its document, or its place in lists by time, has changed.
    static func noteChange(of model: Int64, in db: borrowing Connection) throws {
        try db.run(SearchIndexSQL.insertChange, ["$model": .integer(model)])
    }

    /// The set of all models.
    static let allModels: Int64 = 0

    // MARK: Rows of a document

    static func write(
        _ document: SearchDocument, replacing old: SearchDocument?, in db: borrowing Connection
    ) throws {
        let model = Value.integer(document.model)
        try db.run(
            SearchIndexSQL.putDocument,
            [
                "$model": model, "$namespace": .integer(document.namespace), "$public": .bool(document.isPublic),
                "$popularity": Value(document.popularity), "$tags": .blob(TagList.bytes(document.tags)),
            ])
        if old?.numbers != document.numbers {
            if old != nil { try db.run(SearchIndexSQL.deleteNumbers, ["$model": model]) }
            for number in document.numbers {
                try db.run(
                    SearchIndexSQL.insertNumber,
                    ["$model": model, "$key_at": .text(number.column), "$value": .real(number.value)])
            }
        }
        if old?.words != document.words {
            if old != nil { try db.run(SearchIndexSQL.deleteWords, ["$model": model]) }
            try db.run(SearchIndexSQL.insertWords, ["$model": model, "$words": .text(document.words)])
        }
    }

    /// Makes the values of tags findable by their words.
    static func noteWords(of tags: [KnownTag], in db: borrowing Connection) throws {
        for tag in tags where try !db.exists(SearchIndexSQL.hasTagWords, ["$tag": .integer(tag.id)]) {
            let words = SearchText.terms(indexing: SearchText.words(tag.folded), wholeWords: true)
            try db.run(
                SearchIndexSQL.insertTagWords,
                ["$tag": .integer(tag.id), "$words": .text(Set(words).sorted().joined(separator: " "))])
        }
    }

    // MARK: Sets

    private static func updateSets(
        from old: SearchDocument?, to new: SearchDocument?, in db: borrowing Connection
    ) throws {
        guard let model = new?.model ?? old?.model else { return }
        let (before, after) = (Set(old?.sets ?? []), Set(new?.sets ?? []))
        for set in before.subtracting(after) { try self.set(set, contains: model, false, in: db) }
        for set in after.subtracting(before) { try self.set(set, contains: model, true, in: db) }
    }

    private static func set(
        _ set: Int64, contains model: Int64, _ isMember: Bool, in db: borrowing Connection
    ) throws {
        let (chunk, place) = Int(model).quotientAndRemainder(dividingBy: ModelSet.chunkSize)
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

extension SearchDocument {
    /// The rows of `search_set` that hold the model.
    var sets: [Int64] { tags + [SearchStore.allModels] + (isPublic ? [] : [-namespace]) }
}

package enum SearchIndexSQL: String, SQLStatement {
    case document = """
        SELECT d.namespace_id, d.is_public, d.popularity, d.tags, w.words, m.updated_at
        FROM search_document d JOIN search_words w ON w.rowid = d.model_id JOIN model m ON m.id = d.model_id
        WHERE d.model_id = $model
        """
    case numbers = "SELECT key_at, value FROM search_number WHERE model_id = $model ORDER BY key_at, value"
    case putDocument = """
        INSERT INTO search_document (model_id, namespace_id, is_public, popularity, tags)
        VALUES ($model, $namespace, $public, $popularity, $tags)
        ON CONFLICT (model_id) DO UPDATE SET namespace_id = excluded.namespace_id, is_public = excluded.is_public,
            popularity = excluded.popularity, tags = excluded.tags
        """
    case setPopularity = """
        UPDATE search_document SET popularity = $popularity WHERE model_id = $model AND popularity <> $popularity
        """
    case deleteDocument = "DELETE FROM search_document WHERE model_id = $model"
    case insertNumber = """
        INSERT INTO search_number (model_id, key_at, value) VALUES ($model, $key_at, $value)
        """
    case deleteNumbers = "DELETE FROM search_number WHERE model_id = $model"
    case insertWords = "INSERT INTO search_words (rowid, words) VALUES ($model, $words)"
    case deleteWords = "DELETE FROM search_words WHERE rowid = $model"
    case hasTagWords = "SELECT 1 FROM search_tag_words WHERE rowid = $tag"
    case insertTagWords = "INSERT INTO search_tag_words (rowid, words) VALUES ($tag, $words)"
    case insertChange = "INSERT INTO search_change (model_id) VALUES ($model)"
    case chunk = "SELECT models FROM search_set WHERE set_id = $set AND chunk = $chunk"
    case putChunk = """
        INSERT INTO search_set (set_id, chunk, models) VALUES ($set, $chunk, $models)
        ON CONFLICT (set_id, chunk) DO UPDATE SET models = excluded.models
        """
    case deleteChunk = "DELETE FROM search_set WHERE set_id = $set AND chunk = $chunk"
}
