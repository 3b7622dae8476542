public import Registry
import SQLite
import Storage
import Synchronization

/// Counts downloads in memory; they are written together, every few seconds, so that a download costs no write.
///
/// A crash loses the counts of these seconds.
public final class DownloadCounter: Sendable {
    private struct Key: Hashable {
        let model: ID<Model>
        let version: ID<Version>
        let day: Int64
    }

    private struct State {
        var counts: [Key: Int] = [:]
        /// The day on which the sums of all models were made last.
        var recountedOn: Int64?
    }

    private let transactions: Transactions
    private let state = Mutex(State())

    init(_ transactions: Transactions) {
        self.transactions = transactions
    }

    /// Counts one download.
    public func note(model: ID<Model>, version: ID<Version>) {
        let day = transactions.clock.now / DownloadStore.secondsPerDay
        state.withLock { $0.counts[Key(model: model, version: version, day: day), default: 0] += 1 }
    }

    /// Writes what has been counted; on failure it stays counted.
    func flush() throws {
        let today = transactions.clock.now / DownloadStore.secondsPerDay
        let (counts, isNewDay) = state.withLock { state in
            defer { state.counts = [:] }
            return (state.counts, state.recountedOn != today)
        }
        guard !counts.isEmpty || isNewDay else { return }
        do {
            try transactions.write(invalidating: false) { db in
                for (key, count) in counts { try DownloadStore.add(count, to: key.version, day: key.day, in: db) }
                if isNewDay {
                    try DownloadStore.recountAll(today: today, in: db)
                }
                for model in Set(counts.keys.map(\.model)) { try DownloadStore.recount(model, today: today, in: db) }
            }
            state.withLock { $0.recountedOn = today }
        } catch {
            state.withLock { state in state.counts.merge(counts) { $0 + $1 } }
            throw error
        }
    }
}
