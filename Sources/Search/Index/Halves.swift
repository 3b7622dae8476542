import Synchronization
import Threads

/// Two things that a search has to do, done at once where a core has nothing else to do.
enum Halves {
    private static let mostThreads = 8
    private static let pool = JobPool(threads: min(mostThreads, Thread.cores - 1), limit: mostThreads)
    /// Halves that are being done, or are about to be.
    private static let busy = Atomic(0)

    /// Does `own` on this thread, and `other` on another one if no more halves than cores are being done. If none has
    /// begun `other` when `own` is done, this thread does it.
    static func both<Own, Other>(_ own: () -> Own, _ other: @escaping () -> Other) -> (Own, Other) {
        defer { busy.subtract(2, ordering: .relaxed) }
        guard busy.add(2, ordering: .relaxed).newValue <= Thread.cores else { return (own(), other()) }
        let half = Half(other)
        _ = pool.submit(isBounded: true) { half.begin() }
        return (own(), half.result())
    }
}

/// Work that the first thread to come does.
private final class Half<Result>: @unchecked Sendable {
    // Sendable: `work` and `value` belong to the thread that came first, and after `isDone` to the one that waits.

    private let isTaken = Atomic<Bool>(false)
    private let isDone = Semaphore()
    private var work: (() -> Result)?
    private var value: Result?

    init(_ work: @escaping () -> Result) { self.work = work }

    /// The work, for the first that asks for it. Nothing it needs is kept longer than it takes.
    private func taken() -> (() -> Result)? {
        guard !isTaken.exchange(true, ordering: .acquiringAndReleasing) else { return nil }
        return work.take()
    }

    func begin() {
        guard let work = taken() else { return }
        value = work()
        isDone.signal()
    }

    func result() -> Result {
        if let work = taken() { return work() }
        isDone.wait()
        guard let value else { preconditionFailure("the work was not done") }
        return value
    }
}
