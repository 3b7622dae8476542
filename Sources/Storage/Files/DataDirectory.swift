import Glibc

/// The directory that holds everything a server stores, locked for one server or used beside it.
///
///     data/                     0700
///       moru.sqlite             every fact (and -wal, -shm beside it)
///       blobs/sha256/ab/ab12…   bytes, named by their SHA-256; written once
///       incoming/…              uploads under way, on the same file system; emptied at start
///       setup-link              while there are no users; see ``SetUpLinkFile``
///       trash/…                 blobs that collection has taken away and is about to remove
///       lock                    held while a server runs
///       collection.lock         held while blobs are collected or backed up; see ``CollectionLock``
public final class DataDirectory: Sendable {
    /// As it was given to ``open(_:)`` or ``attach(_:)``.
    public let path: String
    /// Of this process.
    public let pins = BlobPins()
    /// nil: attached, beside whoever holds it.
    private let lock: Int32?

    /// The database; SQLite keeps `-wal` and `-shm` beside it.
    public var databasePath: String { path + "/moru.sqlite" }
    /// Where bytes are written before they have a name.
    public var incomingPath: String { path + "/incoming" }
    /// Where blobs are; see ``DirectoryBlobStore``.
    public var blobsPath: String { path + "/blobs/sha256" }
    var trashPath: String { path + "/trash" }
    var collectionLockPath: String { path + "/collection.lock" }

    private init(path: String, lock: Int32?) {
        (self.path, self.lock) = (path, lock)
    }

    deinit {
        if let lock { close(lock) }
    }

    /// Opens the directory, and creates it when there is none; what interrupted uploads left behind is removed.
    ///
    /// - Throws: ``DataDirectoryError`` when it cannot be created or written, or another server uses it.
    public static func open(_ path: String) throws(DataDirectoryError) -> DataDirectory {
        // Or a power cut could take the directory with all that it holds by then.
        if try makeDirectory(path) { try synchronise(path + "/..") }
        let lock = Glibc.open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw .unusable(path: path + "/lock", reason: reason()) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            let reason = reason()
            close(lock)
            throw isTaken ? .inUse(path: path) : .unusable(path: path + "/lock", reason: reason)
        }
        let directory = DataDirectory(path: path, lock: lock)
        for part in [directory.path + "/blobs", directory.blobsPath, directory.incomingPath] { try makeDirectory(part) }
        try empty(directory.incomingPath)
        try makeDatabasePrivate(directory.databasePath)
        for part in [directory.path + "/blobs", directory.path] { try synchronise(part) }
        return directory
    }

    /// Opens an existing directory, which a server may be using: locks, creates and removes nothing.
    ///
    /// - Throws: ``DataDirectoryError/unusable(path:reason:)`` when it is no data directory, or may not be read.
    public static func attach(_ path: String) throws(DataDirectoryError) -> DataDirectory {
        let directory = DataDirectory(path: path, lock: nil)
        for part in [path, directory.databasePath, directory.blobsPath] {
            guard access(part, R_OK) == 0 else { throw .unusable(path: part, reason: reason()) }
        }
        return directory
    }

    /// - Returns: Whether it is new.
    @discardableResult
    private static func makeDirectory(_ path: String) throws(DataDirectoryError) -> Bool {
        let isNew = mkdir(path, 0o700) == 0
        guard isNew || errno == EEXIST else { throw .unusable(path: path, reason: reason()) }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .unusable(path: path, reason: "it is no directory")
        }
        return isNew
    }

    /// The directory may have been made by somebody else, open for all. SQLite takes an empty file for a new database, and
    /// gives what it keeps beside it the same mode.
    private static func makeDatabasePrivate(_ path: String) throws(DataDirectoryError) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unusable(path: path, reason: reason()) }
        close(file)
        for path in [path, path + "-wal", path + "-shm"] {
            guard chmod(path, 0o600) == 0 || errno == ENOENT else { throw .unusable(path: path, reason: reason()) }
        }
    }

    private static func empty(_ path: String) throws(DataDirectoryError) {
        guard let stream = opendir(path) else { throw .unusable(path: path, reason: reason()) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = entryName(entry)
            guard name != ".", name != ".." else { continue }
            guard unlink("\(path)/\(name)") == 0 else { throw .unusable(path: "\(path)/\(name)", reason: reason()) }
        }
    }

    private static func synchronise(_ path: String) throws(DataDirectoryError) {
        let file = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw .unusable(path: path, reason: reason()) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw .unusable(path: path, reason: reason()) }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

/// Why a data directory cannot be used.
public enum DataDirectoryError: Error, Sendable, Hashable, CustomStringConvertible {
    case inUse(path: String)
    case unusable(path: String, reason: String)

    public var description: String {
        switch self {
        case .inUse(let path): "another server uses \(path)"
        case .unusable(let path, let reason): "cannot use \(path): \(reason)"
        }
    }
}

/// The name of a directory's entry.
func entryName(_ entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
