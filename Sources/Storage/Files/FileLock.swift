import Glibc

/// A `flock(2)` on a file that is made for it; it ends with its last reference, and with the process.
package final class FileLock: Sendable {
    private let file: Int32

    private init(file: Int32) { self.file = file }

    deinit { close(file) }

    /// nil while another holds it.
    ///
    /// - Throws: ``FileFailure`` when the file cannot be opened or locked.
    package static func exclusive(_ path: String) throws(FileFailure) -> FileLock? {
        try take(path, O_RDWR | O_CREAT, LOCK_EX | LOCK_NB)
    }

    /// Beside others that read; nil while one that writes holds it.
    ///
    /// - Throws: ``FileFailure`` when there is no such file, or it cannot be locked.
    package static func shared(_ path: String) throws(FileFailure) -> FileLock? {
        try take(path, O_RDONLY, LOCK_SH | LOCK_NB)
    }

    /// Beside others that read; waits while one that writes holds it.
    ///
    /// - Throws: ``FileFailure`` when the file cannot be opened or locked.
    package static func waitingForShared(_ path: String) throws(FileFailure) -> FileLock {
        let lock = try take(path, O_RDWR | O_CREAT, LOCK_SH)
        guard let lock else { throw FileFailure("lock", path, code: EWOULDBLOCK) }
        return lock
    }

    private static func take(_ path: String, _ mode: Int32, _ operation: Int32) throws(FileFailure) -> FileLock? {
        let file = open(path, mode | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw FileFailure("lock", path) }
        while flock(file, operation) != 0 {
            let failure = FileFailure("lock", path)
            if failure.code == EINTR { continue }
            close(file)
            guard failure.isLocked else { throw failure }
            return nil
        }
        return FileLock(file: file)
    }
}
