import Glibc

/// Lets other threads and processes have their turn.
enum Pause {
    /// Sleeps for about `duration`, which is less than a second; a signal ends it early.
    static func sleep(_ duration: Duration) {
        var time = timespec(tv_sec: 0, tv_nsec: Int(duration.components.attoseconds / 1_000_000_000))
        nanosleep(&time, nil)
    }
}
