public import Registry
import SQLite
import Search
import Storage

extension SearchService {
    /// The context keys in use, by name; at most the first 1,000.
    public func contextKeys(for caller: Caller) throws -> [ContextKey] {
        try read(for: caller) { _, reading in
            try reading.index.keys(for: reading.readers, limit: Self.maximumKeys).compactMap { key in
                let found = try reading.found(.has(key), facets: [key], facetLimit: Self.allValues)
                guard found.total > 0 else { return nil }
                return ContextKey(
                    about(key, reading), values: found.facets[key]?.count ?? 0, count: found.total)
            }
        }
    }

    /// A context key with its values, at most the 1,000 commonest, the commonest first.
    ///
    /// - Throws: `context-key-unknown` for a key that neither models nor the vocabulary have.
    public func contextKey(_ key: String, for caller: Caller) throws -> ContextKeyValues {
        try read(for: caller) { _, reading in
            let found = try reading.found(.has(key), facets: [key], facetLimit: Self.maximumValues)
            guard found.total > 0 || reading.vocabulary.key(key) != nil else {
                throw RegistryError(
                    .contextKeyUnknown, "no model has the context key \(key)", ko: "컨텍스트 키 \(key)을(를) 쓰는 모델이 없습니다")
            }
            return ContextKeyValues(about(key, reading), values: try reading.values(of: key, found.facets[key] ?? []))
        }
    }

    private static let maximumKeys = 1000
    private static let maximumValues = 1000
    /// More values than a key may have.
    private static let allValues = 1 << 24

    private func about(_ key: String, _ reading: SearchReading) -> ContextKeyDescription {
        guard let known = reading.vocabulary.key(key) else { return ContextKeyDescription(key: key) }
        return ContextKeyDescription(
            key: key, kind: known.kind.rawValue, unit: known.unit?.rawValue, isMultiple: known.isMultiple,
            label: known.label, description: known.description)
    }

    // MARK: Service types

    /// Per service type how many models have it, as their own or as a `service:` context tag.
    func serviceTypeCounts(for caller: Caller) throws -> [String: Int] {
        try read(for: caller) { _, reading in
            let found = try reading.found(.everything, facets: ["service"], facetLimit: Self.maximumValues)
            var counts: [String: Int] = [:]
            for counted in found.facets["service"] ?? [] {
                if let tag = try reading.index.tag(counted.tag) { counts[tag.folded] = counted.count }
            }
            return counts
        }
    }

    /// The service types that have models, in the order of the menu, each with its `limit` most downloaded models; and
    /// how many models there are in all.
    public func sections(limit: Int, for caller: Caller) throws -> (sections: [HomeSection], total: Int) {
        try read(for: caller) { db, reading in
            var lists: [(type: ServiceType, count: Int, models: [ID<Model>])] = []
            for type in try ServiceTypeStore.all(in: db) {
                let tags = try reading.index.tags(key: "service", values: [type.id], for: reading.readers)
                let found = try reading.found(.tags(tags), order: .unordered)
                guard found.total > 0, let models = found.models else { continue }
                let page = try SearchStore.listed(models, by: .downloads, limit: limit, in: db)
                lists.append((type, found.total, page.places.map { ID($0.id) }))
            }
            let all = try ModelSummaryStore.summaries(
                of: Array(Set(lists.flatMap(\.models))), now: transactions.clock.now, in: db)
            let summaries = Dictionary(all.map { ($0.model.id, $0) }) { first, _ in first }
            let sections = lists.map { list in
                HomeSection(
                    serviceType: list.type, count: list.count, items: list.models.compactMap { summaries[$0] })
            }
            return (sections, try reading.found(.everything).total)
        }
    }
}
