import CArchive

/// A regular file inside an archive that is being read. It cannot be kept past the call it was handed to.
public struct ArchiveEntry: ~Copyable {
    /// UTF-8, relative, without `..` and without a leading `./`; unique in the archive.
    public let path: String
    /// Bytes unpacked, where the archive says so.
    public let size: Int64?
    let source: ArchiveSource

    /// Hands out the bytes of the entry in order, in blocks of the reader's choice. Call it at most once.
    ///
    /// - Throws: ``ArchiveError`` when the bytes are damaged or pass a limit, and whatever `body` throws.
    public func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var received: Int64 = 0
        while let block = try source.nextBlock(of: path) {
            guard block.offset == received else { throw ArchiveError.refused(entry: path, .sparse) }
            received += Int64(block.bytes.count)
            if size == nil { try source.count(Int64(block.bytes.count)) }
            if let size, received > size { throw ArchiveError.damaged(entry: path, reason: "longer than declared") }
            try body(block.bytes)
        }
        guard size == nil || size == received else {
            throw ArchiveError.damaged(entry: path, reason: "shorter than declared")
        }
    }
}
