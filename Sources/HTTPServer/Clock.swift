import Glibc

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
