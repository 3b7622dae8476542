import Glibc

/// Wakes a thread that waits for it.
final class Bell: Sendable {
    private let ends: (read: Int32, write: Int32)

    /// nil when the system gives no pipe.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        self.ends = (ends[0], ends[1])
    }

    deinit {
        close(ends.read)
        close(ends.write)
    }

    /// Rings once and for all.
    func ring() {
        var byte: UInt8 = 0
        write(ends.write, &byte, 1)
    }

    /// Waits for the bell.
    ///
    /// - Returns: Whether it has rung.
    func wait(milliseconds: Int32) -> Bool {
        var event = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
        return poll(&event, 1, milliseconds) > 0
    }
}
