import Cryptography
import Encoding
import Glibc
import Registry
import SQLite
import Storage

/// Reads every blob and holds it against its name and the database, in steps of bounded work.
///
/// What the two do not agree on may be a publication or collection under way: it is kept as a ``Suspect``, to be looked
/// at again when everything else is done.
struct BlobCheck: Sendable {
    /// A blob that only one of database and directory has.
    struct Suspect: Sendable {
        let digest: Digest
        let isStray: Bool
    }

    /// Bytes that one step hashes at most, and blobs that it looks at.
    private static let stepBytes = 32 << 20
    private static let stepBlobs = 500

    private struct Item: Sendable {
        let digest: Digest
        /// Bytes by the database; nil when it does not name the blob.
        let size: Int64?
        let isThere: Bool
    }

    private struct Hashing: Sendable {
        let digest: Digest
        let file: ReadingFile
        let hash = SHA256()
    }

    private let path: String
    /// The next byte that digests begin with.
    private var byte = 0
    private var items: [Item] = []
    private var hashing: Hashing?
    private(set) var suspects: [Suspect] = []
    private(set) var blobs: Int64 = 0
    private(set) var bytes: Int64 = 0

    init(blobsPath: String) { path = blobsPath }

    var isEnded: Bool { byte == 256 && items.isEmpty && hashing == nil }

    /// What the next piece of work finds. Without a database, blobs are only held against their names.
    mutating func step(_ database: Database?) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        let end = (bytes: bytes + Int64(Self.stepBytes), blobs: blobs + Int64(Self.stepBlobs))
        while !isEnded, bytes < end.bytes, blobs < end.blobs {
            if let current = hashing {
                if let finding = hash(current) { findings.append(finding) }
            } else if let item = items.popLast() {
                if let finding = begin(item, isKnown: database != nil) { findings.append(finding) }
            } else {
                findings += list(database)
            }
        }
        return findings
    }

    // MARK: Names

    /// Lists the directory of the next byte.
    private mutating func list(_ database: Database?) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        do {
            if byte == 0 { findings += try foreignDirectories() }
            let directory = Hex.encode([UInt8(byte)])
            var there: Set<Digest> = []
            for name in try FileSystem.names(in: "\(path)/\(directory)") {
                if let digest = Digest(hex: name), name.hasPrefix(directory) {
                    there.insert(digest)
                } else {
                    findings.append(.foreign("\(directory)/\(name)"))
                }
            }
            let entries = try database?.read { [byte] db in
                try BlobIndexStore.entries(beginningWith: UInt8(byte), in: db)
            }
            let known = Dictionary((entries ?? []).map { ($0.digest, $0.size) }) { first, _ in first }
            items = there.union(known.keys).sorted { $0.hex > $1.hex }.map {
                Item(digest: $0, size: known[$0], isThere: there.contains($0))
            }
        } catch let failure as FileFailure {
            findings.append(CheckFinding(.blobDamaged, subject: failure.path, "\(failure)"))
        } catch {
            let text = (error as? SQLiteError)?.message ?? "\(error)"
            findings.append(CheckFinding(.databaseDamaged, subject: "the blobs", "SQLite cannot read it: \(text)"))
        }
        byte += 1
        return findings
    }

    private func foreignDirectories() throws -> [CheckFinding] {
        try FileSystem.names(in: path).filter { name in
            let isByte = name.utf8.count == 2 && Hex.decode(name) != nil && name == name.lowercased()
            return try !isByte || !(FileSystem.status(of: "\(path)/\(name)")?.isDirectory ?? true)
        }.map { .foreign($0) }
    }

    // MARK: Bytes

    private mutating func begin(_ item: Item, isKnown: Bool) -> CheckFinding? {
        blobs += 1
        guard item.isThere else {
            suspects.append(Suspect(digest: item.digest, isStray: false))
            return nil
        }
        if isKnown, item.size == nil {
            suspects.append(Suspect(digest: item.digest, isStray: true))
            return nil
        }
        do {
            guard let file = try ReadingFile("\(path)/\(item.digest.hex.prefix(2))/\(item.digest.hex)") else {
                suspects.append(Suspect(digest: item.digest, isStray: false))
                return nil
            }
            if let size = item.size, size != file.size {
                let detail = "it has \(file.size) bytes, the database says \(size)"
                return CheckFinding(.blobSize, digest: item.digest, detail)
            }
            hashing = Hashing(digest: item.digest, file: file)
            return nil
        } catch {
            return CheckFinding(.blobDamaged, digest: item.digest, "\(error)")
        }
    }

    private mutating func hash(_ current: Hashing) -> CheckFinding? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        do {
            let count = try current.file.read(into: buffer)
            if count > 0 {
                current.hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                bytes += Int64(count)
                return nil
            }
            hashing = nil
            let actual = Hex.encode(current.hash.finish())
            guard actual != current.digest.hex else { return nil }
            return CheckFinding(.blobDamaged, digest: current.digest, "its bytes have the digest sha256:\(actual)")
        } catch {
            hashing = nil
            return CheckFinding(.blobDamaged, digest: current.digest, "\(error)")
        }
    }
}

extension CheckFinding {
    fileprivate static func foreign(_ name: String) -> CheckFinding {
        CheckFinding(.fileForeign, subject: "blobs/sha256/\(name)", "its name is no blob's; Moru did not put it there")
    }
}
