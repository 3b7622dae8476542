import Glibc

/// The directory that holds everything a server stores, locked for one server or used beside it.
///
///     data/                     0700
///       moru.sqlite             every fact (and -wal, -shm beside it)
///       blobs/sha256/ab/ab12…   bytes, named by their SHA-256; written once
///       incoming/…              requests under way, on the same file system; emptied at start
///       uploads/…               uploads that can be resumed, each named by its id; see ``UploadFiles``
///       setup-link              while there are no users; see ``SetUpLinkFile``
///       search.snapshot         what search holds in memory, to start with; made anew when it is not there
///       trash/…                 blobs that collection has taken away and is about to remove
///       lock                    held while a server runs
///       collection.lock         held while blobs are collected or backed up; see ``CollectionLock``
public final class DataDirectory: Sendable {
    /// As it was given to ``open(_:)`` or ``attach(_:)``.
    public let path: String
    /// Of this process.
    public let pins = BlobPins()
    /// nil: attached, beside whoever holds it.
    private let lock: FileLock?

    /// The database; SQLite keeps `-wal` and `-shm` beside it.
    public var databasePath: String { path + "/moru.sqlite" }
    /// Where bytes are written before they have a name.
    public var incomingPath: String { path + "/incoming" }
    /// Where blobs are; see ``DirectoryBlobStore``.
    public var blobsPath: String { path + "/blobs/sha256" }
    /// What search holds in memory, to start with.
    package var searchSnapshotPath: String { path + "/search.snapshot" }
    /// Where uploads that can be resumed grow.
    package var uploadsPath: String { path + "/uploads" }
    var trashPath: String { path + "/trash" }
    var collectionLockPath: String { path + "/collection.lock" }

    private init(path: String, lock: FileLock?) {
        (self.path, self.lock) = (path, lock)
    }

    /// What may be there before the first start is over, should that have been cut, and what a file system brings along.
    private static let namesBeforeDatabase: Set = [
        "lock", "blobs", "incoming", "uploads", "trash", "collection.lock", "setup-link", "vocabulary.txt",
        "lost+found",
    ]

    /// Opens the directory, and creates it when there is none; what interrupted uploads left behind is removed.
    ///
    /// - Throws: ``DataDirectoryError`` when it cannot be created or written, holds something else than data of Moru, or
    ///   another server uses it.
    public static func open(_ path: String) throws(DataDirectoryError) -> DataDirectory {
        let directory: DataDirectory?
        let names: [String]
        do { names = try FileSystem.names(in: path) } catch { throw DataDirectoryError(error) }
        guard names.contains("moru.sqlite") || namesBeforeDatabase.isSuperset(of: names) else {
            throw .unusable(path: path, reason: "it holds something else than data of Moru; name an empty directory")
        }
        do { directory = try prepare(path) } catch { throw DataDirectoryError(error) }
        guard let directory else { throw .inUse(path: path) }
        return directory
    }

    /// nil while another server uses it.
    private static func prepare(_ path: String) throws(FileFailure) -> DataDirectory? {
        // Or a power cut could take the directory with all that it holds by then.
        if try FileSystem.makeDirectory(path) { try FileSystem.synchronise(directory: path + "/..") }
        guard let lock = try FileLock.exclusive(path + "/lock") else { return nil }
        let directory = DataDirectory(path: path, lock: lock)
        for part in ["\(path)/blobs", directory.blobsPath, directory.incomingPath, directory.uploadsPath] {
            try FileSystem.makeDirectory(part)
        }
        for name in try FileSystem.names(in: directory.incomingPath) {
            try FileSystem.remove("\(directory.incomingPath)/\(name)")
        }
        try makeDatabasePrivate(directory.databasePath)
        for part in ["\(path)/blobs", path] { try FileSystem.synchronise(directory: part) }
        return directory
    }

    /// Opens an existing directory, which a server may be using: locks, creates and removes nothing.
    ///
    /// - Throws: ``DataDirectoryError/unusable(path:reason:)`` when it is no data directory, or may not be read.
    public static func attach(_ path: String) throws(DataDirectoryError) -> DataDirectory {
        let directory = DataDirectory(path: path, lock: nil)
        for part in [path, directory.databasePath, directory.blobsPath] {
            guard access(part, R_OK) == 0 else { throw DataDirectoryError(FileFailure("read", part)) }
        }
        return directory
    }

    /// The directory may have been made by somebody else, open for all. SQLite takes an empty file for a new database, and
    /// gives what it keeps beside it the same mode.
    private static func makeDatabasePrivate(_ path: String) throws(FileFailure) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFailure("open", path) }
        close(file)
        for path in [path, path + "-wal", path + "-shm"] {
            guard chmod(path, 0o600) == 0 || errno == ENOENT else { throw FileFailure("change the mode of", path) }
        }
    }
}

/// Why a data directory cannot be used.
public enum DataDirectoryError: Error, Sendable, Hashable, CustomStringConvertible {
    case inUse(path: String)
    case unusable(path: String, reason: String)

    init(_ failure: FileFailure) { self = .unusable(path: failure.path, reason: failure.reason) }

    public var description: String {
        switch self {
        case .inUse(let path): "another server uses \(path)"
        case .unusable(let path, let reason): "cannot use \(path): \(reason)"
        }
    }
}
