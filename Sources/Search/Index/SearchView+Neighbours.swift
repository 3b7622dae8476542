import Glibc

extension SearchView {
    private static let modelsPerSeed = 20

    package func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) -> [TagNeighbour] {
        let counts = counts(of: match, keys)
        let scale = Double(counts.matching) / Double(max(counts.sampled, 1))
        let seeds = Set(seeds)
        let seeded = seeds.count * Self.modelsPerSeed
        let publicCount = publicCount
        var strengths: [(tag: Int64, strength: Int, support: Int)] = []
        func add(_ id: Int64, _ count: Int, publicCount second: Int) {
            let support = Int(Double(count) * scale)
            let own = seeds.contains(id) ? Self.modelsPerSeed : 0
            guard support + own >= 5 else { return }
            let strength = Self.strength(
                both: support + own, first: counts.matching + seeded, second: second + own, all: publicCount + seeded)
            if strength > 0 { strengths.append((id, strength, support)) }
        }
        let isAsked = counts.keys.map(keys.contains)
        var unseen = seeds
        for tag in counts.tags where isAsked[Int(tag.key)] {
            unseen.remove(tag.id)
            add(tag.id, Int(tag.count), publicCount: Int(tag.publicCount))
        }
        // A pair of the vocabulary counts also where no model shows it.
        for seed in unseen where tag(seed).map({ keys.contains($0.key) }) ?? false {
            add(seed, 0, publicCount: self.publicCount(tag: seed))
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

    /// In how many of the models that an alternative finds tags are.
    private func counts(of match: PlanAlternative.Match, _ keys: [String]) -> NeighbourCache.Counts {
        // One count for all who ask: a query asks for the keys of its associations, then for those to filter by.
        guard keys.allSatisfy(AlsoFilter.keys.contains) else { return count(match, keys) }
        return neighbourCache.counts(match) { count(match, AlsoFilter.keys) }
    }

    private func count(_ match: PlanAlternative.Match, _ keys: [String]) -> NeighbourCache.Counts {
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
            var counts: [Int64: (key: UInt8, count: UInt32)] = [:]
            for (part, set) in zip(parts, found) {
                let own = part.segment.tagCounts(in: set, keys: keys, scratch)
                for (place, key) in keys.enumerated() {
                    for ordinal in part.segment.ordinals(ofKey: key) where own.counts[ordinal] > 0 {
                        counts[part.segment.tagIds[ordinal], default: (UInt8(truncatingIfNeeded: place), 0)].count +=
                            UInt32(own.counts[ordinal])
                    }
                }
            }
            return NeighbourCache.Counts(
                matching: matching, keys: keys,
                tags: counts.map { id, found in
                    .init(id: id, key: found.key, count: found.count, publicCount: UInt32(publicCount(tag: id)))
                },
                sampled: found.reduce(0) { $0 + $1.documentCount })
        }
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
