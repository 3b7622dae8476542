import CLinux
import Glibc

/// POSIX threads that run a closure.
package enum Thread {
    /// How many can run at once: the processors that this process may use (sched_getaffinity(2)).
    package static let cores: Int = {
        var processors = [UInt64](repeating: 0, count: 16)
        guard sched_getaffinity(0, 128, &processors) == 0 else {
            return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        }
        return max(1, processors.reduce(0) { $0 + $1.nonzeroBitCount })
    }()

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
        let own = __priority_which_t(PRIO_PROCESS.rawValue)
        _ = setpriority(own, 0, getpriority(own, 0) + 5)
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
