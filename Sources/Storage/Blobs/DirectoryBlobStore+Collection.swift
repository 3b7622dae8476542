import Encoding
import Glibc
public import Registry

/// What collection needs to know of a blob's file.
public struct BlobFile: Sendable, Hashable {
    /// Bytes.
    public let size: Int64
    /// When it was written last, in nanoseconds since 1970.
    public let writtenAt: Int64
    fileprivate let inode: UInt64

    fileprivate init(_ status: stat) {
        size = Int64(status.st_size)
        writtenAt = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        inode = UInt64(status.st_ino)
    }
}

/// A blob's file on its way out: it has left the blobs, and is removed for good by ``DirectoryBlobStore/remove(_:)``.
public struct DiscardedBlob: Sendable {
    fileprivate let path: String
}

extension DirectoryBlobStore {
    /// The digests of all blobs that begin with `byte` and have a file, in order.
    ///
    /// - Throws: `store-unavailable` when the file system fails.
    public func digests(beginningWith byte: UInt8) throws -> [Digest] {
        let name = Hex.encode([byte])
        let directory = "\(blobsPath)/\(name)"
        do {
            return try FileSystem.names(in: directory).compactMap { $0.hasPrefix(name) ? Digest(hex: $0) : nil }
        } catch let fault {
            errno = fault.code
            throw failure(fault.action, fault.path)
        }
    }

    /// nil when the blob has no file.
    ///
    /// - Throws: `store-unavailable` when the file system fails.
    public func file(of digest: Digest) throws -> BlobFile? {
        var status = stat()
        let path = path(of: digest)
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure("look at", path)
        }
        return BlobFile(status)
    }

    /// Takes a blob's file away, if it is still `file`; a fresh one that replaced it meanwhile stays.
    ///
    /// It is to be called inside a write transaction that has found nothing naming the blob: whoever wants to name it
    /// looks for the file in a later transaction. Renaming is quick whatever the size; removing a big file is not.
    /// A crash leaves the file in either place, and the next round removes it.
    ///
    /// - Returns: What is left to remove; nil when the file was gone or has been replaced.
    /// - Throws: `store-unavailable` when the file system fails.
    public func discard(_ digest: Digest, ifStill file: BlobFile) throws -> DiscardedBlob? {
        let (path, trash) = (path(of: digest), "\(trashPath)/\(newName())")
        guard rename(path, trash) == 0 else {
            if errno == ENOENT, access(trashPath, F_OK) == 0 { return nil }
            throw failure("rename to", trash)
        }
        var status = stat()
        if lstat(trash, &status) == 0, BlobFile(status) == file { return DiscardedBlob(path: trash) }
        guard rename(trash, path) == 0 else { throw failure("rename to", path) }
        // Whoever wrote it may be about to say that it is durable.
        try synchroniseDirectory(blobsPath + "/" + digest.hex.prefix(2))
        return nil
    }

    /// Frees the space of a discarded blob.
    ///
    /// - Throws: `store-unavailable` when the file system fails.
    public func remove(_ discarded: DiscardedBlob) throws {
        guard unlink(discarded.path) == 0 || errno == ENOENT else { throw failure("remove", discarded.path) }
    }

    /// Removes what earlier rounds have discarded and not removed, as they were interrupted. To be called by whoever
    /// holds the ``CollectionLock``.
    ///
    /// - Throws: `store-unavailable` when the file system fails.
    public func emptyTrash() throws {
        guard mkdir(trashPath, 0o700) == 0 || errno == EEXIST else { throw failure("create", trashPath) }
        try forEachEntry(of: trashPath) { name in try remove(DiscardedBlob(path: "\(trashPath)/\(name)")) }
    }
}
