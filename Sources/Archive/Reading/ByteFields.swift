/// Little-endian fields at checked places in bytes that somebody sent.
struct ByteFields {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func uint16(_ offset: Int) -> UInt16? { integer(offset, 2).map { UInt16($0) } }
    func uint32(_ offset: Int) -> UInt32? { integer(offset, 4).map { UInt32($0) } }
    func int64(_ offset: Int) -> Int64? { integer(offset, 8).flatMap { Int64(exactly: $0) } }

    func text(_ offset: Int, _ length: Int) -> String? {
        guard offset >= 0, length >= 0, offset <= bytes.count - length else { return nil }
        return String(decoding: bytes[offset..<offset + length], as: UTF8.self)
    }

    /// The last end of central directory record whose comment reaches exactly to the end of the file.
    func lastEndRecord() -> Int? {
        var offset = bytes.count - 22
        while offset >= 0 {
            if uint32(offset) == 0x0605_4B50, let comment = uint16(offset + 20),
                offset + 22 + Int(comment) == bytes.count
            {
                return offset
            }
            offset -= 1
        }
        return nil
    }

    /// Local header offset and packed size of the central directory entry at `entry`, from its zip64 extra field where
    /// the short fields say so (APPNOTE 4.5.3).
    func zipPlace(_ entry: Int, _ nameLength: Int, _ extraLength: Int) -> (offset: Int64, packed: Int64)? {
        guard let packed = uint32(entry + 20), let unpacked = uint32(entry + 24), let offset = uint32(entry + 42) else {
            return nil
        }
        let isLong = packed == .max || offset == .max
        guard isLong else { return (Int64(offset), Int64(packed)) }
        var field = entry + 46 + nameLength
        let end = field + extraLength
        while field + 4 <= end, let id = uint16(field), let length = uint16(field + 2) {
            defer { field += 4 + Int(length) }
            guard id == 1, field + 4 + Int(length) <= end else { continue }
            var value = field + 4 + (unpacked == .max ? 8 : 0)
            var place = (offset: Int64(offset), packed: Int64(packed))
            if packed == .max {
                guard let long = int64(value) else { return nil }
                place.packed = long
                value += 8
            }
            if offset == .max {
                guard let long = int64(value) else { return nil }
                place.offset = long
                value += 8
            }
            guard value <= field + 4 + Int(length), place.offset >= 0, place.packed >= 0 else { return nil }
            return place
        }
        return nil
    }

    private func integer(_ offset: Int, _ length: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - length else { return nil }
        var value: UInt64 = 0
        for index in stride(from: offset + length - 1, through: offset, by: -1) {
            value = value << 8 | UInt64(bytes[index])
        }
        return value
    }
}
