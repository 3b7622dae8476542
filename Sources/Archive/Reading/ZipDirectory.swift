/// The central directory of a zip, read before libarchive sees the file (APPNOTE 4.3.12–4.3.16).
///
/// libarchive reads entries that share bytes, and takes several old compression methods; both are refused here.
struct ZipDirectory {
    private struct Span {
        let start: Int64
        let end: Int64
        let name: String
    }

    private static let entryLength = 46
    private static let localHeaderLength: Int64 = 30
    private let directory: [UInt8]
    private let start: Int64
    let entries: Int

    /// - Throws: ``ArchiveError/damaged(entry:reason:)`` without a whole central directory just before the end record,
    ///   ``ArchiveError/tooManyEntries(limit:)``.
    init(_ file: borrowing ArchiveFile, maximumEntries: Int) throws(ArchiveError) {
        let tailLength = Int(min(file.size, 22 + 65_535))
        let tailStart = file.size - Int64(tailLength)
        let tail = ByteFields(try file.bytes(at: tailStart, count: tailLength))
        guard let end = tail.lastEndRecord() else {
            throw .damaged(entry: nil, reason: "the central directory is missing")
        }
        var count = Int64(tail.uint16(end + 10) ?? 0)
        var size = Int64(tail.uint32(end + 12) ?? 0)
        var start = Int64(tail.uint32(end + 16) ?? 0)
        var directoryEnd = tailStart + Int64(end)
        if let record = try Self.zip64Record(file, endRecord: directoryEnd) {
            let fields = ByteFields(try file.bytes(at: record, count: 56))
            guard fields.uint32(0) == 0x0606_4B50, let count64 = fields.int64(32), let size64 = fields.int64(40),
                let start64 = fields.int64(48)
            else { throw .damaged(entry: nil, reason: "the zip64 end record is damaged") }
            (count, size, start, directoryEnd) = (count64, size64, start64, record)
        }
        guard count <= Int64(maximumEntries) else { throw .tooManyEntries(limit: maximumEntries) }
        // Names, extra fields and comments may take 192 KB an entry; nobody's do.
        guard size <= 64 * 1024 * 1024 else { throw .damaged(entry: nil, reason: "the central directory is too large") }
        let (sum, overflow) = start.addingReportingOverflow(size)
        guard !overflow, sum == directoryEnd else {
            throw .damaged(entry: nil, reason: "the central directory is not where the end record says")
        }
        directory = try file.bytes(at: start, count: Int(size))
        self.start = start
        entries = Int(count)
    }

    /// - Throws: ``ArchiveError/refused(entry:_:)`` for encrypted and overlapping entries and for methods other than
    ///   stored and deflated, ``ArchiveError/damaged(entry:reason:)``.
    func check() throws(ArchiveError) {
        let fields = ByteFields(directory)
        var spans: [Span] = []
        spans.reserveCapacity(entries)
        var position = 0
        for _ in 0..<entries {
            guard fields.uint32(position) == 0x0201_4B50, let flags = fields.uint16(position + 8),
                let method = fields.uint16(position + 10), let nameLength = fields.uint16(position + 28),
                let extraLength = fields.uint16(position + 30), let commentLength = fields.uint16(position + 32),
                let name = fields.text(position + Self.entryLength, Int(nameLength)),
                let place = fields.zipPlace(position, Int(nameLength), Int(extraLength))
            else { throw .damaged(entry: spans.last?.name, reason: "the central directory is damaged") }
            // Unix (3) and macOS (19) keep the type of the file here; libarchive turns all but links into plain files.
            let system = fields.uint16(position + 4).map { $0 >> 8 }
            if system == 3 || system == 19, let attributes = fields.uint32(position + 38) {
                switch attributes >> 16 & 0o170000 {
                case 0, 0o040000, 0o100000: break
                case 0o120000: throw .refused(entry: name, .link)
                default: throw .refused(entry: name, .special)
                }
            }
            guard flags & 0x2041 == 0 else { throw .refused(entry: name, .encrypted) }
            guard method == 0 || method == 8 else { throw .refused(entry: name, .compressionMethod) }
            let (end, overflow) = place.offset.addingReportingOverflow(
                Self.localHeaderLength + Int64(nameLength) + min(place.packed, start))
            guard !overflow, place.packed <= start, end <= start else {
                throw .damaged(entry: name, reason: "the entry lies outside the archive")
            }
            spans.append(Span(start: place.offset, end: end, name: name))
            position += Self.entryLength + Int(nameLength) + Int(extraLength) + Int(commentLength)
        }
        guard position == directory.count else {
            throw .damaged(entry: spans.last?.name, reason: "the central directory is damaged")
        }
        spans.sort { $0.start < $1.start }
        for (one, next) in zip(spans, spans.dropFirst()) where next.start < one.end {
            throw .refused(entry: next.name, .overlapping)
        }
    }

    /// Where the zip64 end record lies, if its locator stands right before the end record.
    private static func zip64Record(_ file: borrowing ArchiveFile, endRecord: Int64) throws(ArchiveError) -> Int64? {
        guard endRecord >= 20 else { return nil }
        let locator = ByteFields(try file.bytes(at: endRecord - 20, count: 20))
        guard locator.uint32(0) == 0x0706_4B50 else { return nil }
        guard let record = locator.int64(8), record >= 0, record < endRecord else {
            throw .damaged(entry: nil, reason: "the zip64 locator is damaged")
        }
        return record
    }
}
