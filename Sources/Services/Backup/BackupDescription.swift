import Cryptography
import Encoding
public import JSON
public import Registry

/// What a backup says of itself, in its file `backup.json`.
///
/// The canonical JSON carries its own SHA-256, so that a changed byte shows:
///
///     {"blobs":{"bytes":2243022,"count":1},"created_at":"2026-11-21T07:00:00Z",
///      "database":{"name":"moru.sqlite","sha256":"…","size":249856},
///      "format":1,"product":"0.1.0","schema":3,"sha256":"…"}
public struct BackupDescription: Sendable, Hashable {
    /// Its name in a backup, tar or directory.
    public static let fileName = "backup.json"
    /// The format that this program writes and reads.
    static let format: Int64 = 1
    static let maximumBytes = 64 << 10

    /// The version of the program that made it.
    public let product: String
    /// Unix seconds.
    public let createdAt: Int64
    /// The number of the last migration that its database has had.
    public let schema: Int
    /// The name of the database beside it.
    public let databaseName: String
    /// Bytes.
    public let databaseSize: Int64
    /// The SHA-256 of the database's bytes.
    public let databaseDigest: Digest
    /// How many blobs the database names.
    public let blobs: Int64
    /// Of all blobs together.
    public let blobBytes: Int64

    /// Bytes that it takes to restore.
    public var totalBytes: Int64 { databaseSize + blobBytes }

    /// The object above, with its own SHA-256.
    public var json: JSONValue {
        var object = body
        object["sha256"] = .string(Hex.encode(SHA256.digest(of: JSONValue.object(body).canonicalBytes)))
        return .object(object)
    }

    var bytes: [UInt8] { json.canonicalBytes }

    private var body: JSONObject {
        [
            "format": .integer(Self.format), "product": .string(product),
            "created_at": .string(Timestamp.rfc3339(createdAt)), "schema": .integer(Int64(schema)),
            "database": [
                "name": .string(databaseName), "size": .integer(databaseSize), "sha256": .string(databaseDigest.hex),
            ],
            "blobs": ["count": .integer(blobs), "bytes": .integer(blobBytes)],
        ]
    }
}

extension BackupDescription {
    /// - Throws: ``BackupError``: `damaged` when the bytes are not as they were written, `refused` for a format that
    ///   this program does not read.
    init(parsing bytes: [UInt8]) throws {
        guard let json = try? JSONValue(parsing: bytes), let format = json["format"]?.integer else {
            throw Self.damaged
        }
        guard format <= Self.format else {
            throw BackupError(.refused, "the backup was made by a newer Moru (format \(format)); restore it with that")
        }
        guard let product = json["product"]?.string,
            let createdAt = json["created_at"]?.string.flatMap({ Timestamp.parse($0) }),
            let schema = json["schema"]?.integer, let database = json["database"], let blobs = json["blobs"],
            let name = database["name"]?.string, let size = database["size"]?.integer,
            let digest = database["sha256"]?.string.flatMap({ Digest(hex: $0) }),
            let count = blobs["count"]?.integer, let blobBytes = blobs["bytes"]?.integer,
            size >= 0, count >= 0, blobBytes >= 0, blobBytes < 1 << 60, size < 1 << 60, (0...1 << 20).contains(schema)
        else { throw Self.damaged }
        self.init(
            product: product, createdAt: createdAt, schema: Int(schema), databaseName: name, databaseSize: size,
            databaseDigest: digest, blobs: count, blobBytes: blobBytes)
        guard self.bytes == bytes else { throw Self.damaged }
    }

    private static let damaged = BackupError(.damaged, "\(fileName) is damaged, or no backup's")
}
