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
        try take(path, O_RDWR | O_CREAT, LOCK_EX)
    }

    /// Beside others that read; nil while one that writes holds it.
    ///
    /// - Throws: ``FileFailure`` when there is no such file, or it cannot be locked.
    package static func shared(_ path: String) throws(FileFailure) -> FileLock? {
        try take(path, O_RDONLY, LOCK_SH)
    }

    private static func take(_ path: String, _ mode: Int32, _ kind: Int32) throws(FileFailure) -> FileLock? {
        let file = open(path, mode | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw FileFailure("lock", path) }
        if flock(file, kind | LOCK_NB) == 0 { return FileLock(file: file) }
        let failure = FileFailure("lock", path)
        close(file)
        guard failure.code == EWOULDBLOCK else { throw failure }
        return nil
    }
}
