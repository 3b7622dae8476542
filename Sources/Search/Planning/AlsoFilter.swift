/// Tags that go with what a query found: proposals for narrowing it down.
package enum AlsoFilter {
    /// The keys of the tags that are proposed.
    static let keys = [
        "object", "env", "task", "service", "sensor", "format", "precision", "accel", "board", "dataset",
    ]

    /// At most `limit` tags for the plan of a query, the strongest first, without those that it asks for already.
    package static func tags(for plan: SearchPlan, lexicon: some SearchLexicon, limit: Int = 8) throws -> [TagNeighbour]
    {
        var asked: Set<Int64> = []
        for filter in plan.filters {
            if case .tags(let tags) = filter.condition { asked.formUnion(tags) }
        }
        for unit in plan.units {
            for case .tags(let tags) in unit.alternatives.filter(\.isStrong).map(\.match) { asked.formUnion(tags) }
        }
        guard let match = try match(of: plan, lexicon) else { return [] }
        let found = try lexicon.neighbours(of: match, keys: keys, seeds: [], limit: min(limit + asked.count, 64))
        return Array(found.filter { !asked.contains($0.tag.id) }.prefix(limit))
    }

    /// The tags of public models, or the words, of the unit that is worth most; of a query of filters alone, the first
    /// filter.
    private static func match(
        of plan: SearchPlan, _ lexicon: some SearchLexicon
    ) throws -> PlanAlternative.Match? {
        func open(_ tags: [Int64]) throws -> [Int64] { try tags.filter { try lexicon.publicCount(tag: $0) > 0 } }
        let wanted = plan.wanted.map { plan.units[$0] }
        if let unit = wanted.max(by: { $0.rarity < $1.rarity }) {
            var tags: [Int64] = []
            for alternative in unit.alternatives where alternative.isStrong {
                if case .tags(let more) = alternative.match { tags += try open(more) }
            }
            return tags.isEmpty ? unit.alternatives.first?.match : .tags(tags.sorted())
        }
        for filter in plan.filters {
            guard case .tags(let tags) = filter.condition else { continue }
            let open = try open(tags)
            if !open.isEmpty { return .tags(open) }
        }
        return nil
    }
}
