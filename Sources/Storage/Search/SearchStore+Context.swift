public import Registry
public import Search
public import SQLite

extension SearchStore {
    /// The context keys that models have which `caller` may read, by name.
    public static func contextKeys(
        for caller: Caller, vocabulary: ContextVocabulary, in db: borrowing Connection
    ) throws -> [ContextKey] {
        let visible = try visible(to: caller, in: db)
        var keys: [ContextKey] = []
        var (key, values, models, lastTag) = ("", 0, ModelSet(), Int64(-1))
        func close() {
            models.formIntersection(visible)
            guard values > 0 else { return }
            let known = vocabulary.key(key)
            keys.append(
                ContextKey(
                    key: key, kind: known?.kind.rawValue ?? "keyword", label: known?.label, values: values,
                    count: models.count))
        }
        try db.forEach(ContextSQL.sets) { row in
            if row.text("key") != key {
                close()
                (key, values, models, lastTag) = (row.text("key"), 0, ModelSet(), -1)
            }
            let (tag, chunk) = (row.integer("id"), row.int("chunk"))
            row.withBlob("models") { bytes in
                if tag != lastTag, visible.commonCount(chunk: chunk, bytes) > 0 {
                    values += 1
                    lastTag = tag
                }
                models.insert(chunk: chunk, bytes)
            }
            return true
        }
        close()
        return keys
    }

    /// The values of a context key that models have which `caller` may read, the commonest first.
    ///
    /// - Throws: `context-key-unknown` when there are none and the key is not well known either.
    public static func contextValues(
        of key: String, for caller: Caller, vocabulary: ContextVocabulary, in db: borrowing Connection
    ) throws -> [FacetValue] {
        let visible = try visible(to: caller, in: db)
        let values = try values(of: key, among: visible, vocabulary: vocabulary, maximum: 1000, in: db)
        guard !values.isEmpty || vocabulary.key(key) != nil else {
            throw RegistryError(
                .contextKeyUnknown, "no model has the context key \(key)", ko: "컨텍스트 키 \(key)을(를) 쓰는 모델이 없습니다")
        }
        return values
    }

    /// Per service type how many models that `caller` may read have it, as their own or as a `service:` context tag.
    public static func serviceTypeCounts(for caller: Caller, in db: borrowing Connection) throws -> [String: Int] {
        let visible = try visible(to: caller, in: db)
        var counts: [String: Int] = [:]
        try db.forEach(SearchSQL.valuesOfKey, ["$key": "service"]) { row in
            let chunk = row.int("chunk")
            counts[row.text("folded"), default: 0] += row.withBlob("models") { visible.commonCount(chunk: chunk, $0) }
            return true
        }
        return counts
    }

    /// Per service type how many models have it, and the most downloaded of them; and how many models there are.
    public static func sections(
        of serviceTypes: [ServiceType], limit: Int, for caller: Caller, in db: borrowing Connection
    ) throws -> (sections: [(serviceType: ServiceType, count: Int, models: [ID<Model>])], total: Int) {
        let visible = try visible(to: caller, in: db)
        var sections: [(serviceType: ServiceType, count: Int, models: [ID<Model>])] = []
        for type in serviceTypes {
            var models = try models(with: SearchQuery.TagFilter(key: "service", values: [type.id]), in: db)
            models.formIntersection(visible)
            if models.isEmpty { continue }
            let (ids, _) = try listed(models, by: .downloads, after: nil, limit: limit, in: db)
            sections.append((type, models.count, ids.map { ID(Int64($0)) }))
        }
        return (sections, visible.count)
    }
}

package enum ContextSQL: String, SQLStatement {
    case sets = """
        SELECT t.key, t.id, s.chunk, s.models FROM context_tag t CROSS JOIN search_set s ON s.set_id = t.id
        ORDER BY t.key, t.folded, s.chunk
        """
}
