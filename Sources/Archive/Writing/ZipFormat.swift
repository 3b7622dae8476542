import Glibc

/// Stored zip entries (APPNOTE 6.3) with the CRC-32 in a data descriptor, since it is known only after the contents.
struct ZipFormat: ArchiveFormat {
    private struct Record {
        let name: [UInt8]
        let size: UInt64
        let offset: UInt64
        var crc: UInt32 = 0
        var isLong: Bool { size >= UInt64(UInt32.max) }
    }

    let needsChecksum = true
    private let date: UInt16
    private let time: UInt16
    private let modifiedAt: UInt32?
    private var records: [Record] = []

    /// Bit 3: sizes and CRC follow the contents. Bit 11: names are UTF-8 (APPNOTE 4.4.4).
    private static let flags: UInt16 = 1 << 3 | 1 << 11

    init(modifiedAt: Int64) {
        // DOS times begin in 1980 and end in 2107 (APPNOTE 4.4.6).
        var seconds = time_t(min(max(modifiedAt, 315_532_800), 4_354_819_198))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        date = UInt16(truncatingIfNeeded: (parts.tm_year - 80) << 9 | (parts.tm_mon + 1) << 5 | parts.tm_mday)
        time = UInt16(truncatingIfNeeded: parts.tm_hour << 11 | parts.tm_min << 5 | parts.tm_sec / 2)
        self.modifiedAt = Int32(exactly: modifiedAt).map { UInt32(bitPattern: $0) }
    }

    mutating func header(of member: ArchiveMember, at offset: Int64) throws(ArchiveError) -> [UInt8] {
        let name = [UInt8](member.path.utf8)
        guard name.count <= Int(UInt16.max), let size = UInt64(exactly: member.size),
            let offset = UInt64(exactly: offset)
        else { throw .unwritable(entry: member.path) }
        let record = Record(name: name, size: size, offset: offset)
        records.append(record)
        let extra = localExtra(record)
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(0x0403_4B50))
        bytes.append(littleEndian: record.isLong ? 45 : 20, Self.flags, 0 as UInt16, time, date)
        let size32: UInt32 = record.isLong ? .max : 0
        bytes.append(littleEndian: 0 as UInt32, size32, size32)
        bytes.append(littleEndian: UInt16(name.count), UInt16(extra.count))
        return bytes + name + extra
    }

    mutating func trailer(crc: UInt32) -> [UInt8] {
        guard let last = records.indices.last else { return [] }
        records[last].crc = crc
        let record = records[last]
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(0x0807_4B50), crc)
        if record.isLong {
            bytes.append(littleEndian: record.size, record.size)
        } else {
            let size = UInt32(truncatingIfNeeded: record.size)
            bytes.append(littleEndian: size, size)
        }
        return bytes
    }

    func end(at offset: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        for record in records { appendDirectoryEntry(of: record, to: &bytes) }
        let start = UInt64(bitPattern: offset)
        let size = UInt64(bytes.count)
        let count = UInt64(records.count)
        if start >= UInt64(UInt32.max) || size >= UInt64(UInt32.max) || count >= UInt64(UInt16.max) {
            bytes.append(littleEndian: UInt32(0x0606_4B50))
            bytes.append(littleEndian: 44 as UInt64)
            bytes.append(littleEndian: Self.madeBy, 45 as UInt16)
            bytes.append(littleEndian: 0 as UInt32, 0)
            bytes.append(littleEndian: count, count, size, start)
            bytes.append(littleEndian: UInt32(0x0706_4B50), 0)
            bytes.append(littleEndian: start + size)
            bytes.append(littleEndian: 1 as UInt32)
        }
        let shortCount = UInt16(clamping: count)
        bytes.append(littleEndian: UInt32(0x0605_4B50))
        bytes.append(littleEndian: 0 as UInt16, 0, shortCount, shortCount)
        bytes.append(littleEndian: UInt32(clamping: size), UInt32(clamping: start))
        bytes.append(littleEndian: 0 as UInt16)
        return bytes
    }

    /// Unix, format 4.5 (APPNOTE 4.4.2).
    private static let madeBy: UInt16 = 3 << 8 | 45

    private func appendDirectoryEntry(of record: Record, to bytes: inout [UInt8]) {
        let isFar = record.offset >= UInt64(UInt32.max)
        var extra = timeExtra
        if record.isLong || isFar {
            extra.append(littleEndian: 1 as UInt16, (record.isLong ? 16 : 0) + (isFar ? 8 : 0))
            if record.isLong { extra.append(littleEndian: record.size, record.size) }
            if isFar { extra.append(littleEndian: record.offset) }
        }
        bytes.append(littleEndian: UInt32(0x0201_4B50))
        bytes.append(littleEndian: Self.madeBy, record.isLong || isFar ? 45 : 20, Self.flags, 0, time, date)
        let size = record.isLong ? UInt32.max : UInt32(truncatingIfNeeded: record.size)
        bytes.append(littleEndian: record.crc, size, size)
        bytes.append(littleEndian: UInt16(record.name.count), UInt16(extra.count), 0, 0, 0)
        // A regular file that everyone may read, 0100644, in the upper half (Info-ZIP).
        bytes.append(littleEndian: 0o100644 << 16 as UInt32, UInt32(clamping: record.offset))
        bytes += record.name
        bytes += extra
    }

    private func localExtra(_ record: Record) -> [UInt8] {
        var extra = timeExtra
        if record.isLong {
            extra.append(littleEndian: 1 as UInt16, 16)
            extra.append(littleEndian: 0 as UInt64, 0)
        }
        return extra
    }

    /// The time in UTC, since DOS times have no zone: Info-ZIP's extended timestamp.
    private var timeExtra: [UInt8] {
        guard let modifiedAt else { return [] }
        var extra: [UInt8] = []
        extra.append(littleEndian: 0x5455 as UInt16, 5)
        extra.append(1)
        extra.append(littleEndian: modifiedAt)
        return extra
    }
}
