package import Registry

/// Why a model was found.
package struct Explanation: Sendable, Hashable {
    /// The parts of the query that it meets or has something to do with.
    package let terms: [String]
    /// Its tags that meet them, as `key:value`; not those that only have something to do with them.
    package let tags: [String]
    /// Words of the model that meet a part of the query which says it otherwise: `pedestrian` for 사람.
    package let words: [SearchReason.Word]
    /// Ways from the query to its tags: `["불법주정차", "service:illegal-parking", "object:license-plate"]`.
    package let paths: [[String]]

    private static let maximumTags = 12
    private static let maximumPaths = 6

    /// Of a hit of the plan on a model with these effective tags, of which only ``SearchPlan/toldTags`` count, and this
    /// text: its name, title and summary. `words` is for all hits of the plan.
    package init(_ plan: SearchPlan, _ hit: SearchFound.Hit, tags: [KnownTag], text: String = "", words: MetWords) {
        let own = Dictionary(tags.map { ($0.id, "\($0.key):\($0.folded)") }) { first, _ in first }
        var terms: [String] = []
        var named: [String] = []
        var paths: [[String]] = []
        for (index, unit) in plan.units.enumerated() where (hit.met | hit.touched) >> UInt64(index) & 1 == 1 {
            if unit.rarity > 0, !unit.text.isEmpty, !terms.contains(unit.text) { terms.append(unit.text) }
            for alternative in unit.alternatives {
                guard unit.rarity > 0, case .tags(let wanted) = alternative.match else { continue }
                for name in wanted.compactMap({ own[$0] }).sorted() {
                    if alternative.isStrong, !named.contains(name) { named.append(name) }
                    let path = alternative.path.last == name ? alternative.path : alternative.path + [name]
                    if path.count > 1, path.first != name, !paths.contains(path) { paths.append(path) }
                }
            }
        }
        for filter in plan.filters {
            guard case .tags(let wanted) = filter.condition else { continue }
            for name in wanted.compactMap({ own[$0] }).sorted() where !named.contains(name) { named.append(name) }
        }
        self.words = words.words(of: text, for: hit.met).map { unit, words in
            SearchReason.Word(term: plan.units[unit].text, word: words)
        }
        self.terms = terms
        self.tags = Array(named.prefix(Self.maximumTags))
        self.paths = Array(paths.prefix(Self.maximumPaths))
    }
}

extension SearchPlan {
    /// The tags that an ``Explanation`` may name.
    package var toldTags: Set<Int64> {
        var told: Set<Int64> = []
        for unit in units where unit.rarity > 0 {
            for case .tags(let tags) in unit.alternatives.lazy.map(\.match) { told.formUnion(tags) }
        }
        for case .tags(let tags) in filters.lazy.map(\.condition) { told.formUnion(tags) }
        return told
    }
}
