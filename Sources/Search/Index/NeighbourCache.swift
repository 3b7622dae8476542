import Synchronization

/// How often tags stand beside what an alternative finds, kept for later requests of the same view: what people look for
/// is asked again and again, and one query asks twice.
final class NeighbourCache: Sendable {
    /// What was counted for an alternative among public models.
    struct Counts: Sendable {
        /// How many models it finds.
        let matching: Int
        /// The keys of ``tags``.
        let keys: [String]
        /// In how many of a ``ModelSample`` of these each tag is; none that is in none.
        let tags: [Tag]
        /// How many models the sample has.
        let sampled: Int
    }

    struct Tag: Sendable {
        let id: Int64
        /// The place of its key among those that were asked for.
        let key: UInt8
        let count: UInt32
        /// How many public models have it at all.
        let publicCount: UInt32
    }

    private struct State: Sendable {
        var entries: [PlanAlternative.Match: (counts: Counts, lastUse: Int)] = [:]
        var uses = 0
    }

    private let state = Mutex(State())
    /// Some kilobytes each.
    private static let most = 512

    /// Forgets all.
    func removeAll() { state.withLock { $0.entries = [:] } }

    /// What was counted for `match`; by `count` when it is not there.
    func counts(_ match: PlanAlternative.Match, count: () -> Counts) -> Counts {
        let known = state.withLock { state -> Counts? in
            state.uses += 1
            state.entries[match]?.lastUse = state.uses
            return state.entries[match]?.counts
        }
        if let known { return known }
        let new = count()
        state.withLock { state in
            if state.entries.count >= Self.most {
                // Half of them at once, as looking for the oldest goes through all.
                let uses = state.entries.values.map(\.lastUse).sorted()
                let middle = uses[uses.count / 2]
                state.entries = state.entries.filter { $0.value.lastUse > middle }
            }
            state.entries[match] = (new, state.uses)
        }
        return new
    }
}
