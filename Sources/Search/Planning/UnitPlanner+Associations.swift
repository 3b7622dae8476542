import Registry

extension UnitPlanner {
    private static let learntKeys = ["object", "task", "env", "service", "sensor"]
    private static let maximumAssociations = 8
    /// What a pair of the seed ontology is worth that no model shows or belies: 20 pseudo-models, shrunk as in
    /// ``SearchLexicon/neighbours(of:keys:seeds:limit:)``.
    private static let seedStrength = 667

    /// The tags that go with a unit, the strongest first: as the models that `match` finds show, and as the vocabulary
    /// says. Those of the unit itself (`own`) are left out.
    func associations(
        of unit: ReadUnit, matching match: PlanAlternative.Match?, besides own: Set<Int64>
    ) throws -> [Association] {
        var paths: [String: [String]] = [:]
        var seeds: [Int64] = []
        var result: [Association] = []
        for entry in unit.entries {
            for related in entry.companions where paths[related] == nil {
                guard let goesWith = vocabulary.entry(for: related) else { continue }
                let path = [unit.text] + [entry.tag].compactMap(\.self) + [related]
                paths[related] = path
                let known = try tags(of: goesWith).filter(isOpen)
                seeds += known
                if !known.isEmpty {
                    for id in known {
                        guard let name = try lexicon.tag(id).map({ "\($0.key):\($0.folded)" }) else { continue }
                        paths[name] = path.dropLast() + [name]
                    }
                } else {
                    let tag = KnownTag(id: 0, key: goesWith.key, value: goesWith.value, folded: goesWith.value)
                    result.append(
                        Association(from: unit.text, tag: tag, strength: Self.seedStrength, support: 0, path: path))
                }
            }
        }
        guard let match else { return result }
        let via = unit.entries.compactMap(\.tag).first
        for neighbour in try lexicon.neighbours(
            of: match, keys: Self.learntKeys, seeds: seeds, limit: Self.maximumAssociations + own.count)
        where !own.contains(neighbour.tag.id) {
            let name = "\(neighbour.tag.key):\(neighbour.tag.folded)"
            // The service type of all that have none of their own says nothing.
            if name == "service:other" { continue }
            let path = paths[name] ?? [unit.text] + [via].compactMap(\.self) + [name]
            result.append(
                Association(
                    from: unit.text, tag: neighbour.tag, strength: neighbour.strength, support: neighbour.support,
                    path: path))
        }
        // What the vocabulary says stands in its own order, the most telling first.
        let ordered = result.enumerated().sorted { left, right in
            (right.element.strength, right.element.support, left.offset)
                < (left.element.strength, left.element.support, right.offset)
        }
        return ordered.prefix(Self.maximumAssociations).map(\.element)
    }
}
