import Archive
import Glibc
public import Registry
import Storage

/// A backup that is read, in the order in which it was written. Calls come one after the other.
///
/// - Throws: Each function ``BackupError``, and whatever `body` throws.
public protocol BackupReader {
    var description: BackupDescription { get }

    /// Hands out the bytes of the database.
    func database(_ body: (UnsafeRawBufferPointer) throws -> Void) throws

    /// Hands out the bytes of a blob; the blobs are asked for in the order of their digests.
    func blob(_ digest: Digest, size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws

    /// - Throws: ``BackupError`` `damaged` when there is more or less than the description and the blobs, each as
    ///   `SHA-256 SIZE PATH`, have said.
    func finish(completion: [UInt8]) throws
}

/// A backup in one tar.
public final class ArchivedBackup: BackupReader {
    public let description: BackupDescription
    private let tar: TarReader
    private let descriptor: Int32

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: ``BackupError``.
    public init(_ path: String) throws {
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupError(FileFailure("open", path)) }
        do {
            tar = TarReader { [descriptor] buffer in
                while true {
                    let count = read(descriptor, buffer.baseAddress, buffer.count)
                    if count >= 0 { return count }
                    guard errno == EINTR else { throw FileFailure("read", path) }
                }
            }
            description = try Self.wording { [tar] in
                guard let member = try tar.next(), member.path == BackupDescription.fileName,
                    let bytes = try tar.bytes(maximum: BackupDescription.maximumBytes)
                else { throw BackupError(.refused, "\(path) is no backup of Moru") }
                return try BackupDescription(parsing: bytes)
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    public func database(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try member(BackupStream.databaseName, description.databaseSize, body)
    }

    public func blob(_ digest: Digest, size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try member(BackupStream.blobPath(digest), size, body)
    }

    public func finish(completion: [UInt8]) throws {
        var bytes: [UInt8] = []
        try member(BackupStream.completeName, Int64(completion.count)) { bytes += $0 }
        guard bytes == completion else {
            throw BackupError(.damaged, "the backup is damaged: its end does not tell what is in it")
        }
        guard try Self.wording({ try tar.next() }) == nil else {
            throw BackupError(.damaged, "the backup is damaged: there is more in it than it says")
        }
    }

    private func member(_ path: String, _ size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try Self.wording {
            guard let member = try tar.next() else {
                throw BackupError(.damaged, "the backup is damaged: \(path) is missing")
            }
            guard member.path == path, member.size == size else {
                throw BackupError(
                    .damaged, "the backup is damaged: it has \(member.path) where \(path) should be")
            }
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
            defer { buffer.deallocate() }
            while case let count = try tar.read(into: buffer), count > 0 {
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }

    private static func wording<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch ArchiveError.damaged(let entry, let reason) {
            let place = entry.map { "after \($0)" } ?? "at its beginning"
            throw BackupError(.damaged, "the backup is damaged or cut short, \(place): \(reason)")
        }
    }
}

/// A backup whose files lie as ``BackupDirectory`` writes them.
public final class DirectoryBackup: BackupReader {
    public let description: BackupDescription
    private let path: String
    private let lock: FileLock?

    /// - Throws: ``BackupError``.
    public init(_ path: String) throws {
        self.path = path
        (lock, description) = try BackupError.wording {
            let lockPath = "\(path)/\(BackupDirectory.lockName)"
            // A copy of the directory may lack the lock, or lie on something that cannot be written.
            let isLockable = access(lockPath, R_OK) == 0
            let lock = isLockable ? try FileLock.shared(lockPath) : nil
            if isLockable, lock == nil { throw BackupError(.refused, "a backup is being written to \(path)") }
            guard let file = try ReadingFile("\(path)/\(BackupDescription.fileName)") else {
                throw BackupError(.refused, "\(path) is no backup of Moru: it has no \(BackupDescription.fileName)")
            }
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: BackupDescription.maximumBytes, alignment: 16)
            defer { buffer.deallocate() }
            let count = try file.read(into: buffer)
            let description = try BackupDescription(parsing: Array(buffer[..<count]))
            guard BackupDirectory.isDatabaseName(description.databaseName) else {
                throw BackupError(.damaged, "\(BackupDescription.fileName) names no database of a backup")
            }
            return (lock, description)
        }
    }

    public func database(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try file(description.databaseName, description.databaseSize, body)
    }

    public func blob(_ digest: Digest, size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try file(BackupStream.blobPath(digest), size, body)
    }

    public func finish(completion: [UInt8]) throws {}

    private func file(_ name: String, _ size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard let file = try ReadingFile("\(path)/\(name)") else {
            throw BackupError(.damaged, "the backup is damaged: \(name) is missing")
        }
        guard file.size == size else {
            throw BackupError(.damaged, "the backup is damaged: \(name) has \(file.size) bytes, not \(size)")
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
