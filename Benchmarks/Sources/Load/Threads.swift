import Glibc

/// Runs `work` of each of the numbers below `count` in a thread of its own, and waits for all.
package func inThreads(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    final class Job: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    let threads = (0..<count).map { index in
        var thread: pthread_t = 0
        let job = Unmanaged.passRetained(Job { work(index) }).toOpaque()
        let error = pthread_create(
            &thread, nil,
            { box in
                if let box { Unmanaged<Job>.fromOpaque(box).takeRetainedValue().run() }
                return nil
            }, job)
        precondition(error == 0, "no thread: \(error)")
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
}
