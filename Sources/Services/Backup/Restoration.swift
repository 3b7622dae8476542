import Cryptography
import Glibc
import Registry
import SQLite
import Storage

/// Makes a data directory from a backup, or only proves that one could be made.
///
/// Everything is unpacked beside the target and verified – each blob and the database by their SHA-256, the database by
/// the same checks as `fsck`, all that it names by size – and only then moved to its name, in one step.
public enum Restoration {
    /// Restores into `path`, which is not there yet or an empty directory.
    ///
    /// - Returns: Bytes that were restored.
    /// - Throws: ``BackupError``; then nothing is left of what was unpacked.
    @discardableResult
    public static func restore(
        _ backup: some BackupReader, into path: String, progress: BackupFile.Progress = { _, _ in }
    ) throws -> Int64 {
        try BackupError.wording {
            let target = try place(for: path)
            let root = target + ".restoring"
            try makeRoot(root)
            // The name of the lock that servers take, which the finished directory has anyway.
            guard let lock = try FileLock.exclusive("\(root)/lock") else {
                throw BackupError(.refused, "another restore into \(target) is under way")
            }
            return try withExtendedLifetime(lock) {
                do {
                    for name in try FileSystem.names(in: root) where name != "lock" {
                        try FileSystem.remove("\(root)/\(name)")
                    }
                    try BackupFile.requireRoom(for: backup.description.totalBytes, at: root, target)
                    let bytes = try unpack(backup, into: root, keepsBlobs: true, progress)
                    try FileSystem.makeDirectory("\(root)/incoming")
                    try FileSystem.synchroniseAll(at: root)
                    try FileSystem.rename(root, to: target)
                    try FileSystem.synchronise(directory: FileSystem.parent(of: target))
                    return bytes
                } catch {
                    try? FileSystem.remove(root)
                    throw error
                }
            }
        }
    }

    /// Reads a backup as ``restore(_:into:progress:)`` would; only its database is unpacked for the time being, into
    /// the directory `scratch`, which must not be there.
    ///
    /// - Throws: ``BackupError``.
    public static func verify(
        _ backup: some BackupReader, scratch: String, progress: BackupFile.Progress = { _, _ in }
    ) throws {
        try BackupError.wording {
            try FileSystem.remove(scratch)
            try FileSystem.makeDirectory(scratch)
            defer { try? FileSystem.remove(scratch) }
            _ = try unpack(backup, into: scratch, keepsBlobs: false, progress)
        }
    }

    /// Makes the directory to unpack into, or takes up the one of a restore that was interrupted.
    ///
    /// Everything in it is removed, so it must be nothing else; least of all a link to what somebody else chose.
    private static func makeRoot(_ root: String) throws {
        if try FileSystem.makeDirectory(root) { return }
        let names = try FileSystem.names(in: root)
        guard let status = try FileSystem.status(of: root), status.isDirectory, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0, names.isEmpty || names.contains("lock")
        else { throw BackupError(.refused, "\(root) is in the way, and no restore of yours left it; move it away") }
    }

    /// The absolute path to restore to.
    private static func place(for path: String) throws -> String {
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        guard let resolved = realpath(trimmed, nil) else {
            guard try FileSystem.status(of: trimmed) == nil else { throw FileFailure("open", trimmed) }
            return trimmed
        }
        defer { free(resolved) }
        let target = String(cString: resolved)
        guard let status = try FileSystem.status(of: target), status.isDirectory else {
            throw BackupError(.refused, "\(path) is no directory")
        }
        guard try FileSystem.names(in: target).isEmpty else {
            throw BackupError(
                .refused, "\(path) is in use: restore into a directory that is empty or not there yet")
        }
        guard try FileSystem.status(of: FileSystem.parent(of: target))?.st_dev == status.st_dev else {
            throw BackupError(
                .refused, "\(path) is a mount point, which cannot be replaced in one step; restore into \(path)/data")
        }
        return target
    }

    // MARK: Unpacking

    private static func unpack(
        _ backup: some BackupReader, into root: String, keepsBlobs: Bool, _ progress: BackupFile.Progress
    ) throws -> Int64 {
        let description = backup.description
        guard description.schema <= Schema.latest else {
            throw BackupError(
                .refused,
                "the backup is of a newer Moru (\(description.product), schema \(description.schema); this "
                    + "one knows \(Schema.latest)); restore it with that")
        }
        let blobs = try unpackDatabase(backup, to: "\(root)/moru.sqlite")
        var done = description.databaseSize
        if keepsBlobs {
            try FileSystem.makeDirectory("\(root)/blobs")
            try FileSystem.makeDirectory("\(root)/blobs/sha256")
        }
        for index in 0..<blobs.count {
            let (digest, size) = (blobs.digest(index), blobs.size(index))
            var file: WritingFile?
            if keepsBlobs {
                try FileSystem.makeDirectory("\(root)/blobs/sha256/\(digest.hex.prefix(2))")
                file = try WritingFile("\(root)/blobs/sha256/\(BlobList.path(of: digest))")
            }
            let hash = SHA256()
            try backup.blob(digest, size: size) { bytes in
                hash.update(bytes)
                try file?.write(bytes)
                done += Int64(bytes.count)
                progress(done, description.totalBytes)
            }
            guard try Digest(stored: hash.finish()) == digest else {
                throw BackupError(.damaged, "the backup is damaged: the blob \(digest) has other bytes")
            }
            file?.keep()
        }
        try backup.finish(completion: BackupStream.completion(of: description, blobs))
        return done
    }

    private static func unpackDatabase(_ backup: some BackupReader, to path: String) throws -> BlobList {
        let description = backup.description
        let file = try WritingFile(path)
        let hash = SHA256()
        try backup.database { bytes in
            hash.update(bytes)
            try file.write(bytes)
        }
        guard try Digest(stored: hash.finish()) == description.databaseDigest else {
            throw BackupError(.damaged, "the backup is damaged: the database has other bytes")
        }
        file.keep()
        let database = try Database(path: path)
        defer { database.close() }
        try DatabaseCopy.requireSound(database)
        let schema = try database.read { db in try CheckStore.schema(in: db) }
        let blobs = try BlobList(of: database)
        guard schema == description.schema, Int64(blobs.count) == description.blobs,
            blobs.bytes == description.blobBytes
        else {
            throw BackupError(.damaged, "the backup is damaged: its database is another than it says")
        }
        return blobs
    }
}
