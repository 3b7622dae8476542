import Glibc

/// A system call on a file that failed.
package struct FileFailure: Error, Hashable, CustomStringConvertible {
    /// Such as `write`.
    package let action: String
    package let path: String
    package let code: Int32

    package init(_ action: String, _ path: String, code: Int32 = errno) {
        (self.action, self.path, self.code) = (action, path, code)
    }

    /// Whether the disk or a quota is full.
    package var isFull: Bool { code == ENOSPC || code == EDQUOT }

    /// Whether another process holds the file.
    package var isLocked: Bool { code == EWOULDBLOCK }

    /// What the system says of it.
    package var reason: String { String(cString: strerror(code)) }

    package var description: String { "cannot \(action) \(path): \(reason)" }
}
