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

    /// A context key with a page of its values, the commonest first; with `text` only those that hold it, or whose names
    /// or synonyms do.
    ///
    /// - Throws: `context-key-unknown` for a key that neither models nor the vocabulary have; `validation-failed` for a
    ///   cursor that no page gave.
    public func contextKey(
        _ key: String, matching text: String? = nil, limit: Int, cursor: String?, for caller: Caller
    ) throws -> ContextKeyValues {
        let after = try cursor.map { try ContextCursor($0) }
        let wanted = text.map { $0.folded }
        return try read(for: caller) { _, reading in
            let found = try reading.found(.has(key), facets: [key], facetLimit: Self.allValues)
            guard found.total > 0 || reading.vocabulary.key(key) != nil else {
                throw RegistryError(
                    .contextKeyUnknown, "no model has the context key \(key)", ko: "컨텍스트 키 \(key)을(를) 쓰는 모델이 없습니다")
            }
            var values: [(folded: String, value: ContextValue)] = []
            for facet in try reading.values(of: key, found.facets[key] ?? []) {
                let folded = facet.value.folded
                let entry = reading.vocabulary.entry(for: "\(key):\(folded)")
                let value = ContextValue(
                    facet, synonyms: entry?.synonyms ?? [],
                    isNamed: reading.vocabulary.isNamed(key: key, folded: folded))
                if let wanted, !Self.holds(wanted, folded, value) { continue }
                values.append((folded, value))
            }
            let rest = values.drop { value in after.map { !$0.isBefore(value.value.facet.count, value.folded) } ?? false
            }
            let items = rest.prefix(limit)
            let next = rest.count > limit ? items.last.map { ContextCursor($0.value.facet.count, $0.folded).text } : nil
            return ContextKeyValues(
                about(key, reading), values: Page(items: items.map(\.value), total: values.count, next: next))
        }
    }

    private static func holds(_ wanted: String, _ folded: String, _ value: ContextValue) -> Bool {
        let names = [value.facet.label?.ko, value.facet.label?.en].compactMap { $0 } + value.synonyms
        return folded.contains(wanted) || names.contains { $0.folded.contains(wanted) }
    }

    private static let maximumKeys = 1000
    private static let maximumValues = 1000
    /// More values than a key may have.
    private static let allValues = 1 << 24

    private func about(_ key: String, _ reading: SearchReading) -> ContextKeyDescription {
        let label = reading.vocabulary.label(ofKey: key)
        guard let known = reading.vocabulary.key(key) else {
            return ContextKeyDescription(key: key, label: label, isNamed: reading.vocabulary.isNamed(key: key))
        }
        return ContextKeyDescription(
            key: key, kind: known.kind.rawValue, unit: known.unit?.rawValue, isMultiple: known.isMultiple,
            label: label, description: known.description,
            isNamed: reading.vocabulary.isNamed(key: key))
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
