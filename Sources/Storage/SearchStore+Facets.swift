import Registry
import SQLite

extension SearchStore {
    /// The values of `key` that models of a set have, the commonest first.
    static func values(
        of key: String, among models: ModelSet, vocabulary: ContextVocabulary, maximum: Int = 100,
        in db: borrowing Connection
    ) throws -> [FacetValue] {
        var values: [(value: String, folded: String, count: Int)] = []
        var last: Int64 = -1
        try db.forEach(SearchSQL.valuesOfKey, ["$key": .text(key)]) { row in
            let count = models.commonCount(chunk: row.int("chunk"), row.blob("models"))
            guard count > 0 else { return true }
            let tag = row.integer("id")
            if tag == last {
                values[values.count - 1].count += count
            } else {
                values.append((row.text("value"), row.text("folded"), count))
                last = tag
            }
            return true
        }
        values.sort { ($1.count, $0.folded) < ($0.count, $1.folded) }
        return values.prefix(maximum).map {
            FacetValue(value: $0.value, count: $0.count, label: vocabulary.label(key: key, folded: $0.folded))
        }
    }
}
