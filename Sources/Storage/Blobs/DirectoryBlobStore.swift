import Cryptography
import Encoding
import Glibc
public import Registry
import Synchronization

/// Blobs as files of one directory; see ``DataDirectory`` for the tree.
///
/// A name appears only by renaming a file whose bytes are on the disk, and stays when power fails, as the directory is
/// synchronised too. A blob that is there already is replaced by the same bytes: no older file has to be trusted, and
/// its time is fresh for collection.
public final class DirectoryBlobStore: BlobStore {
    let blobsPath: String
    let trashPath: String
    private let incomingPath: String
    private let directory: DataDirectory
    private let log: @Sendable (String) -> Void
    private let serial = Atomic<UInt64>(0)
    /// The first bytes of digests whose directories are known to survive a power cut.
    private let durableDirectories = Mutex<Set<Substring>>([])

    /// `log` receives the full reason of each failure.
    public init(_ directory: DataDirectory, log: @escaping @Sendable (String) -> Void = { _ in }) {
        blobsPath = directory.blobsPath
        trashPath = directory.trashPath
        incomingPath = directory.incomingPath
        self.directory = directory
        self.log = log
    }

    public func begin(expectedSize: Int64?) throws -> any BlobWriter {
        DirectoryBlobWriter(in: self, file: try beginSpool(), expectedSize: expectedSize)
    }

    /// A file for bytes that have to be looked into before they are stored, such as an uploaded archive.
    ///
    /// - Throws: ``StoreFailure``'s error when no file can be made in `incoming/`.
    public func beginSpool() throws -> SpoolFile {
        try SpoolFile(path: newIncomingPath(), room: directory.requireRoom, failure: failure)
    }

    public func pin(_ digests: some Collection<Digest>) -> BlobPin { directory.pins.pin(digests) }

    public func path(of digest: Digest) -> String { "\(blobsPath)/\(digest.hex.prefix(2))/\(digest.hex)" }

    public func size(of digest: Digest) throws -> Int64? {
        let path = path(of: digest)
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure("look at", path)
        }
        return Int64(status.st_size)
    }

    public func remove(_ digest: Digest) throws {
        let path = path(of: digest)
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    public func forEachDigest(_ body: (Digest) throws -> Void) throws {
        try forEachEntry(of: blobsPath) { directory in
            try forEachEntry(of: "\(blobsPath)/\(directory)") { name in
                if let digest = Digest(hex: name), name.hasPrefix(directory) { try body(digest) }
            }
        }
    }

    public func checkWritable() throws {
        let file = try beginSpool()
        try [UInt8](repeating: 0, count: 4096).withUnsafeBytes { try file.write($0) }
        try file.synchronise()
    }

    /// Moves a file whose bytes are on the disk to the name of its digest, for good.
    func install(_ path: String, as digest: Digest) throws {
        let directory = "\(blobsPath)/\(digest.hex.prefix(2))"
        let destination = self.path(of: digest)
        try makeDurable(digest.hex.prefix(2))
        guard rename(path, destination) == 0 else { throw failure("rename to", destination) }
        try synchroniseDirectory(directory)
    }

    /// The failure of the last system call in the product's words; logged in full.
    func failure(_ action: String, _ path: String) -> RegistryError {
        let code = errno
        log("cannot \(action) \(path): \(String(cString: strerror(code)))")
        return StoreFailure.error(errno: code)
    }

    private func newIncomingPath() -> String { "\(incomingPath)/\(newName())" }

    /// A name that no other file has, in this process or another.
    func newName() -> String {
        let number = serial.wrappingAdd(1, ordering: .relaxed).newValue
        return "\(number)-\(Hex.encode(SecureRandom.bytes(8)))"
    }

    /// A directory that another process, now gone, made may not be on the disk yet: the first use synchronises.
    private func makeDurable(_ name: Substring) throws {
        if durableDirectories.withLock({ $0.contains(name) }) { return }
        let path = "\(blobsPath)/\(name)"
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("create", path) }
        try synchroniseDirectory(blobsPath)
        durableDirectories.withLock { _ = $0.insert(name) }
    }

    func synchroniseDirectory(_ path: String) throws {
        let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw failure("open", path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure("synchronise", path) }
    }

    func forEachEntry(of path: String, _ body: (String) throws -> Void) throws {
        guard let stream = opendir(path) else { throw failure("list", path) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = entryName(entry)
            if !name.hasPrefix(".") { try body(name) }
        }
    }
}
