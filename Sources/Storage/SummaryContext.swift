import Registry
import SQLite

/// The context that lists show of some models, each tag of all of them read once.
struct SummaryContext {
    /// By key and folded value.
    private var tags: [ContextTag] = []
    /// Of each model and its latest version, as places in ``tags``, rising.
    private var own: [[Int]]
    /// Formats of the variants of each latest version, as places in ``tags``.
    private var ofVariants: [[Int]]

    /// Of models by row id, and of the latest version of each; 0 for none.
    init(of models: [Int64], versions: [Int64], in db: borrowing Connection) throws {
        own = Array(repeating: [], count: models.count)
        ofVariants = own
        var rows: [(place: Int, tag: Int64, isOfVariant: Bool)] = []
        let bindings: KeyValuePairs<String, Value> = ["$models": .list(models), "$versions": .list(versions)]
        try db.forEach(ModelSummarySQL.context, bindings) { row in
            rows.append((row.int("place"), row.integer("tag_id"), row.bool("of_variant")))
            return true
        }
        var shown: [Int64: Bool] = [:]
        for row in rows where shown[row.tag] != true { shown[row.tag] = !row.isOfVariant }
        var places: [Int64: Int] = [:]
        try db.forEach(ModelSummarySQL.tags, ["$ids": .list(shown.keys)]) { row in
            let id = row.integer("id")
            guard shown[id] == true || row.text("key") == "format" else { return true }
            places[id] = tags.count
            tags.append(try ContextTag(row: row))
            return true
        }
        for row in rows {
            guard let tag = places[row.tag] else { continue }
            if !row.isOfVariant {
                own[row.place].append(tag)
            } else if tags[tag].key == "format" {
                ofVariants[row.place].append(tag)
            }
        }
        for place in own.indices { own[place] = Set(own[place]).sorted() }
    }

    /// Of a model and its latest version, each tag once, by key and folded value.
    func tags(at place: Int) -> [ContextTag] { own[place].map { tags[$0] } }

    /// Values of `format`, also of the variants of the latest version; each once and in order.
    func formats(at place: Int) -> [String] {
        let formats = own[place].filter { tags[$0].key == "format" } + ofVariants[place]
        return Set(formats.map { tags[$0].value }).sorted()
    }
}
