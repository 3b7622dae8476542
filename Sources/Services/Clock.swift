import Glibc

/// Says what time it is.
public protocol Clock: Sendable {
    /// Unix seconds.
    var now: Int64 { get }
}

/// The clock of the computer.
public struct SystemClock: Clock {
    public init() {}

    public var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
