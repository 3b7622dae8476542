public import Registry
public import Search
public import SQLite

extension SearchStore {
    /// What a half-typed `text` may become: service types, then context values, then models, each only when `caller`
    /// may read a model of it.
    public static func suggest(
        _ text: String, limit: Int, for caller: Caller, vocabulary: ContextVocabulary, in db: borrowing Connection
    ) throws -> [SearchSuggestion] {
        let start = SearchText.words(text).map(\.text).joined(separator: " ")
        guard !start.isEmpty else { return [] }
        let visible = try visible(to: caller, in: db)

        var tags = vocabulary.entries(beginning: start).map { (key: $0.key, value: $0.value) }
        let folded = text.folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let found = try db.all(
            SuggestSQL.values, ["$from": .text(folded), "$below": .text(folded + "\u{10FFFF}")]
        ) { (key: $0.text("key"), value: $0.text("folded")) }
        for tag in found where !tags.contains(where: { $0 == tag }) { tags.append(tag) }

        var (services, values): ([SearchSuggestion], [SearchSuggestion]) = ([], [])
        for tag in tags.prefix(maximumTags) {
            guard let filter = try? SearchQuery.TagFilter(key: tag.key, values: [tag.value]) else { continue }
            var models = try models(with: filter, in: db)
            models.formIntersection(visible)
            if models.isEmpty { continue }
            let isService = tag.key == "service"
            let suggestion = SearchSuggestion(
                kind: isService ? .service : .context, value: isService ? tag.value : "\(tag.key):\(tag.value)",
                label: vocabulary.label(key: tag.key, folded: tag.value), count: models.count)
            if isService { services.append(suggestion) } else { values.append(suggestion) }
        }
        values.sort { ($1.count ?? 0, $0.value) < ($0.count ?? 0, $1.value) }
        let firstTags = services.prefix(max(1, limit / 3)) + values.prefix(max(1, limit / 3))
        let models = try suggestedModels(start, limit: limit - min(limit, firstTags.count), visible, in: db)
        return Array((firstTags + models).prefix(limit))
    }

    private static let maximumTags = 200

    private static func suggestedModels(
        _ start: String, limit: Int, _ visible: ModelSet, in db: borrowing Connection
    ) throws -> [SearchSuggestion] {
        guard limit > 0 else { return [] }
        let words = SearchText.words(start)
        var terms = words.dropLast().flatMap(SearchText.terms(asking:)).map { #""\#(SearchField.name.term($0))""# }
        if let last = words.last {
            // The word may be finished, then its stem counts; or it goes on, and its stem is not known yet.
            let whole = SearchText.terms(asking: last).map { #""\#(SearchField.name.term($0))""# }
            terms.append(
                #"(("# + whole.joined(separator: " AND ") + #") OR "\#(SearchField.name.term(last.text))" *)"#)
        }
        var found = ModelSet()
        try db.forEachInteger(SearchSQL.match, ["$match": .text(terms.joined(separator: " AND "))]) {
            found.insert(Int($0))
        }
        found.formIntersection(visible)
        let (ids, _) = try listed(found, by: .downloads, after: nil, limit: limit, in: db)
        return try db.all(SuggestSQL.models, ["$ids": .list(ids.map(Int64.init))]) { row in
            let title = row.text("title")
            return SearchSuggestion(
                kind: .model, value: row.text("full_name"), label: Label(ko: title, en: title), count: nil)
        }
    }
}

package enum SuggestSQL: String, SQLStatement {
    /// The distinct keys are stepped through by the index, however many values each has.
    case values = """
        WITH RECURSIVE keys (key) AS (
            SELECT min(key) FROM context_tag
            UNION ALL
            SELECT (SELECT min(key) FROM context_tag WHERE key > keys.key) FROM keys WHERE keys.key IS NOT NULL LIMIT 100
        )
        SELECT t.key, t.folded FROM keys CROSS JOIN context_tag t ON t.key = keys.key
        WHERE keys.key IS NOT NULL AND t.folded >= $from AND t.folded < $below
        LIMIT 100
        """
    case models = """
        SELECT m.full_name, m.title FROM json_each($ids) wanted CROSS JOIN model m ON m.id = wanted.value
        ORDER BY wanted.key
        """
}
