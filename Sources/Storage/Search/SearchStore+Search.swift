public import Registry
public import Search
public import SQLite

/// What a search found: rows to show, and counts.
public struct SearchMatches: Sendable {
    public let page: Page<Match>
    /// Per asked key the values that found models have, the commonest first, each key counted as if it had no filter.
    public let facets: [String: [FacetValue]]
    /// The text with mistyped words put right; nil when each word was found as it stands.
    public let corrected: String?

    /// A model that was found.
    public struct Match: Sendable {
        /// Its row; ``ModelSummaryStore`` knows what lists show of it.
        public let model: ID<Model>
        public let reason: SearchReason
    }
}

extension SearchStore {
    /// The models that `caller` may read and that match any word and every filter of `query`.
    ///
    /// - Throws: `validation-failed` for a cursor that no answer gave.
    public static func search(
        _ query: SearchQuery, for caller: Caller, vocabulary: ContextVocabulary, in db: borrowing Connection
    ) throws -> SearchMatches {
        let visible = try visible(to: caller, in: db)
        let (text, typedFilters) = try filters(in: query.text, db)
        var filters: [(key: String, models: ModelSet)] = []
        for filter in query.tags + typedFilters { filters.append((filter.key, try models(with: filter, in: db))) }
        func narrowed(_ models: ModelSet, leavingOut key: String?) -> ModelSet {
            var models = models
            for filter in filters where filter.key != key { models.formIntersection(filter.models) }
            return models
        }

        return try SearchScratch.lend(capacity: visible.capacity) { scratch in
            var matcher = SearchMatcher(text, vocabulary: vocabulary, visible: visible)
            var matching = visible
            if !matcher.units.isEmpty {
                try matcher.match(&scratch, in: db)
                matching = ModelSet()
                for id in scratch.units.indices where scratch.units[id] != 0 { matching.insert(id) }
            }
            let found = narrowed(matching, leavingOut: nil)
            let sort = matcher.units.isEmpty && query.sort == .relevance ? SearchSort.updated : query.sort
            let cursor = try query.cursor.map { try SearchCursor($0, sort: sort) }
            let (ids, next) =
                sort == .relevance
                ? best(of: found, scratch, units: matcher.units.count, after: cursor, limit: query.limit)
                : try listed(found, by: sort, after: cursor, limit: query.limit, in: db)
            var facets: [String: [FacetValue]] = [:]
            for key in query.facets {
                let counted = narrowed(matching, leavingOut: key)
                facets[key] = try values(of: key, among: counted, vocabulary: vocabulary, in: db)
            }
            var matches: [SearchMatches.Match] = []
            for id in ids {
                let asked = matcher.units.indices.filter { scratch.units[id] & 1 << UInt32($0) != 0 }
                let reason = try reason(
                    for: id, asked.map { matcher.units[$0] }, query.tags + typedFilters, in: db)
                matches.append(SearchMatches.Match(model: ID(Int64(id)), reason: reason))
            }
            return SearchMatches(
                page: Page(items: matches, total: found.count, next: next), facets: facets,
                corrected: matcher.corrected)
        }
    }

    /// Takes out of the text what is a tag that models have: `format:tflite person` is the filter and one word.
    private static func filters(
        in text: String, _ db: borrowing Connection
    ) throws -> (text: String, filters: [SearchQuery.TagFilter]) {
        var words: [Substring] = []
        var filters: [SearchQuery.TagFilter] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if word.contains(":"), let filter = try? SearchQuery.TagFilter(word),
                filter.key != "tag" || word.hasPrefix("tag:"),
                try db.exists(SearchSQL.tagged, ["$key": .text(filter.key), "$values": .list(filter.values)])
            {
                filters.append(filter)
            } else {
                words.append(word)
            }
        }
        return (words.joined(separator: " "), filters)
    }

    /// The models with the highest scores: those with all units first.
    private static func best(
        of found: ModelSet, _ scratch: SearchScratch, units: Int, after cursor: SearchCursor?, limit: Int
    ) -> ([Int], String?) {
        var best: [SearchCursor] = []
        best.reserveCapacity(limit + 2)
        found.forEach { id in
            let matched = (scratch.units[id] >> 16).nonzeroBitCount
            let share = (Float(matched) + 0.3) / (Float(units) + 0.3)
            let score = Int64(min(scratch.scores[id] * share * 1000, 1e9))
            let place = SearchCursor(value: score + (matched == units ? 1 << 32 : 0), id: Int64(id))
            if let cursor, !cursor.precedes(place) { return }
            if best.count > limit, let last = best.last, !place.precedes(last) { return }
            best.insert(place, at: best.firstIndex { place.precedes($0) } ?? best.count)
            if best.count > limit + 1 { best.removeLast() }
        }
        let page = best.prefix(limit)
        return (page.map { Int($0.id) }, best.count > limit ? page.last?.text(sort: .relevance) : nil)
    }

    private static func reason(
        for id: Int, _ units: [SearchUnit], _ filters: [SearchQuery.TagFilter], in db: borrowing Connection
    ) throws -> SearchReason {
        let alternatives = units.flatMap { $0.literal + $0.synonyms + $0.related }
        let tags = try db.all(SearchSQL.tagsOfModel, ["$model": Value(id)]) { row in
            (key: row.text("key"), value: row.text("value"), folded: row.text("folded"))
        }
        let matching = tags.filter { tag in
            if filters.contains(where: { $0.key == tag.key && $0.values.contains(tag.folded) }) { return true }
            let terms = Set(SearchText.terms(indexing: tag.folded))
            return alternatives.contains { $0.allSatisfy(terms.contains) }
        }
        return SearchReason(
            terms: units.map(\.text), tags: matching.compactMap { try? ContextTag(key: $0.key, value: $0.value) })
    }
}

package enum SearchSQL: String, SQLStatement {
    case match = "SELECT rowid FROM model_search WHERE model_search MATCH $match"
    case set = "SELECT chunk, models FROM search_set WHERE set_id = $set"
    case privateSets = "SELECT chunk, models FROM search_set WHERE set_id < 0"
    case privateSetsOf = """
        SELECT s.chunk, s.models FROM namespace n CROSS JOIN search_set s ON s.set_id = -n.id
        WHERE n.name IN (SELECT value FROM json_each($names))
        """
    case modelsNamed = "SELECT id FROM model WHERE full_name IN (SELECT value FROM json_each($names))"
    case tagged = """
        SELECT s.chunk, s.models FROM context_tag t CROSS JOIN search_set s ON s.set_id = t.id
        WHERE t.key = $key AND t.folded IN (SELECT value FROM json_each($values))
        """
    case valuesOfKey = """
        SELECT t.id, t.folded, s.chunk, s.models FROM context_tag t CROSS JOIN search_set s ON s.set_id = t.id
        WHERE t.key = $key ORDER BY t.folded, s.chunk
        """
    case values = """
        SELECT t.value, t.folded FROM json_each($tags) wanted CROSS JOIN context_tag t ON t.id = wanted.value
        ORDER BY wanted.key
        """
    case tagsOfModel = """
        SELECT t.key, t.value, t.folded FROM model_facet f JOIN context_tag t ON t.id = f.tag_id
        WHERE f.model_id = $model ORDER BY t.key, t.folded
        """
}
