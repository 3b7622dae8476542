public import Registry
public import SQLite

/// Rows of blobs that nothing names, for collection.
public enum BlobRowStore {
    /// A row that nothing names.
    public struct Unnamed: Sendable {
        let id: Int64
        /// Of the blob's bytes.
        public let digest: Digest
    }

    /// The highest id; 0 when there is none.
    ///
    /// - Throws: `SQLiteError`.
    public static func lastID(in db: borrowing Connection) throws -> Int64 {
        try db.first(BlobSQL.last) { $0.integer("id") } ?? 0
    }

    /// The rows with ids in `after + 1 ... until` that no artifact and no version names.
    ///
    /// - Throws: `SQLiteError`.
    public static func unnamed(after: Int64, until: Int64, in db: borrowing Connection) throws -> [Unnamed] {
        try db.all(BlobSQL.unnamed, ["$after": .integer(after), "$until": .integer(until)]) { row in
            Unnamed(id: row.integer("id"), digest: try Digest(stored: row.blob("sha256")))
        }
    }

    /// Deletes a row if still nothing names it.
    ///
    /// - Throws: `SQLiteError`.
    public static func delete(_ row: Unnamed, in db: borrowing Connection) throws {
        try db.run(BlobSQL.deleteUnnamed, ["$id": .integer(row.id), "$sha256": .blob(row.digest.bytes)])
    }
}
