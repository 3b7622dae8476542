package import SQLite
package import Search

/// Answers from the tables of search, plainly: for the time when there is no snapshot in memory yet, and to prove the
/// snapshot by.
///
/// It is true inside of the read transaction in which it was made.
package struct SQLSearch: SearchIndex {
    let database: Database
    /// All models, and the public ones.
    let models, publicModels: ModelSet

    package init(_ database: Database) throws {
        self.database = database
        (models, publicModels) = try database.read { db in
            let all = try Self.set([SearchStore.allModels], in: db)
            var open = all
            open.subtract(try Self.models(SQLSearchSQL.privateSets, [:], in: db))
            return (all, open)
        }
    }

    package func find(_ request: SearchRequest) throws -> SearchFound {
        try database.read { db in
            let matching = try SQLMatching(request, visible: try visible(to: request.readers, in: db), in: db)
            let found = matching.models(leavingOut: nil)
            var facets: [String: [SearchFound.TagCount]] = [:]
            for key in Set(request.facets) {
                let counted = matching.models(leavingOut: key)
                facets[key] = try Self.facet(key, among: counted, limit: request.facetLimit, in: db)
            }
            let (places, hasMore) = try page(of: found, matching, request, in: db)
            return SearchFound(
                hits: places.map { matching.hit($0) }, total: found.count, meetingAll: matching.meetingAll,
                isRelaxed: matching.isRelaxed, hasMore: hasMore, facets: facets,
                models: request.order == .unordered ? found : nil)
        }
    }

    package func hits(of models: [Int64], by plan: SearchPlan) throws -> [SearchFound.Hit] {
        try database.read { db in
            var bare = SearchPlan()
            bare.units = plan.units
            let everyone = SearchReaders(everything: true, namespaces: [], models: [])
            let matching = try SQLMatching(SearchRequest(bare, for: everyone), visible: self.models, in: db)
            return models.map { matching.hit(SearchPlace(value: 0, model: $0)) }
        }
    }

    /// The models of the page in order, and whether more come after it.
    private func page(
        of found: ModelSet, _ matching: SQLMatching, _ request: SearchRequest, in db: borrowing Connection
    ) throws -> ([SearchPlace], Bool) {
        var places: [SearchPlace] = []
        switch request.order {
        case .unordered: return ([], false)
        case .updated:
            let after = request.after.map { ModelPlace(value: $0.value, id: $0.model) }
            let page = try SearchStore.listed(found, by: .updated, after: after, limit: max(0, request.limit), in: db)
            return (page.places.map { SearchPlace(value: $0.value, model: $0.id) }, page.hasMore)
        case .relevance:
            var popularity: [Int: Int] = [:]
            try db.forEach(SQLSearchSQL.popular) { row in
                popularity[row.int("model_id")] = row.int("popularity")
                return true
            }
            found.forEach { places.append(matching.place(of: $0, popularity: popularity[$0] ?? 0)) }
        case .number(let column, let ascending):
            var numbers: [Int: Double] = [:]
            try db.forEach(ascending ? SQLSearchSQL.least : .greatest, ["$column": .text(column)]) { row in
                numbers[row.int("model_id")] = row.real("value")
                return true
            }
            found.forEach { model in
                places.append(SearchPlace(number: numbers[model], ascending: ascending, model: Int64(model)))
            }
        }
        if let after = request.after { places.removeAll { !after.precedes($0) } }
        places.sort { $0.precedes($1) }
        return (Array(places.prefix(request.limit)), places.count > request.limit)
    }

    private static func facet(
        _ key: String, among models: ModelSet, limit: Int, in db: borrowing Connection
    ) throws -> [SearchFound.TagCount] {
        var counts: [Int64: Int] = [:]
        try db.forEach(SQLSearchSQL.setsOfKey, ["$key": .text(key)]) { row in
            let (tag, chunk) = (row.integer("id"), row.int("chunk"))
            counts[tag, default: 0] += row.withBlob("models") { models.commonCount(chunk: chunk, $0) }
            return true
        }
        let values = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return values.prefix(limit).map { SearchFound.TagCount(tag: $0.key, count: $0.value) }
    }

    // MARK: Sets

    /// The models that exist for `readers`.
    func visible(to readers: SearchReaders, in db: borrowing Connection) throws -> ModelSet {
        if readers.everything { return models }
        var visible = publicModels
        visible.formUnion(try Self.set(readers.namespaces.map { -$0 }, in: db))
        for model in readers.models where models.contains(Int(model)) { visible.insert(Int(model)) }
        return visible
    }

    /// The models of any of some rows of `search_set`.
    static func set(_ sets: [Int64], in db: borrowing Connection) throws -> ModelSet {
        try models(SQLSearchSQL.sets, ["$sets": .list(sets)], in: db)
    }

    /// The models that have a tag of a context key.
    static func models(withKey key: String, in db: borrowing Connection) throws -> ModelSet {
        var models = try models(SQLSearchSQL.setsOfKey, ["$key": .text(key)], in: db)
        try db.forEachInteger(SQLSearchSQL.withNumber, ["$column": .text(key)]) { models.insert(Int($0)) }
        return models
    }

    static func models(
        _ sql: SQLSearchSQL, _ bindings: KeyValuePairs<String, Value>, in db: borrowing Connection
    ) throws -> ModelSet {
        var set = ModelSet()
        try db.forEach(sql, bindings) { row in
            let chunk = row.int("chunk")
            row.withBlob("models") { set.insert(chunk: chunk, $0) }
            return true
        }
        return set
    }
}

package enum SQLSearchSQL: String, SQLStatement {
    case privateSets = "SELECT chunk, models FROM search_set WHERE set_id < 0"
    case sets = """
        SELECT s.chunk, s.models FROM json_each($sets) wanted CROSS JOIN search_set s ON s.set_id = wanted.value
        """
    case setsOfKey = """
        SELECT t.id, s.chunk, s.models FROM context_tag t CROSS JOIN search_set s ON s.set_id = t.id
        WHERE t.key = $key
        """
    case match = "SELECT rowid FROM search_words WHERE search_words MATCH $match"
    case popular = "SELECT model_id, popularity FROM search_document WHERE popularity > 0"
    case withNumber = "SELECT model_id FROM search_number WHERE key_at = $column"
    case numbers = "SELECT model_id, value FROM search_number WHERE key_at = $column"
    case least = "SELECT model_id, min(value) AS value FROM search_number WHERE key_at = $column GROUP BY model_id"
    case greatest = "SELECT model_id, max(value) AS value FROM search_number WHERE key_at = $column GROUP BY model_id"
}
