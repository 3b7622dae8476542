import Glibc
import Synchronization
import Threads

/// Two things that a search has to do, done at once where a core has nothing else to do.
enum Halves {
    private static let mostThreads = 8
    private static let threads = min(mostThreads, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1)
    private static let pool = JobPool(threads: max(0, threads), limit: 64)

    /// Does `own` on this thread, and `other` on whichever thread comes first: this one too when it has done `own`. So
    /// where all cores are busy it takes no longer than one after the other.
    static func both<Own, Other>(_ own: () -> Own, _ other: @escaping () -> Other) -> (Own, Other) {
        guard threads > 0 else { return (own(), other()) }
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
