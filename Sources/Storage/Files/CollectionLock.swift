import Glibc

/// Keeps collection and backups of one data directory apart, in all processes that use it.
///
/// A collector holds it exclusively for one round; a backup holds it shared, from before its snapshot of the database
/// until its last blob is read, so that no blob of the snapshot goes meanwhile. It is a `flock(2)` on the file
/// `collection.lock`: it ends with its last reference, and with the process whatever ends that.
public final class CollectionLock: Sendable {
    private let file: Int32

    private init(file: Int32) { self.file = file }

    deinit { close(file) }

    /// For a backup: waits until a round of collection that is under way has ended.
    ///
    /// - Throws: ``DataDirectoryError/unusable(path:reason:)`` when the file cannot be opened or locked.
    public static func shared(_ directory: DataDirectory) throws(DataDirectoryError) -> CollectionLock {
        let lock = try open(directory)
        while flock(lock.file, LOCK_SH) != 0 {
            guard errno == EINTR else { throw directory.cannotLock(errno) }
        }
        return lock
    }

    /// For a round of collection; nil while a backup or another round holds it.
    ///
    /// - Throws: ``DataDirectoryError/unusable(path:reason:)`` when the file cannot be opened or locked.
    public static func exclusive(_ directory: DataDirectory) throws(DataDirectoryError) -> CollectionLock? {
        let lock = try open(directory)
        if flock(lock.file, LOCK_EX | LOCK_NB) == 0 { return lock }
        guard errno == EWOULDBLOCK else { throw directory.cannotLock(errno) }
        return nil
    }

    /// Each open file has a lock of its own, so this works between threads of one process too.
    private static func open(_ directory: DataDirectory) throws(DataDirectoryError) -> CollectionLock {
        let file = Glibc.open(directory.collectionLockPath, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw directory.cannotLock(errno) }
        return CollectionLock(file: file)
    }
}

extension DataDirectory {
    fileprivate func cannotLock(_ code: Int32) -> DataDirectoryError {
        .unusable(path: collectionLockPath, reason: String(cString: strerror(code)))
    }
}
