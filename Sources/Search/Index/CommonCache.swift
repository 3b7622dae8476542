import Synchronization

/// Lists of what several common terms have in common, kept for later requests: the names that a word goes by are asked
/// for again with every query that holds the word.
final class CommonCache: Sendable {
    /// A list in memory of its own.
    final class Entry: Sendable {
        private let starts: GrowingBuffer<UInt32>.Box
        private let shorts: GrowingBuffer<UInt16>.Box
        private let count: Int

        init(starts: GrowingBuffer<UInt32>.Box, shorts: GrowingBuffer<UInt16>.Box, count: Int) {
            (self.starts, self.shorts, self.count) = (starts, shorts, count)
        }

        var list: PostingList { PostingList(blocks: starts.buffer.base, shorts: shorts.buffer.base, count: count) }
        var bytes: Int { starts.buffer.count * 4 + shorts.buffer.count * 2 }
    }

    private struct State: Sendable {
        var entries: [[String]: (entry: Entry, lastUse: Int)] = [:]
        var bytes = 0
        var uses = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private static let mostBytes = 12 << 20
    /// Where a term has fewer documents, finding what it has in common with others takes no time.
    static let leastCount = 4096

    /// Forgets all, and keeps nothing from now on: for a segment that another is about to follow.
    func close() {
        state.withLock { state in
            state.entries = [:]
            (state.bytes, state.isClosed) = (0, true)
        }
    }

    /// The list of some terms; made by `make` when it is not there.
    func entry(_ terms: [String], make: () -> Entry) -> Entry {
        let known = state.withLock { state -> Entry? in
            state.uses += 1
            state.entries[terms]?.lastUse = state.uses
            return state.entries[terms]?.entry
        }
        if let known { return known }
        let new = make()
        guard new.bytes < Self.mostBytes / 4 else { return new }
        state.withLock { state in
            guard !state.isClosed, state.entries.updateValue((new, state.uses), forKey: terms) == nil else { return }
            state.bytes += new.bytes
            while state.bytes > Self.mostBytes,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.bytes -= oldest.value.entry.bytes
                state.entries[oldest.key] = nil
            }
        }
        return new
    }
}
