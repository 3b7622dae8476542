import Glibc

/// A regular file that is read from its start, closed with the last reference. Calls come one after the other.
package final class ReadingFile: Sendable {
    package let path: String
    /// Bytes, when it was opened.
    package let size: Int64
    /// For what reads by itself; stays open as long as the file.
    package let descriptor: Int32

    /// nil when there is nothing at `path`.
    ///
    /// - Throws: ``FileFailure`` when it is no regular file or cannot be opened. Links are not followed.
    package init?(_ path: String) throws(FileFailure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileFailure("open", path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.isRegular else {
            let code = status.isRegular ? errno : EINVAL
            close(descriptor)
            throw FileFailure("read", path, code: code)
        }
        self.path = path
        size = Int64(status.st_size)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { close(descriptor) }

    /// Reads the next bytes; 0 at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw FileFailure("read", path) }
        }
    }
}
