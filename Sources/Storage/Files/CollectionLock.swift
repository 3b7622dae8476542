/// Keeps collection and backups of one data directory apart, in all processes that use it.
///
/// A collector holds it exclusively for one round; a backup holds it shared, from before its snapshot of the database
/// until its last blob is read, so that no blob of the snapshot goes meanwhile. It is a `flock(2)` on the file
/// `collection.lock`: it ends with its last reference, and with the process whatever ends that.
public final class CollectionLock: Sendable {
    private let lock: FileLock

    private init(_ lock: FileLock) { self.lock = lock }

    /// For a backup: waits until a round of collection that is under way has ended.
    ///
    /// - Throws: ``DataDirectoryError/unusable(path:reason:)`` when the file cannot be opened or locked.
    public static func shared(_ directory: DataDirectory) throws(DataDirectoryError) -> CollectionLock {
        do {
            return CollectionLock(try FileLock.waitingForShared(directory.collectionLockPath))
        } catch {
            throw DataDirectoryError(error)
        }
    }

    /// For a round of collection; nil while a backup or another round holds it.
    ///
    /// - Throws: ``DataDirectoryError/unusable(path:reason:)`` when the file cannot be opened or locked.
    public static func exclusive(_ directory: DataDirectory) throws(DataDirectoryError) -> CollectionLock? {
        do {
            return try FileLock.exclusive(directory.collectionLockPath).map(CollectionLock.init)
        } catch {
            throw DataDirectoryError(error)
        }
    }
}
