import Glibc

extension SearchView {
    /// Matching models whose tags are counted.
    private static let sampleSize = 4096
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
            let wanted = Set(keys)
            let (counts, sampled) = tagCounts(
                found, of: wanted, every: matching / Self.sampleSize + 1, scratch)
            let scale = Double(matching) / Double(max(sampled, 1))
            let seeds = Set(seeds)
            let seeded = seeds.count * Self.modelsPerSeed
            var neighbours: [TagNeighbour] = []
            for id in Set(counts.keys).union(seeds) {
                let support = Int(Double(counts[id] ?? 0) * scale)
                let own = seeds.contains(id) ? Self.modelsPerSeed : 0
                guard support + own >= 5 else { continue }
                let strength = Self.strength(
                    both: support + own, first: matching + seeded, second: publicCount(tag: id) + own,
                    all: publicCount + seeded)
                if strength > 0, let tag = tag(id), wanted.contains(tag.key) {
                    neighbours.append(TagNeighbour(tag: tag, strength: strength, support: support))
                }
            }
            neighbours.sort { ($1.strength, $0.tag.id) < ($0.strength, $1.tag.id) }
            return Array(neighbours.prefix(max(0, limit)))
        }
    }

    /// In how many of the sampled models each tag of some keys is (by row id), and how many were sampled: every so many,
    /// in the order of the models.
    private func tagCounts(
        _ found: [DocumentSet], of keys: Set<String>, every step: Int, _ scratch: SegmentScratch
    ) -> (counts: [Int64: Int], sampled: Int) {
        let sample = sample(found, every: step)
        var counts: [Int64: Int] = [:]
        for (number, part) in parts.enumerated() {
            let segment = part.segment
            let own = scratch.zeros(segment.tagIds.count, of: Int32.self)
            for document in sample where document.part == number {
                segment.forward.forEach(document.place) { own[$0] &+= 1 }
            }
            for key in keys {
                for ordinal in segment.ordinals(ofKey: key) where own[ordinal] > 0 {
                    counts[segment.tagIds[ordinal], default: 0] += Int(own[ordinal])
                }
            }
        }
        return (counts, sample.count)
    }

    private func sample(_ found: [DocumentSet], every step: Int) -> [(part: Int, place: Int)] {
        // Where several segments have matching models, these have to be brought into one order first.
        let all = found.indices.filter { number in found[number].documentCount > 0 }
        var sample: [(part: Int, place: Int)] = []
        // How many are left out before the next one is taken.
        var left = 0
        if all.count == 1 {
            found[all[0]].forEach { document in
                if left == 0 {
                    sample.append((all[0], document))
                    left = step
                }
                left &-= 1
            }
            return sample
        }
        var small: [(model: Int64, part: Int, place: Int)] = []
        for number in all.dropFirst() {
            let models = parts[number].segment.models
            found[number].forEach { small.append((models[$0], number, $0)) }
        }
        small.sort { $0.model < $1.model }
        var waiting = small[...]
        func take(_ part: Int, _ place: Int) {
            if left == 0 {
                sample.append((part, place))
                left = step
            }
            left -= 1
        }
        if let first = all.first {
            let models = parts[first].segment.models
            found[first].forEach { document in
                while let other = waiting.first, other.model < models[document] {
                    take(other.part, other.place)
                    waiting.removeFirst()
                }
                take(first, document)
            }
        }
        for other in waiting { take(other.part, other.place) }
        return sample
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
