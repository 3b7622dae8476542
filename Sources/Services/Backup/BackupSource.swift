import Registry
public import SQLite
public import Storage

/// What goes into one backup: a copy of the database, and every blob that it names, kept from collection meanwhile.
public final class BackupSource: Sendable {
    let database: DatabaseCopy
    private let lock: CollectionLock
    private let blobsPath: String
    private let createdAt: Int64
    private let product: String

    /// Holds collection off and copies the database; both end with the last reference.
    ///
    /// - Parameters:
    ///   - directory: what to back up, also one that a server uses.
    ///   - database: the one of a server in this process; nil: the one of the directory is opened.
    ///   - path: where the copy lies while it is needed.
    ///   - product: the version of the program.
    ///   - now: Unix seconds.
    /// - Throws: ``BackupError``.
    public init(
        _ directory: DataDirectory, database: Database? = nil, copyAt path: String, product: String, now: Int64
    ) throws {
        (blobsPath, createdAt, self.product) = (directory.blobsPath, now, product)
        let (lock, copy) = try BackupError.wording {
            let lock = try CollectionLock.shared(directory)
            return (lock, try DatabaseCopy(of: database ?? Database(path: directory.databasePath), at: path))
        }
        (self.lock, self.database) = (lock, copy)
        guard copy.schema <= Schema.latest else {
            throw BackupError(
                .refused, "the data is of a newer Moru (schema \(copy.schema), this one knows \(Schema.latest))")
        }
    }

    func description(databaseName: String) -> BackupDescription {
        BackupDescription(
            product: product, createdAt: createdAt, schema: database.schema, databaseName: databaseName,
            databaseSize: database.size, databaseDigest: database.digest, blobs: Int64(database.blobs.count),
            blobBytes: database.blobs.bytes)
    }

    /// Opens a blob to be read.
    ///
    /// - Throws: ``BackupError`` `damaged` when it is lost or has another size.
    func open(_ digest: Digest, size: Int64) throws -> ReadingFile {
        try BackupError.wording {
            guard let file = try ReadingFile("\(blobsPath)/\(BlobList.path(of: digest))") else {
                throw Self.damaged(digest, "is lost")
            }
            guard file.size == size else { throw Self.damaged(digest, "has \(file.size) bytes, not \(size)") }
            return file
        }
    }

    static func damaged(_ digest: Digest, _ how: String) -> BackupError {
        BackupError(.damaged, "the blob \(digest) \(how); 'moru fsck' names all that is damaged and what uses it")
    }
}
