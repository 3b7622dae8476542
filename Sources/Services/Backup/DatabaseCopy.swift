import Cryptography
import Glibc
import Registry
import SQLite
import Storage

/// A copy of the database as it was at one moment, found sound; its file goes with the last reference unless it is kept.
///
/// Sessions and one-time links are left out: what is restored must not let in who has signed out since. So are unfinished
/// uploads, whose bytes are no part of a backup.
final class DatabaseCopy: Sendable {
    let path: String
    let size: Int64
    let digest: Digest
    let schema: Int
    let blobs: BlobList

    /// - Throws: ``BackupError``: `damaged` when the copy has faults, `full` when there is no room for it.
    init(of database: Database, at path: String) throws {
        self.path = path
        do {
            // SQLite takes an empty file for a new one; so it is never readable for others.
            unlink(path)
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else { throw FileFailure("create", path) }
            close(file)
            try database.backup(to: path)
            let copy = try Database(path: path)
            defer { copy.close() }
            try copy.write { db in
                try SessionStore.deleteAll(in: db)
                try LinkStore.deleteAll(in: db)
                if try CheckStore.schema(in: db) >= Schema.withUploads { try UploadStore.deleteAll(in: db) }
            }
            try Self.requireSound(copy)
            schema = try copy.read { db in try CheckStore.schema(in: db) }
            blobs = try BlobList(of: copy)
        } catch {
            Self.remove(path)
            if let error = error as? SQLiteError, error.isFull {
                let size = try FileSystem.status(of: database.path)?.st_size ?? 0
                throw BackupError(.full, "there is no room for \(path): the database has \(size) bytes")
            }
            throw BackupError.wording(error)
        }
        do {
            (size, digest) = try Self.hash(path)
        } catch {
            Self.remove(path)
            throw BackupError.wording(error)
        }
    }

    deinit { Self.remove(path) }

    /// Gives the copy another name in the same directory, where it stays.
    func rename(to name: String) throws(FileFailure) {
        try FileSystem.rename(path, to: name)
    }

    /// - Throws: ``BackupError`` `damaged` for the first fault.
    static func requireSound(_ database: Database) throws {
        let faults = DatabaseCheck.findings(in: database).filter(\.problem.isFault)
        guard let first = faults.first else { return }
        let subject = first.subject.map { "\($0): " } ?? ""
        throw BackupError(
            .damaged,
            "the database is damaged (\(first.problem.rawValue)): \(subject)\(first.detail)"
                + (faults.count > 1 ? ", and \(faults.count - 1) more" : ""))
    }

    /// The size and SHA-256 of a file.
    static func hash(_ path: String) throws -> (size: Int64, digest: Digest) {
        guard let file = try ReadingFile(path) else { throw FileFailure("read", path, code: ENOENT) }
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        var size: Int64 = 0
        while case let count = try file.read(into: buffer), count > 0 {
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            size += Int64(count)
        }
        return (size, try Digest(stored: hash.finish()))
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }
}
