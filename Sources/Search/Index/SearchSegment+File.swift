import Glibc

extension SearchSegment {
    /// Writes the segment from the place where the file stands. The caller syncs and renames.
    package func write(to descriptor: Int32, stamp: SegmentStamp) throws(SegmentError) {
        let header = SegmentMemory(zeroed: SegmentMemory.headerLength)
        header.base.copyMemory(from: memory.base, byteCount: SegmentMemory.headerLength)
        header.stamp = stamp
        // The sections are summed up where they are; only the header is copied.
        let sections = UnsafeRawBufferPointer(
            start: memory.base + SegmentMemory.headerLength, count: memory.length - SegmentMemory.headerLength)
        let sum = SegmentMemory.checksum(header: header.base, sections: sections)
        header.base.storeBytes(of: sum, toByteOffset: SegmentMemory.checksumOffset, as: UInt64.self)
        try Self.write(UnsafeRawBufferPointer(start: header.base, count: header.length), to: descriptor)
        try Self.write(sections, to: descriptor)
    }

    /// Reads a segment from the place where the file stands to its end.
    ///
    /// - Throws: ``SegmentError`` for everything that ``write(to:stamp:)`` has not written as it is.
    package static func read(from descriptor: Int32) throws(SegmentError) -> (SearchSegment, SegmentStamp) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        let start = lseek(descriptor, 0, SEEK_CUR)
        guard start >= 0 else { throw .system(errno) }
        let length = Int(status.st_size) - Int(start)
        guard length >= SegmentMemory.headerLength else { throw .unknownFormat }
        let header = SegmentMemory(zeroed: SegmentMemory.headerLength)
        try read(header.base, SegmentMemory.headerLength, from: descriptor)
        // What the header says is known to be sensible before memory is taken for it.
        try header.check(length: length)
        let memory = SegmentMemory(zeroed: length)
        memory.base.copyMemory(from: header.base, byteCount: header.length)
        try read(memory.base + header.length, length - header.length, from: descriptor)
        let sections = UnsafeRawBufferPointer(start: memory.base + header.length, count: length - header.length)
        let sum = SegmentMemory.checksum(header: memory.base, sections: sections)
        guard sum == memory.base.load(fromByteOffset: SegmentMemory.checksumOffset, as: UInt64.self) else {
            throw .damaged
        }
        let segment = SearchSegment(memory)
        try segment.check()
        return (segment, memory.stamp)
    }

    /// The same segment in pages of the file that it was saved to, from the place where the file stands.
    ///
    /// Nobody may write into the file while the copy is there; another file of the same name does no harm.
    ///
    /// - Returns: nil when the file is not the segment, byte for byte, or cannot be mapped.
    package func mapped(from descriptor: Int32) -> SearchSegment? {
        var status = stat()
        let start = lseek(descriptor, 0, SEEK_CUR)
        guard start >= 0, fstat(descriptor, &status) == 0, Int(status.st_size) - Int(start) == byteCount,
            let copy = SegmentMemory(mapping: descriptor, from: Int(start), length: byteCount)
        else { return nil }
        // The checksum and the stamp between are those of the file.
        let table = SegmentMemory.tableOffset
        guard memcmp(copy.base, memory.base, SegmentMemory.checksumOffset) == 0,
            memcmp(copy.base + table, memory.base + table, byteCount - table) == 0
        else { return nil }
        return SearchSegment(copy)
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SegmentError) {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            let count = Glibc.write(descriptor, base + done, min(bytes.count - done, 1 << 26))
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            done += count
        }
    }

    private static func read(
        _ base: UnsafeMutableRawPointer, _ length: Int, from descriptor: Int32
    ) throws(SegmentError) {
        var done = 0
        while done < length {
            let count = Glibc.read(descriptor, base + done, min(length - done, 1 << 26))
            if count == 0 { throw .wrongLength }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            done += count
        }
    }
}

extension SegmentMemory {
    var stamp: SegmentStamp {
        get {
            SegmentStamp(
                sequence: base.load(fromByteOffset: Self.stampOffset, as: Int64.self),
                origin: base.load(fromByteOffset: Self.stampOffset + 8, as: UInt64.self))
        }
        set {
            base.storeBytes(of: newValue.sequence, toByteOffset: Self.stampOffset, as: Int64.self)
            base.storeBytes(of: newValue.origin, toByteOffset: Self.stampOffset + 8, as: UInt64.self)
        }
    }

    /// Of everything but the checksum itself.
    static func checksum(header: UnsafeRawPointer, sections: UnsafeRawBufferPointer) -> UInt64 {
        let after = checksumOffset + 8
        let begin = SegmentChecksum.of(UnsafeRawBufferPointer(start: header, count: checksumOffset))
        let table = SegmentChecksum.of(UnsafeRawBufferPointer(start: header + after, count: headerLength - after))
        return (begin &* 31 &+ table) &* 31 &+ SegmentChecksum.of(sections)
    }

    /// Checks a header that was read: that it is one of ours, of a file of this length, and that the sections lie in it.
    func check(length: Int) throws(SegmentError) {
        guard base.load(as: UInt64.self) == Self.magic,
            base.load(fromByteOffset: 8, as: UInt32.self) == Self.format,
            base.load(fromByteOffset: 12, as: UInt32.self) == UInt32(SegmentSection.allCases.count)
        else { throw .unknownFormat }
        guard base.load(fromByteOffset: 16, as: UInt64.self) == UInt64(length) else { throw .wrongLength }
        var end = UInt64(Self.headerLength)
        for section in SegmentSection.allCases {
            let entry = Self.tableOffset + section.rawValue * 16
            let start = base.load(fromByteOffset: entry, as: UInt64.self)
            let size = base.load(fromByteOffset: entry + 8, as: UInt64.self)
            guard start == end, size <= UInt64(length) - start else { throw .damaged }
            end = (start + size + 63) & ~63
            guard end <= UInt64(length) else { throw .damaged }
        }
    }
}
