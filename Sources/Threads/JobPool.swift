import Glibc
import Synchronization

/// A fixed number of threads and a bounded queue.
package final class JobPool: Sendable {
    package typealias Job = @Sendable () -> Void

    private struct State {
        var waiting: [Job] = []
        var next = 0
        var live = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let wakeUps: Semaphore

    package init(threads: Int, limit: Int) {
        self.limit = limit
        wakeUps = Semaphore()
        for _ in 0..<threads {
            state.withLock { $0.live += 1 }
            if !Thread.detached({ self.work() }) { state.withLock { $0.live -= 1 } }
        }
    }

    /// - Parameters:
    ///   - isBounded: whether a full queue refuses. What was accepted already must be able to end.
    ///   - job: runs once.
    /// - Returns: false when the queue is full or the pool has stopped; then `job` never runs.
    package func submit(isBounded: Bool, _ job: @escaping Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isStopped, !isBounded || state.waiting.count - state.next < limit else { return false }
            state.waiting.append(job)
            return true
        }
        if isTaken { wakeUps.signal() }
        return isTaken
    }

    private func work() {
        Thread.yieldToEventLoops()
        while true {
            wakeUps.wait()
            let job: Job? = state.withLock { state in
                guard state.next < state.waiting.count else { return nil }
                let job = state.waiting[state.next]
                state.next += 1
                if state.next == state.waiting.count || state.next > 512 {
                    state.waiting.removeFirst(state.next)
                    state.next = 0
                }
                return job
            }
            if let job {
                job()
            } else if state.withLock({ $0.isStopped }) {
                return state.withLock { $0.live -= 1 }
            }
        }
    }

    /// Runs what is queued and ends the threads; waits for them, at most `seconds`.
    package func stop(seconds: Int) {
        let threads = state.withLock { state in
            state.isStopped = true
            return state.live
        }
        for _ in 0..<threads { wakeUps.signal() }
        for _ in 0..<(seconds * 100) where state.withLock({ $0.live > 0 }) { usleep(10_000) }
    }
}
