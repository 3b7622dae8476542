import Glibc

/// How often and how patiently a request is tried again after a lost connection, 429 or 5xx.
public struct RetryPolicy: Sendable {
    /// Attempts in a row that bring nothing new.
    public var attempts: Int
    /// Milliseconds before the second attempt; doubled before each further one.
    public var firstDelay: Int
    /// The longest wait in milliseconds, be it asked for by `Retry-After`.
    public var longestDelay: Int

    public init(attempts: Int = 3, firstDelay: Int = 500, longestDelay: Int = 60_000) {
        (self.attempts, self.firstDelay, self.longestDelay) = (attempts, firstDelay, longestDelay)
    }

    /// The wait after attempt number `attempt` (from 1) in milliseconds; nil when there is nothing left to try.
    ///
    /// A server that asks for more patience than ``longestDelay`` is not asked again.
    func delay(after attempt: Int, retryAfter seconds: Int?) -> Int? {
        guard attempt < attempts else { return nil }
        if let seconds {
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            return overflow || milliseconds > longestDelay ? nil : max(milliseconds, 0)
        }
        let doubled = firstDelay << min(attempt - 1, 16)
        let bounded = min(doubled, longestDelay)
        // Up to a quarter more, so that many devices do not come back in step.
        return bounded + Int.random(in: 0...max(1, bounded / 4))
    }

    static func sleep(milliseconds: Int) {
        var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        var left = timespec()
        while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
    }
}
