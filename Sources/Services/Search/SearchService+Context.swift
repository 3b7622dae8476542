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
}
