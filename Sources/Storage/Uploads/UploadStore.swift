import Encoding
public import Registry
public import SQLite

package enum UploadSQL: String, SQLStatement {
    case find = """
        SELECT id, user_id, token_id, length, received, metadata, sha256, git_sha1, created_at, written_at
        FROM upload WHERE id = $id
        """
    case ofUser = """
        SELECT id, user_id, token_id, length, received, metadata, sha256, git_sha1, created_at, written_at
        FROM upload WHERE user_id = $user ORDER BY created_at DESC, id DESC
        """
    case all = "SELECT id, received FROM upload"
    case totals = """
        SELECT count(*) AS count, coalesce(sum(length), 0) AS bytes FROM upload
        WHERE user_id = $user AND written_at > $since
        """
    case insert = """
        INSERT INTO upload (id, user_id, token_id, length, metadata, created_at, written_at)
        VALUES ($id, $user, $token, $length, $metadata, $now, $now)
        """
    case received = "UPDATE upload SET received = $received, written_at = $now WHERE id = $id"
    case complete = "UPDATE upload SET sha256 = $sha256, git_sha1 = $git_sha1 WHERE id = $id AND received = length"
    case delete = "DELETE FROM upload WHERE id = $id"
    case old = "SELECT id, received FROM upload WHERE written_at <= $before LIMIT 1000"
    case deleteOld = "DELETE FROM upload WHERE id = $id AND written_at <= $before"
    case deleteAll = "DELETE FROM upload"
}

/// Rows of uploads that can be resumed.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum UploadStore {
    /// An upload, and how many of its bytes are on the disk.
    public typealias Entry = (id: UploadID, received: Int64)

    /// nil when there is none.
    public static func upload(_ id: UploadID, in db: borrowing Connection) throws -> ResumableUpload? {
        try db.first(UploadSQL.find, ["$id": .text(id.description)]) { try ResumableUpload(row: $0) }
    }

    /// All of a user, newest first, expired ones included.
    public static func uploads(of user: ID<User>, in db: borrowing Connection) throws -> [ResumableUpload] {
        try db.all(UploadSQL.ofUser, ["$user": .integer(user.rawValue)]) { try ResumableUpload(row: $0) }
    }

    /// All, in no order.
    public static func all(in db: borrowing Connection) throws -> [Entry] {
        try db.all(UploadSQL.all) { try Self.entry(row: $0) }
    }

    /// How many a user has that were written after `since` (Unix seconds), and the bytes that they will have.
    public static func totals(
        of user: ID<User>, since: Int64, in db: borrowing Connection
    ) throws -> (count: Int, bytes: Int64) {
        try db.first(UploadSQL.totals, ["$user": .integer(user.rawValue), "$since": .integer(since)]) {
            ($0.int("count"), $0.integer("bytes"))
        } ?? (0, 0)
    }

    /// Adds an upload of `length` bytes, of which none have come.
    public static func insert(
        _ id: UploadID, user: ID<User>, token: ID<Token>?, length: Int64, metadata: String, at now: Int64,
        in db: borrowing Connection
    ) throws {
        try db.run(
            UploadSQL.insert,
            [
                "$id": .text(id.description), "$user": .integer(user.rawValue), "$token": Value(token?.rawValue),
                "$length": .integer(length), "$metadata": .text(metadata), "$now": .integer(now),
            ])
    }

    /// Notes that so many bytes are on the disk.
    ///
    /// - Returns: Whether it is still there.
    public static func note(
        received: Int64, of id: UploadID, at now: Int64, in db: borrowing Connection
    ) throws -> Bool {
        try db.run(
            UploadSQL.received,
            ["$received": .integer(received), "$now": .integer(now), "$id": .text(id.description)]) > 0
    }

    /// Notes what a whole upload consists of.
    ///
    /// - Returns: Whether it is still there.
    public static func note(_ blob: Blob, of id: UploadID, in db: borrowing Connection) throws -> Bool {
        try db.run(
            UploadSQL.complete,
            [
                "$sha256": .blob(blob.digest.bytes), "$git_sha1": .blob(Hex.decode(blob.gitSHA1) ?? []),
                "$id": .text(id.description),
            ]) > 0
    }

    /// - Returns: Whether it was there.
    @discardableResult
    public static func delete(_ id: UploadID, in db: borrowing Connection) throws -> Bool {
        try db.run(UploadSQL.delete, ["$id": .text(id.description)]) > 0
    }

    /// Up to 1,000 that were last written at `before` (Unix seconds) or earlier.
    public static func old(before: Int64, in db: borrowing Connection) throws -> [Entry] {
        try db.all(UploadSQL.old, ["$before": .integer(before)]) { try Self.entry(row: $0) }
    }

    /// Deletes an upload if it was still last written at `before` or earlier.
    ///
    /// - Returns: Whether it was deleted.
    public static func delete(_ id: UploadID, before: Int64, in db: borrowing Connection) throws -> Bool {
        try db.run(UploadSQL.deleteOld, ["$id": .text(id.description), "$before": .integer(before)]) > 0
    }

    package static func deleteAll(in db: borrowing Connection) throws { try db.run(UploadSQL.deleteAll) }

    private static func entry(row: borrowing Row) throws -> Entry {
        (try stored(UploadID(row.text("id")), "id of an upload"), row.integer("received"))
    }
}

extension ResumableUpload {
    fileprivate init(row: borrowing Row) throws {
        let length = row.integer("length")
        var blob: Blob?
        if let sha256 = row.optionalBlob("sha256"), let gitSHA1 = row.optionalBlob("git_sha1") {
            blob = Blob(digest: try Digest(stored: sha256), gitSHA1: Hex.encode(gitSHA1), size: length)
        }
        self.init(
            id: try stored(UploadID(row.text("id")), "id of an upload"), user: ID(row.integer("user_id")),
            token: row.optionalInteger("token_id").map { ID($0) }, length: length, received: row.integer("received"),
            metadata: row.text("metadata"), blob: blob, createdAt: row.integer("created_at"),
            writtenAt: row.integer("written_at"))
    }
}
