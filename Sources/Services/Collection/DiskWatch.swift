package import Storage
import Synchronization

/// Warns in the log while the disk is filling up: once when it begins, every hour while it lasts, and when it ends.
package final class DiskWatch: Sendable {
    private let clock: any Clock
    private let log: @Sendable (String) -> Void
    private let state = Mutex(State())

    private struct State {
        var checkedAt: Int64?
        /// nil: there is nothing to warn of.
        var warnedAt: Int64?
    }

    /// Seconds between two looks at the disk.
    static let checkSeconds: Int64 = 10
    /// Seconds between two warnings.
    static let repeatSeconds: Int64 = 3600

    package init(clock: any Clock, log: @escaping @Sendable (String) -> Void) {
        (self.clock, self.log) = (clock, log)
    }

    /// To be called every few seconds. `disk` looks at the disk.
    package func check(_ disk: () -> DiskSpace?) {
        let now = clock.now
        let isDue = state.withLock { state in
            // A clock that was set back does not silence it.
            if let last = state.checkedAt, (last..<last + Self.checkSeconds).contains(now) { return false }
            state.checkedAt = now
            return true
        }
        guard isDue, let disk = disk(), let message = message(disk, at: now) else { return }
        log(message)
    }

    private func message(_ disk: DiskSpace, at now: Int64) -> String? {
        state.withLock { state in
            guard disk.isWarning else {
                guard state.warnedAt != nil else { return nil }
                state.warnedAt = nil
                return "the disk of the data directory is \(disk.usedPercent) % full: no longer a warning"
            }
            if let last = state.warnedAt, (last..<last + Self.repeatSeconds).contains(now) { return nil }
            state.warnedAt = now
            return "warning: the disk of the data directory is \(disk.usedPercent) % full; "
                + "\(disk.free >> 20) MiB are free, and uploads are refused below \(disk.reserve >> 20) MiB"
        }
    }
}
