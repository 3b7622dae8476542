import Glibc
public import Registry

/// The bytes of uploads that can be resumed: a file each in `uploads/`, named by its id.
///
/// A file comes after its row and goes after it, so that one without a row belongs to nobody.
public struct UploadFiles: Sendable {
    private let directory: DataDirectory
    private let blobs: DirectoryBlobStore

    public init(_ directory: DataDirectory, _ blobs: DirectoryBlobStore) {
        (self.directory, self.blobs) = (directory, blobs)
    }

    /// Opens the file of an upload to write on; with nothing received it may be new.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func open(_ id: UploadID, isNew: Bool) throws -> UploadFile {
        let file = try UploadFile(
            path: path(of: id), isNew: isNew, room: { [directory] in try directory.requireRoom(for: $0) },
            failure: blobs.failure)
        // Or a power cut could take the file with the bytes that the row says are there.
        if isNew { try blobs.synchroniseDirectory(directory.uploadsPath) }
        return file
    }

    /// Bytes in the file; nil when there is none.
    ///
    /// - Throws: `store-unavailable`.
    public func size(of id: UploadID) throws -> Int64? {
        var status = stat()
        guard lstat(path(of: id), &status) == 0 else {
            if errno == ENOENT { return nil }
            throw blobs.failure("look at", path(of: id))
        }
        return Int64(status.st_size)
    }

    /// Removes a file; none is fine.
    ///
    /// - Throws: `store-unavailable`.
    public func remove(_ id: UploadID) throws {
        guard unlink(path(of: id)) == 0 || errno == ENOENT else { throw blobs.failure("remove", path(of: id)) }
    }

    /// The ids of all files; what has another name is nobody's upload.
    ///
    /// - Throws: `store-unavailable`.
    public func ids() throws -> [UploadID] {
        do {
            return try FileSystem.names(in: directory.uploadsPath).compactMap { UploadID($0) }
        } catch let fault {
            errno = fault.code
            throw blobs.failure(fault.action, fault.path)
        }
    }

    /// Reads a whole file once for its digests.
    ///
    /// - Throws: `store-unavailable`.
    public func hash(_ id: UploadID, length: Int64) throws -> UploadHash {
        let hash = UploadHash(length: length)
        guard length > 0 else { return hash }
        let file = try UploadFile(path: path(of: id), isNew: false, room: { _ in }, failure: blobs.failure)
        try file.read(length: length) { hash.update($0) }
        return hash
    }

    /// Makes a blob of a whole upload without copying it: the file gets a second name. It is durable then, and this
    /// process leaves it alone as long as the result lives.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func install(_ id: UploadID, as blob: Blob) throws -> BlobPin {
        let pin = blobs.pin([blob.digest])
        let incoming = "\(directory.incomingPath)/\(blobs.newName())"
        if blob.size == 0 {
            let empty = Glibc.open(incoming, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard empty >= 0 else { throw blobs.failure("create", incoming) }
            close(empty)
        } else {
            guard try size(of: id) == blob.size else {
                errno = EIO
                throw blobs.failure("find all bytes of", path(of: id))
            }
            // Its time is fresh for collection, as that of every blob that is stored now.
            guard utimensat(AT_FDCWD, path(of: id), nil, 0) == 0 else { throw blobs.failure("touch", path(of: id)) }
            guard link(path(of: id), incoming) == 0 else { throw blobs.failure("link to", incoming) }
        }
        // Renaming one name of a file to another of its names does nothing (rename(2)): the first one stays then.
        defer { unlink(incoming) }
        try blobs.install(incoming, as: blob.digest)
        return pin
    }

    private func path(of id: UploadID) -> String { "\(directory.uploadsPath)/\(id)" }
}
