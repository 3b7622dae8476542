public import Services
import Synchronization

/// A clock that stands until a test moves it.
public final class TestClock: Clock {
    private let seconds: Atomic<Int64>
    private let nanoseconds = Atomic<Int64>(0)

    public init(_ seconds: Int64 = 1_800_000_000) { self.seconds = Atomic(seconds) }

    public var now: Int64 { seconds.load(ordering: .relaxed) }

    public var uptime: Int64 { nanoseconds.load(ordering: .relaxed) }

    public func advance(by seconds: Int64) {
        self.seconds.add(seconds, ordering: .relaxed)
        nanoseconds.add(seconds * 1_000_000_000, ordering: .relaxed)
    }

    /// Moves only ``uptime``.
    public func advance(milliseconds: Int64) { nanoseconds.add(milliseconds * 1_000_000, ordering: .relaxed) }
}
