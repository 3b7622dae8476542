import Glibc

/// A new file for its owner alone, written from its start and removed with the last reference unless it is kept. Calls
/// come one after the other.
package final class WritingFile {
    package let path: String
    /// For what writes by itself; stays open as long as the file.
    package let descriptor: Int32
    private var isKept = false

    /// Opens an empty file; one that an earlier run left is emptied.
    ///
    /// - Throws: ``FileFailure``, with EWOULDBLOCK while another process writes it, and EPERM when somebody else's file
    ///   waits there: its owner could read what is written.
    package init(_ path: String) throws(FileFailure) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure("create", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isStill(descriptor, at: path),
            Self.isOwn(descriptor), fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0
        else {
            let failure = FileFailure("write", path)
            close(descriptor)
            throw failure
        }
        self.path = path
    }

    /// Whether the open file has not got another name since: it would be somebody's finished one.
    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var (own, named) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, lstat(path, &named) == 0, own.st_ino == named.st_ino,
            own.st_dev == named.st_dev
        else {
            errno = EWOULDBLOCK
            return false
        }
        return true
    }

    /// Whether the open file is this user's, under one name.
    private static func isOwn(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.isRegular, status.st_uid == geteuid(), status.st_nlink == 1
        else {
            errno = EPERM
            return false
        }
        return true
    }

    deinit {
        // Before the lock goes, so that the file of another process is never taken for this one's.
        if !isKept { unlink(path) }
        close(descriptor)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure("write", path, code: count == 0 ? EIO : errno) }
            rest = rest.dropFirst(count)
        }
    }

    package func write(_ bytes: [UInt8]) throws(FileFailure) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileFailure) in try write(bytes) }
        }
        try result.get()
    }

    /// Waits until the bytes are on the disk.
    package func synchronise() throws(FileFailure) {
        guard fsync(descriptor) == 0 else { throw FileFailure("synchronise", path) }
    }

    /// The file stays, under its name.
    package func keep() { isKept = true }

    /// Gives the synchronised file its final name, for good: what has that name is replaced in one step.
    package func install(as destination: String) throws(FileFailure) {
        try FileSystem.rename(path, to: destination)
        isKept = true
        try FileSystem.synchronise(directory: FileSystem.parent(of: destination))
    }
}
