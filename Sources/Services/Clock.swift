import Glibc

/// Says what time it is.
public protocol Clock: Sendable {
    /// Unix seconds.
    var now: Int64 { get }
    /// Nanoseconds since some moment, for short spans: it never goes back when somebody sets the clock.
    var uptime: Int64 { get }
}

/// The clock of the computer.
public struct SystemClock: Clock {
    public init() {}

    public var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }

    public var uptime: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
