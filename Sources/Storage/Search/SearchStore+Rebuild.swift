import Registry
import Search
public import SQLite

extension SearchStore {
    /// Rises with each release that writes other documents for the same models: their words, their effective context.
    private static let rules: Int64 = 2

    /// Rebuilds what search knows of all models from their rows.
    ///
    /// Everybody who follows the changes has to read everything anew.
    ///
    /// - Returns: How many models it holds.
    @discardableResult
    public static func rebuild(in db: borrowing Connection) throws -> Int {
        let last = try sequence(in: db)
        for sql in SearchRebuildSQL.clearing { try db.run(sql) }
        // A gap before the one change that the log begins with: none of the earlier numbers reaches it.
        try db.run(SearchRebuildSQL.restartChanges, ["$id": .integer(last + 2)])
        try db.run(SearchRebuildSQL.setMemory, ["$bytes": .integer(64 << 20)])
        let models = try db.all(SearchRebuildSQL.models) { $0.integer("id") }
        var sets = SearchSets()
        var named: Set<Int64> = []
        for model in models {
            guard let source = try SearchSource(model: ID(model), in: db) else { continue }
            try write(source.document, replacing: nil, in: db)
            try noteWords(of: source.tags.filter { named.insert($0.id).inserted }, in: db)
            sets.insert(source.document)
        }
        try sets.write(in: db)
        try db.run(SearchRebuildSQL.setMemory, ["$bytes": .integer(1 << 20)])
        for sql in SearchRebuildSQL.merging { try db.run(sql) }
        try db.run(SearchRebuildSQL.putState, ["$version": .integer(rules)])
        return models.count
    }

    /// Rebuilds what search knows when it was not written by the rules of this program, as after an upgrade.
    ///
    /// - Returns: How many models were indexed; nil when there was nothing to do.
    @discardableResult
    public static func bringUpToDate(_ database: Database) throws -> Int? {
        let version = try database.read { db in
            try db.first(SearchRebuildSQL.state) { $0.integer("version") }
        }
        if version == rules { return nil }
        return try database.write { db in try rebuild(in: db) }
    }
}

/// The rows of `search_set` while they are collected.
struct SearchSets {
    private var models: [Int64: [Int32]] = [:]

    /// Documents come in the order of rising ids.
    mutating func insert(_ document: SearchDocument) {
        for set in document.sets { models[set, default: []].append(Int32(truncatingIfNeeded: document.model)) }
    }

    func write(in db: borrowing Connection) throws {
        for set in models.keys.sorted() {
            var rest = models[set, default: []][...]
            while let first = rest.first {
                let chunk = Int(first) / ModelSet.chunkSize
                let places = rest.prefix { Int($0) / ModelSet.chunkSize == chunk }
                let row = ModelSet.row(places: places.map { Int($0) % ModelSet.chunkSize })
                try db.run(
                    SearchIndexSQL.putChunk,
                    ["$set": .integer(set), "$chunk": Value(chunk), "$models": .blob(row)])
                rest = rest.dropFirst(places.count)
            }
        }
    }
}

package enum SearchRebuildSQL: String, SQLStatement {
    case clearWords = "DELETE FROM search_words"
    case clearTagWords = "DELETE FROM search_tag_words"
    case clearNumbers = "DELETE FROM search_number"
    case clearDocuments = "DELETE FROM search_document"
    case clearSets = "DELETE FROM search_set"
    case clearChanges = "DELETE FROM search_change"
    case clearState = "DELETE FROM search_state"
    case restartChanges = "INSERT INTO search_change (id, model_id) VALUES ($id, 0)"
    case models = "SELECT id FROM model ORDER BY id"
    /// How many bytes FTS5 collects before it writes them.
    case setMemory = "INSERT INTO search_words (search_words, rank) VALUES ('hashsize', $bytes)"
    /// Makes the full-text index one segment (https://sqlite.org/fts5.html#the_optimize_command): what was cleared before
    /// would stay in it as markers.
    case mergeWords = "INSERT INTO search_words (search_words) VALUES ('optimize')"
    case mergeTagWords = "INSERT INTO search_tag_words (search_tag_words) VALUES ('optimize')"
    case state = "SELECT version FROM search_state"
    case putState = "INSERT INTO search_state (id, version) VALUES (1, $version)"

    static let clearing: [SearchRebuildSQL] = [
        .clearWords, .clearTagWords, .clearNumbers, .clearDocuments, .clearSets, .clearChanges, .clearState,
    ]
    package static let merging: [SearchRebuildSQL] = [.mergeWords, .mergeTagWords]
}
