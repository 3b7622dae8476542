/// Row ids of tags as `search_document` keeps them: 32 bits each, the lowest byte first.
enum TagList {
    static func bytes(_ tags: [Int64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tags.count * 4)
        for tag in tags {
            let tag = UInt32(truncatingIfNeeded: tag)
            bytes += [UInt8(tag & 0xFF), UInt8(tag >> 8 & 0xFF), UInt8(tag >> 16 & 0xFF), UInt8(tag >> 24)]
        }
        return bytes
    }

    static func tags(_ bytes: UnsafeRawBufferPointer) -> [Int64] {
        (0..<bytes.count / 4).map { place in
            Int64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self)))
        }
    }
}
