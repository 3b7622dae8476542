import Glibc

/// POSIX threads that run a closure.
enum Thread {
    /// - Returns: false when the system gives no thread.
    static func detached(_ body: @escaping @Sendable () -> Void) -> Bool {
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
    static func yieldToEventLoops() {
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

/// A counting semaphore. `sem_t` may be used by any thread as long as it does not move.
final class Semaphore: @unchecked Sendable {
    private let raw = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(raw, 0, 0) }

    deinit {
        sem_destroy(raw)
        raw.deallocate()
    }

    func signal() { sem_post(raw) }
    func wait() { while sem_wait(raw) != 0 && errno == EINTR {} }
}

/// Monotonic and wall clocks, read without a system call.
enum Clock {
    /// Nanoseconds since some start.
    static func nanoseconds() -> Int64 { read(CLOCK_MONOTONIC) }
    /// The same, to a few milliseconds, at a fifth of the cost.
    static func coarse() -> Int64 { read(CLOCK_MONOTONIC_COARSE) }
    /// Unix nanoseconds, to a few milliseconds.
    static func wall() -> Int64 { read(CLOCK_REALTIME_COARSE) }
    /// Unix seconds.
    static func seconds() -> Int64 { wall() / 1_000_000_000 }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
