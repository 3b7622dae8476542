import Glibc

/// POSIX threads that run a closure.
package enum Thread {
    /// Runs `body` on a thread of its own.
    ///
    /// - Returns: false when the system gives no thread.
    package static func detached(_ body: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        guard pthread_create(&thread, nil, runThread, box.toOpaque()) == 0 else {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Lets the event loops go first where cores are few: a long search must not delay a poll. On Linux the nice value
    /// belongs to a thread (setpriority(2), "C library/kernel differences"), and 0 means the calling one.
    package static func yieldToEventLoops() {
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
