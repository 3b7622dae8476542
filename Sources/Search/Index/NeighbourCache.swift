import Synchronization

/// How often tags stand beside what an alternative finds, kept for later requests of the same view: what people look for
/// is asked again and again, and one query asks twice.
package final class NeighbourCache: Sendable {
    /// What was counted for an alternative among public models.
    package struct Counts: Sendable {
        /// How many models it finds.
        let matching: Int
        /// The keys of ``tags``.
        let keys: [String]
        /// In how many of a ``ModelSample`` of these each tag is; none that is in none.
        let tags: [Tag]
        /// How many models the sample has.
        let sampled: Int

        package init(matching: Int, keys: [String], tags: [Tag], sampled: Int) {
            (self.matching, self.keys, self.tags, self.sampled) = (matching, keys, tags, sampled)
        }
    }

    package struct Tag: Sendable {
        let id: Int64
        /// The place of its key among those that were asked for.
        let key: UInt8
        let count: UInt32
        /// How many public models have it at all.
        let publicCount: UInt32

        package init(id: Int64, key: UInt8, count: UInt32, publicCount: UInt32) {
            (self.id, self.key, self.count, self.publicCount) = (id, key, count, publicCount)
        }
    }

    private struct State: Sendable {
        var entries: [PlanAlternative.Match: (counts: Counts, lastUse: Int)] = [:]
        var uses = 0
        /// Of all entries together.
        var tags = 0
    }

    private let state = Mutex(State())
    private static let most = 512
    /// 24 bytes each: models with values of their own, such as boards by serial number, have thousands in one sample.
    package static let mostTags = 200_000

    package init() {}

    /// How many tags are kept.
    package var tagCount: Int { state.withLock { $0.tags } }

    /// Forgets all.
    package func removeAll() { state.withLock { ($0.entries, $0.tags) = ([:], 0) } }

    /// What was counted for `match`; by `count` when it is not there.
    package func counts(_ match: PlanAlternative.Match, count: () -> Counts) -> Counts {
        let known = state.withLock { state -> Counts? in
            state.uses += 1
            state.entries[match]?.lastUse = state.uses
            return state.entries[match]?.counts
        }
        if let known { return known }
        let new = count()
        guard new.tags.count <= Self.mostTags / 4 else { return new }
        state.withLock { state in
            while !state.entries.isEmpty,
                state.entries.count >= Self.most || state.tags + new.tags.count > Self.mostTags
            {
                // Half of them at once, as looking for the oldest goes through all.
                let uses = state.entries.values.map(\.lastUse).sorted()
                let middle = uses[uses.count / 2]
                state.entries = state.entries.filter { $0.value.lastUse > middle }
                state.tags = state.entries.values.reduce(0) { $0 + $1.counts.tags.count }
            }
            let replaced = state.entries.updateValue((new, state.uses), forKey: match)
            state.tags += new.tags.count - (replaced?.counts.tags.count ?? 0)
        }
        return new
    }
}
