import Synchronization

/// An archive made while it is read: stored, never compressed, and the same bytes each time for the same members.
///
/// It holds no thread and no more than one open file; whoever sends it asks for the next bytes. Pulls are serial.
public final class ArchiveStream: Sendable {
    /// Bytes of the whole archive, known before the first one is made.
    public let length: Int64
    private let state: Mutex<ArchiveStreamState>

    /// A zip (APPNOTE 6.3, zip64 where needed) of `members` in their order, each dated `modifiedAt` (Unix seconds, UTC).
    ///
    /// - Throws: ``ArchiveError/unwritable(entry:)``.
    public static func zip(_ members: [ArchiveMember], modifiedAt: Int64) throws(ArchiveError) -> ArchiveStream {
        try ArchiveStream(ZipFormat(modifiedAt: modifiedAt), members)
    }

    /// A POSIX tar (ustar, with pax headers for long and non-ASCII names and big files) of `members` in their order, each
    /// dated `modifiedAt` (Unix seconds).
    ///
    /// - Throws: ``ArchiveError/unwritable(entry:)``.
    public static func tar(_ members: [ArchiveMember], modifiedAt: Int64) throws(ArchiveError) -> ArchiveStream {
        try ArchiveStream(TarFormat(modifiedAt: modifiedAt), members)
    }

    private init(_ format: any ArchiveFormat, _ members: [ArchiveMember]) throws(ArchiveError) {
        length = try Self.length(of: members, in: format)
        state = Mutex(ArchiveStreamState(format: format, members: members[...]))
    }

    /// Fills `buffer` as far as the archive goes.
    ///
    /// - Returns: the bytes written; 0 at the end, or when `buffer` is empty.
    /// - Throws: ``ArchiveError/sizeChanged(entry:)``, ``ArchiveError/unreadable(path:errno:)``,
    ///   ``ArchiveError/cancelled``. The archive cannot be completed then.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        let result: Result<Int, ArchiveError> = state.withLock { state in
            guard !state.isCancelled else { return .failure(.cancelled) }
            var filled = 0
            do throws(ArchiveError) {
                while filled < buffer.count {
                    let count = try state.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
                    if count == 0 { break }
                    filled += count
                }
                return .success(filled)
            } catch {
                state.cancel()
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Closes what is open. Reading afterwards throws.
    public func cancel() {
        state.withLock { $0.cancel() }
    }

    /// Runs through the format with no contents, so that the length cannot differ from what will be written.
    private static func length(of members: [ArchiveMember], in format: any ArchiveFormat) throws(ArchiveError) -> Int64
    {
        var format = format
        var length: Int64 = 0
        for member in members {
            guard member.size >= 0, !member.path.isEmpty else { throw .unwritable(entry: member.path) }
            let header = Int64(try format.header(of: member, at: length).count)
            let trailer = Int64(format.trailer(crc: 0).count)
            let (size, overflow) = member.size.addingReportingOverflow(header + trailer)
            let (sum, overflow2) = length.addingReportingOverflow(size)
            // Far from the edge, so that the fixed additions of the formats cannot overflow either.
            guard !overflow, !overflow2, sum < 1 << 60 else { throw .unwritable(entry: member.path) }
            length = sum
        }
        return length + Int64(format.end(at: length).count)
    }
}
