import Registry
import Search
import SQLite

extension SearchStore {
    /// The values of `key` that models of a set have, the commonest first.
    static func values(
        of key: String, among models: ModelSet, vocabulary: ContextVocabulary, maximum: Int = 100,
        in db: borrowing Connection
    ) throws -> [FacetValue] {
        // In the order of the values, so that equally common ones stay in it.
        var counts: [(tag: Int64, count: Int)] = []
        try db.forEach(SearchSQL.valuesOfKey, ["$key": .text(key)]) { row in
            let (tag, chunk) = (row.integer("id"), row.int("chunk"))
            let count = row.withBlob("models") { models.commonCount(chunk: chunk, $0) }
            guard count > 0 else { return true }
            if counts.last?.tag == tag {
                counts[counts.count - 1].count += count
            } else {
                counts.append((tag, count))
            }
            return true
        }
        let best = counts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .prefix(maximum).map(\.element)
        let texts = try db.all(SearchSQL.values, ["$tags": .list(best.map(\.tag))]) { row in
            (value: row.text("value"), folded: row.text("folded"))
        }
        return zip(best, texts).map { best, text in
            FacetValue(value: text.value, count: best.count, label: vocabulary.label(key: key, folded: text.folded))
        }
    }
}
