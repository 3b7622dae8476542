import Glibc
import Synchronization
import Threads

/// Two things that a search has to do, done at once where a core has nothing else to do.
enum Halves {
    private static let mostThreads = 8
    private static let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    private static let pool = JobPool(threads: min(mostThreads, cores - 1), limit: mostThreads)
    /// Halves that are being done, or are about to be.
    private static let busy = Atomic(0)

    /// Does `own` on this thread, and `other` on another one if no more halves than cores are being done. If none has
    /// begun `other` when `own` is done, this thread does it.
    static func both<Own, Other>(_ own: () -> Own, _ other: @escaping () -> Other) -> (Own, Other) {
        defer { busy.subtract(2, ordering: .relaxed) }
        guard busy.add(2, ordering: .relaxed).newValue <= cores else { return (own(), other()) }
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
    private let work: () -> Result
    private var value: Result?

    init(_ work: @escaping () -> Result) { self.work = work }

    private func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

    func begin() {
        guard take() else { return }
        value = work()
        isDone.signal()
    }

    func result() -> Result {
        guard !take() else { return work() }
        isDone.wait()
        guard let value else { preconditionFailure("the work was not done") }
        return value
    }
}
