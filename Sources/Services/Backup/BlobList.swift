import Cryptography
import Encoding
import Registry
import SQLite
import Storage

/// All blobs that a database names, in the order of their digests; 40 bytes each, so that a million takes 40 MB.
struct BlobList: Sendable {
    private var keys: [UInt8] = []
    private var sizes: [Int64] = []
    /// Of all blobs together.
    private(set) var bytes: Int64 = 0

    init(of database: Database) throws {
        try database.read { db in
            for byte in UInt8.min...UInt8.max {
                for entry in try BlobIndexStore.entries(beginningWith: byte, in: db) {
                    keys += entry.digest.bytes
                    sizes.append(entry.size)
                    bytes += entry.size
                }
            }
        }
    }

    var count: Int { sizes.count }

    func digest(_ index: Int) -> Digest {
        let length = SHA256.byteCount
        guard let digest = Digest(hex: Hex.encode(keys[index * length..<(index + 1) * length])) else {
            fatalError("32 bytes are always a digest")
        }
        return digest
    }

    /// Bytes.
    func size(_ index: Int) -> Int64 { sizes[index] }

    /// Where the blob is, below a directory of blobs or in a backup.
    static func path(of digest: Digest) -> String { "\(digest.hex.prefix(2))/\(digest.hex)" }
}
