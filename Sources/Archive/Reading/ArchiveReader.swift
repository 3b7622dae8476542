import CArchive
import Glibc

/// Reads an uploaded zip, tar, tar.gz, tar.zst or tar.xz that lies in a file.
///
/// Nothing is written: the caller receives the bytes of each regular file and stores them itself. Directories and what
/// macOS adds (`__MACOSX/`, `.DS_Store`, `._…`) are skipped; archives inside the archive are files like others.
/// Links, devices, sparse and encrypted entries, absolute names, `..`, names that are not UTF-8 and a name given twice
/// are errors, and so is an archive that is cut short.
public struct ArchiveReader: Sendable {
    private let path: String
    private let limits: ArchiveLimits

    public init(path: String, limits: ArchiveLimits) {
        self.path = path
        self.limits = limits
    }

    /// Calls `body` for each regular file in the order of the archive.
    ///
    /// Errors may come after some files were handed out: keep what was received apart until this returns.
    ///
    /// - Throws: ``ArchiveError``, and whatever `body` throws.
    public func forEach(_ body: (borrowing ArchiveEntry) throws -> Void) throws {
        try withUTF8Locale {
            let file = try ArchiveFile(path: path)
            let packing = Packing(start: try file.bytes(at: 0, count: 8))
            if packing == .zip {
                let directory = try ZipDirectory(file, maximumEntries: limits.maximumEntries)
                try directory.check()
                // libarchive does not know a zip without entries.
                if directory.entries == 0 { return }
            }
            let source = try ArchiveSource(path: path, packing: packing, packed: file.size, limits: limits)
            var seen: Set<String> = []
            var entries = 0
            var last: String?
            while let header = try source.nextHeader(after: last) {
                entries += 1
                guard entries <= limits.maximumEntries else {
                    throw ArchiveError.tooManyEntries(limit: limits.maximumEntries)
                }
                let size = archive_entry_size_is_set(header) != 0 ? archive_entry_size(header) : nil
                // Skipped entries count too: their bytes have to be unpacked to be passed over.
                try source.count(max(0, size ?? 0))
                let path = try EntryName.normalized(try name(of: header, after: last))
                last = path
                guard !EntryName.isSystemJunk(path), moru_entry_is_directory(header) == 0 else { continue }
                try refuseUnlessPlainFile(header, path)
                guard !path.isEmpty else { throw ArchiveError.refused(entry: path, .nameEmpty) }
                guard seen.insert(path).inserted else { throw ArchiveError.refused(entry: path, .duplicate) }
                try body(ArchiveEntry(path: path, size: size, source: source))
            }
        }
    }

    private func name(of header: OpaquePointer, after last: String?) throws(ArchiveError) -> String {
        guard let text = archive_entry_pathname_utf8(header) else {
            throw .refused(entry: last.map { "the entry after \($0)" } ?? "the first entry", .nameNotUTF8)
        }
        let bytes = UnsafeBufferPointer(
            start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text))
        guard bytes.count <= EntryName.maximumLength else {
            throw .refused(entry: String(decoding: bytes.prefix(64), as: UTF8.self), .nameTooLong)
        }
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw .refused(entry: String(decoding: bytes, as: UTF8.self), .nameNotUTF8)
        }
        return name
    }

    private func refuseUnlessPlainFile(_ header: OpaquePointer, _ path: String) throws(ArchiveError) {
        guard archive_entry_hardlink(header) == nil, moru_entry_is_symbolic_link(header) == 0 else {
            throw .refused(entry: path, .link)
        }
        guard moru_entry_is_regular(header) != 0 else { throw .refused(entry: path, .special) }
        guard archive_entry_is_encrypted(header) == 0 else { throw .refused(entry: path, .encrypted) }
        guard archive_entry_sparse_count(header) == 0 else { throw .refused(entry: path, .sparse) }
    }
}
