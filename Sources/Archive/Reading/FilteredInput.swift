import CArchive
import Glibc

/// zstd or xz through libarchive, as one nameless stream.
final class FilteredInput: CompressedInput {
    private let handle: OpaquePointer

    /// - Throws: ``ArchiveError/unsupported``.
    init(path: String, isXZ: Bool) throws(ArchiveError) {
        guard let handle = archive_read_new() else { throw .unreadable(path: path, errno: ENOMEM) }
        self.handle = handle
        if isXZ { archive_read_support_filter_xz(handle) } else { archive_read_support_filter_zstd(handle) }
        archive_read_support_format_raw(handle)
        var entry: OpaquePointer?
        guard archive_read_open_filename(handle, path, 256 * 1024) == ARCHIVE_OK,
            archive_read_next_header(handle, &entry) == ARCHIVE_OK
        else { throw .ofSystem(handle, path: path) ?? .unsupported }
    }

    deinit { archive_read_free(handle) }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        while true {
            switch archive_read_data_block(handle, &start, &count, &offset) {
            case ARCHIVE_OK: if count > 0 { return UnsafeRawBufferPointer(start: start, count: count) }
            case ARCHIVE_EOF: return nil
            default:
                throw .ofSystem(handle, path: "archive")
                    ?? .damaged(entry: nil, reason: "the compressed stream is damaged or cut short")
            }
        }
    }
}
