import Glibc

extension SearchView {
    private static let modelsPerSeed = 20

    package func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) -> [TagNeighbour] {
        SegmentScratch.with { scratch in
            let found = parts.map { part in
                let query = SegmentQuery(visibleTo: .anonymous, in: part, scratch)
                let set = DocumentSet(query.layout, in: scratch)
                for list in query.lists(match) { list.form(unionInto: set.words, blocks: query.layout.blocks) }
                set.form(intersectionWith: query.visible.words)
                return set
            }
            let matching = found.reduce(0) { $0 + $1.documentCount }
            let level = ModelSample.level(of: matching)
            for (part, set) in zip(parts, found) {
                part.segment.samples.form(intersectionInto: set, level: level, models: part.segment.models)
            }
            let sampled = found.reduce(0) { $0 + $1.documentCount }
            let scale = Double(matching) / Double(max(sampled, 1))
            let seeds = Set(seeds)
            let seeded = seeds.count * Self.modelsPerSeed
            var strengths: [(tag: Int64, strength: Int, support: Int)] = []
            for (id, count) in tagCounts(found, keys: keys, and: seeds, scratch) {
                let support = Int(Double(count) * scale)
                let own = seeds.contains(id) ? Self.modelsPerSeed : 0
                guard support + own >= 5 else { continue }
                let strength = Self.strength(
                    both: support + own, first: matching + seeded, second: publicCount(tag: id) + own,
                    all: publicCount + seeded)
                if strength > 0 { strengths.append((id, strength, support)) }
            }
            strengths.sort { $0.strength > $1.strength }
            // Equally strong ones stand by name: the order of row ids may tell of models that not all may know of.
            let least = strengths.count > limit && limit > 0 ? strengths[limit - 1].strength : 0
            var neighbours = strengths.prefix { $0.strength >= least }.compactMap { entry in
                self.tag(entry.tag).map { TagNeighbour(tag: $0, strength: entry.strength, support: entry.support) }
            }
            neighbours.sort { ($1.strength, $0.tag.key, $0.tag.folded) < ($0.strength, $1.tag.key, $1.tag.folded) }
            return Array(neighbours.prefix(max(0, limit)))
        }
    }

    /// In how many documents of some sets each tag of some keys is, by row id; of `seeds` of these keys in any case.
    private func tagCounts(
        _ sets: [DocumentSet], keys: [String], and seeds: Set<Int64>, _ scratch: SegmentScratch
    ) -> [Int64: Int] {
        let keys = Set(keys).sorted()
        var counts: [Int64: Int] = [:]
        for (part, set) in zip(parts, sets) {
            let segment = part.segment
            let own = segment.tagCounts(in: set, keys: keys, scratch)
            for key in keys {
                for ordinal in segment.ordinals(ofKey: key) {
                    let id = segment.tagIds[ordinal]
                    if own.counts[ordinal] > 0 || !seeds.isEmpty && seeds.contains(id) {
                        counts[id, default: 0] += Int(own.counts[ordinal])
                    }
                }
            }
        }
        return counts
    }

    /// Normalised pointwise mutual information in thousandths, shrunk by how few have both; 0 for less than chance.
    private static func strength(both: Int, first: Int, second: Int, all: Int) -> Int {
        guard first > 0, second > 0, all > both else { return 0 }
        let share = Double(both) / Double(all)
        let chance = Double(first) / Double(all) * Double(second) / Double(all)
        let npmi = min(max(log(share / chance) / -log(share), 0), 1)
        return Int((npmi * Double(both) / Double(both + 10) * 1000).rounded(.down))
    }
}
