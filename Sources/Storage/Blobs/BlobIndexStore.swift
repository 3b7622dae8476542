package import Registry
package import SQLite

package enum BlobIndexSQL: String, SQLStatement {
    case totals = "SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM blob"
    case between = "SELECT sha256, size FROM blob WHERE sha256 >= $first AND sha256 <= $last ORDER BY sha256"
    case contains = "SELECT 1 AS found FROM blob WHERE sha256 = $sha256"
    case users = """
        SELECT model.full_name || '@' || version.number || '/' || artifact.path AS subject
        FROM artifact JOIN version ON version.id = artifact.version_id JOIN model ON model.id = version.model_id
        WHERE artifact.blob_id = (SELECT id FROM blob WHERE sha256 = $sha256)
        UNION ALL
        SELECT model.full_name || '@' || version.number || ' (README)'
        FROM version JOIN model ON model.id = version.model_id
        WHERE version.readme_blob_id = (SELECT id FROM blob WHERE sha256 = $sha256)
        LIMIT 4
        """
}

/// Rows that name blobs, walked through as the blob directory is laid out: by the first byte of the digest.
package enum BlobIndexStore {
    package struct Entry: Sendable, Hashable {
        package let digest: Digest
        /// Bytes.
        package let size: Int64
    }

    /// How many blobs the database names, and their bytes.
    package static func totals(in db: borrowing Connection) throws -> (count: Int64, bytes: Int64) {
        try db.first(BlobIndexSQL.totals) { ($0.integer("count"), $0.integer("bytes")) } ?? (0, 0)
    }

    /// The blobs whose digest begins with `byte`, in the order of their digests.
    package static func entries(beginningWith byte: UInt8, in db: borrowing Connection) throws -> [Entry] {
        let rest = 31
        return try db.all(
            BlobIndexSQL.between,
            [
                "$first": .blob([byte] + [UInt8](repeating: 0, count: rest)),
                "$last": .blob([byte] + [UInt8](repeating: 255, count: rest)),
            ]
        ) { Entry(digest: try Digest(stored: $0.blob("sha256")), size: $0.integer("size")) }
    }

    package static func contains(_ digest: Digest, in db: borrowing Connection) throws -> Bool {
        try db.exists(BlobIndexSQL.contains, ["$sha256": .blob(digest.bytes)])
    }

    /// Up to four places that use a blob, such as `demo/silero-vad@1.0.0/model.onnx`.
    package static func users(of digest: Digest, in db: borrowing Connection) throws -> [String] {
        try db.all(BlobIndexSQL.users, ["$sha256": .blob(digest.bytes)]) { $0.text("subject") }
    }
}
