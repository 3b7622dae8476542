import Cryptography
import Encoding
import Glibc
import Registry
public import SQLite
public import Storage

/// Keeps a backup in a directory, where the next one finds most blobs there already.
///
///     backup.json             written last; names the database
///     moru-20261121T….sqlite  the database
///     blobs/sha256/ab/ab12…   what it names
///     backup.lock             held while a backup is written
///
/// Until the new `backup.json` is on the disk, nothing that the one before names is touched: whenever it fails, the
/// earlier backup stays whole.
public final class BackupDirectory {
    /// What a backup into the directory did.
    public struct Outcome: Sendable {
        public let description: BackupDescription
        /// Blobs that were copied.
        public let copied: Int
        /// Blobs that were there from an earlier backup.
        public let reused: Int
    }

    static let lockName = "backup.lock"
    /// Files, and bytes, after which copies are made durable and get their names.
    private static let batchFiles = 200
    private static let batchBytes: Int64 = 1 << 30

    private let path: String
    private let lock: FileLock
    private var batch: [(file: WritingFile, name: String)] = []
    private var batchBytes: Int64 = 0

    private var blobsPath: String { path + "/blobs/sha256" }

    /// Opens the directory, and makes it when there is none.
    ///
    /// - Throws: ``BackupError``: `refused` when it holds something else, or another backup is being written there.
    public init(_ path: String) throws {
        self.path = path
        lock = try BackupError.wording {
            if try FileSystem.makeDirectory(path) {
                try FileSystem.synchronise(directory: FileSystem.parent(of: path))
            }
            let names = try FileSystem.names(in: path)
            let own: Set = [Self.lockName, BackupDescription.fileName]
            guard names.isEmpty || !own.isDisjoint(with: names) else {
                throw BackupError(.refused, "\(path) holds something else than backups; name an empty directory")
            }
            guard let lock = try FileLock.exclusive("\(path)/\(Self.lockName)") else {
                throw BackupError(.refused, "another backup is being written to \(path)")
            }
            return lock
        }
    }

    /// Writes a backup of `data`.
    ///
    /// - Parameters:
    ///   - data: what to back up, also one that a server uses.
    ///   - database: the one of a server in this process; nil: the one of the directory is opened.
    ///   - product: the version of the program.
    ///   - now: Unix seconds.
    ///   - verify: hashes blobs that are there already, and copies those anew that are damaged; else only their size is
    ///     looked at.
    ///   - progress: is told how far it is.
    /// - Returns: What it did.
    /// - Throws: ``BackupError``; the earlier backup is whole then.
    public func write(
        _ data: DataDirectory, database: Database? = nil, product: String, now: Int64, verify: Bool = false,
        progress: BackupFile.Progress = { _, _ in }
    ) throws -> Outcome {
        defer { batch = [] }
        return try BackupError.wording {
            try removePartial()
            let source = try BackupSource(
                data, database: database, copyAt: "\(path)/moru.sqlite.part", product: product, now: now)
            let name = Self.databaseName(source.database.digest, now)
            let description = source.description(databaseName: name)
            let (copied, reused) = try copyBlobs(of: source, verify: verify, progress)
            try source.database.rename(to: "\(path)/\(name)")
            try FileSystem.synchroniseAll(at: path)
            let file = try WritingFile("\(path)/\(BackupDescription.fileName).part")
            try file.write(description.bytes)
            try file.synchronise()
            try file.install(as: "\(path)/\(BackupDescription.fileName)")
            try removeOthers(keeping: name, source.database.blobs)
            return Outcome(description: description, copied: copied, reused: reused)
        }
    }

    // MARK: Blobs

    private func copyBlobs(
        of source: BackupSource, verify: Bool, _ progress: BackupFile.Progress
    ) throws -> (copied: Int, reused: Int) {
        let blobs = source.database.blobs
        try FileSystem.makeDirectory(path + "/blobs")
        try FileSystem.makeDirectory(blobsPath)
        let missing = try (0..<blobs.count).filter { try !isThere(blobs.digest($0), blobs.size($0), verify) }
        let bytes = missing.reduce(0) { $0 + blobs.size($1) }
        try BackupFile.requireRoom(for: bytes, at: path, "\(missing.count) new blobs in \(path)")
        var done: Int64 = 0
        for index in missing {
            let (digest, size) = (blobs.digest(index), blobs.size(index))
            try FileSystem.makeDirectory("\(blobsPath)/\(digest.hex.prefix(2))")
            let name = "\(blobsPath)/\(BlobList.path(of: digest))"
            let file = try WritingFile(name + ".part")
            try Self.copy(try source.open(digest, size: size), to: file, digest) { count in
                done += Int64(count)
                progress(done, bytes)
            }
            batch.append((file, name))
            batchBytes += size
            if batch.count >= Self.batchFiles || batchBytes >= Self.batchBytes { try installBatch() }
        }
        try installBatch()
        return (missing.count, blobs.count - missing.count)
    }

    private func isThere(_ digest: Digest, _ size: Int64, _ verify: Bool) throws -> Bool {
        let name = "\(blobsPath)/\(BlobList.path(of: digest))"
        guard let status = try FileSystem.status(of: name), status.isRegular, Int64(status.st_size) == size else {
            return false
        }
        return try !verify || DatabaseCopy.hash(name).digest == digest
    }

    private static func copy(
        _ source: ReadingFile, to file: WritingFile, _ digest: Digest, _ progress: (Int) -> Void
    ) throws {
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while case let count = try source.read(into: buffer), count > 0 {
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            hash.update(bytes)
            try file.write(bytes)
            progress(count)
        }
        guard try Digest(stored: hash.finish()) == digest else { throw BackupSource.damaged(digest, "is damaged") }
    }

    /// A name is given only to bytes that are on the disk: the next backup trusts what has it.
    private func installBatch() throws {
        guard !batch.isEmpty else { return }
        try FileSystem.synchroniseAll(at: path)
        for (file, name) in batch {
            try FileSystem.rename(file.path, to: name)
            file.keep()
        }
        (batch, batchBytes) = ([], 0)
    }

    // MARK: What is no longer needed

    /// Removes what a backup that was interrupted left half written.
    private func removePartial() throws {
        for name in try FileSystem.names(in: path)
        where name.hasSuffix(".part") || name.hasPrefix("moru.sqlite.part") {
            try FileSystem.remove("\(path)/\(name)")
        }
        for directory in try FileSystem.names(in: blobsPath) {
            for name in try FileSystem.names(in: "\(blobsPath)/\(directory)") where name.hasSuffix(".part") {
                try FileSystem.remove("\(blobsPath)/\(directory)/\(name)")
            }
        }
    }

    /// Removes databases and blobs that only earlier backups name; what Moru did not put there stays.
    private func removeOthers(keeping database: String, _ blobs: BlobList) throws {
        for name in try FileSystem.names(in: path) where Self.isDatabaseName(name) && name != database {
            try FileSystem.remove("\(path)/\(name)")
        }
        var kept = 0
        for directory in try FileSystem.names(in: blobsPath) {
            for name in try FileSystem.names(in: "\(blobsPath)/\(directory)") {
                guard let digest = Digest(hex: name), name.hasPrefix(directory) else { continue }
                while kept < blobs.count, blobs.digest(kept).hex < name { kept += 1 }
                if kept < blobs.count, blobs.digest(kept) == digest { continue }
                try FileSystem.remove("\(blobsPath)/\(directory)/\(name)")
            }
        }
    }

    private static func databaseName(_ digest: Digest, _ now: Int64) -> String {
        "moru-\(Timestamp.basic(now))-\(digest.hex.prefix(8)).sqlite"
    }

    static func isDatabaseName(_ name: String) -> Bool {
        name.hasPrefix("moru-") && name.hasSuffix(".sqlite") && !name.contains("/")
    }
}
