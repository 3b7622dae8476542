import CArchive
import Glibc

/// One open archive: the libarchive handle and what has been unpacked from it so far.
///
/// Formats and filters are switched on one by one, so that the other parsers of libarchive are never reached.
final class ArchiveSource {
    struct Block {
        let bytes: UnsafeRawBufferPointer
        let offset: Int64
    }

    private let handle: OpaquePointer
    private let limits: ArchiveLimits
    private let packed: Int64
    private var unpacked: Int64 = 0
    private let input: (any CompressedInput)?
    /// Why the input stopped, which libarchive cannot carry.
    private var inputFailure: ArchiveError?

    init(path: String, packing: Packing, packed: Int64, limits: ArchiveLimits) throws(ArchiveError) {
        guard let handle = archive_read_new() else { throw .unreadable(path: path, errno: ENOMEM) }
        self.handle = handle
        self.limits = limits
        self.packed = packed
        input =
            switch packing {
            case .zip, .tar: nil
            case .gzip: try GzipInput(path: path)
            case .zstd: try FilteredInput(path: path, isXZ: false)
            case .xz: try FilteredInput(path: path, isXZ: true)
            }
        if packing == .zip {
            // Not the streaming reader: it would take a zip that lost its central directory.
            archive_read_support_format_zip_seekable(handle)
        } else {
            archive_read_support_format_tar(handle)
        }
        let result =
            input == nil
            ? archive_read_open_filename(handle, path, 256 * 1024)
            : archive_read_open(handle, Unmanaged.passUnretained(self).toOpaque(), nil, readCompressedInput, nil)
        guard result == ARCHIVE_OK else { throw .ofSystem(handle, path: path) ?? .unsupported }
    }

    deinit { archive_read_free(handle) }

    /// The next header, or nil at the proper end of the archive.
    func nextHeader(after last: String?) throws(ArchiveError) -> OpaquePointer? {
        var entry: OpaquePointer?
        switch archive_read_next_header(handle, &entry) {
        case ARCHIVE_OK:
            return entry
        case ARCHIVE_EOF:
            try checkEnd(after: last)
            return nil
        default:
            // Until a first header was read nothing shows that the file is an archive at all.
            if last == nil, archive_format(handle) == 0 { throw .unsupported }
            throw damaged(last)
        }
    }

    func nextBlock(of path: String) throws(ArchiveError) -> Block? {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        switch archive_read_data_block(handle, &start, &count, &offset) {
        case ARCHIVE_OK: return Block(bytes: UnsafeRawBufferPointer(start: start, count: count), offset: offset)
        case ARCHIVE_EOF: return nil
        default: throw damaged(path)
        }
    }

    /// Adds unpacked bytes, declared or received, to what the limits are about.
    func count(_ bytes: Int64) throws(ArchiveError) {
        let (sum, overflow) = unpacked.addingReportingOverflow(bytes)
        guard !overflow else { throw .tooLarge(limit: limits.maximumBytes) }
        unpacked = sum
        try limits.check(unpacked: unpacked, packed: packed)
    }

    /// libarchive takes the end of the file for the end of a tar, so a tar cut between two entries would pass:
    /// the end is proper only after a block of zeros (POSIX pax, "ustar Interchange Format").
    private func checkEnd(after last: String?) throws(ArchiveError) {
        if let inputFailure { throw inputFailure }
        guard archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR else { return }
        guard archive_filter_bytes(handle, 0) - archive_read_header_position(handle) >= 512 else {
            throw .damaged(entry: last, reason: "the end of the archive is missing")
        }
        while let rest = try input?.next() { try count(Int64(rest.count)) }
    }

    private func damaged(_ entry: String?) -> ArchiveError {
        if case .damaged(_, let reason)? = inputFailure { return .damaged(entry: entry, reason: reason) }
        if let inputFailure { return inputFailure }
        if let failure = ArchiveError.ofSystem(handle, path: entry ?? "archive") { return failure }
        let reason = archive_error_string(handle).map { String(cString: $0) } ?? "unreadable"
        return .damaged(entry: entry, reason: reason)
    }

    fileprivate func nextInput(_ start: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        do throws(ArchiveError) {
            guard let bytes = try input?.next() else { return 0 }
            start?.pointee = bytes.baseAddress
            return bytes.count
        } catch {
            inputFailure = error
            return -1
        }
    }
}

/// `archive_read_callback`: the number of bytes, 0 at the end, -1 on failure.
private func readCompressedInput(
    _: OpaquePointer?, _ source: UnsafeMutableRawPointer?, _ start: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> Int {
    guard let source else { return -1 }
    return Unmanaged<ArchiveSource>.fromOpaque(source).takeUnretainedValue().nextInput(start)
}

extension ArchiveError {
    /// What a failed system call below libarchive means, which is no fault of the archive; nil for other failures.
    static func ofSystem(_ handle: OpaquePointer, path: String) -> ArchiveError? {
        let code = archive_errno(handle)
        let system = [EIO, ENOSPC, EDQUOT, EMFILE, ENFILE, ENOMEM, EACCES, ENOENT]
        return system.contains(code) ? .unreadable(path: path, errno: code) : nil
    }
}
