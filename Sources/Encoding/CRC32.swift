/// The cyclic redundancy check of zip, gzip and PNG (polynomial 0xEDB88320), fed piece by piece. It finds damage, not
/// malice.
public struct CRC32: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    public init() {}

    /// The check of all bytes so far.
    public var value: UInt32 { ~state }

    /// Takes further bytes in.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        let tables = Self.tables.start
        var crc = state
        var position = 0
        while position + 16 <= bytes.count {
            let first =
                UInt64(littleEndian: start.loadUnaligned(fromByteOffset: position, as: UInt64.self)) ^ UInt64(crc)
            let second = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self))
            crc = Self.fold(first, tables + 8 * 256) ^ Self.fold(second, tables)
            position += 16
        }
        while position < bytes.count {
            crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[position])) & 0xFF)]
            position += 1
        }
        state = crc
    }

    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The check of `bytes`.
    public static func value(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        var crc = CRC32()
        crc.update(bytes)
        return crc.value
    }

    /// The check of `bytes`.
    public static func value(of bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { value(of: $0) } }

    /// Takes eight bytes at once; `tables` begins with the table of the last of them.
    @inline(__always)
    private static func fold(_ word: UInt64, _ tables: UnsafePointer<UInt32>) -> UInt32 {
        var crc: UInt32 = 0
        for byte in 0..<8 {
            crc ^= tables[(7 - byte) * 256 + Int(truncatingIfNeeded: word >> UInt64(byte * 8) & 0xFF)]
        }
        return crc
    }

    /// Sixteen tables of 256: table n gives what a byte does that n bytes follow. Made once, never freed.
    ///
    /// `@unchecked Sendable` because nothing writes to it afterwards.
    private struct Tables: @unchecked Sendable { let start: UnsafePointer<UInt32> }

    private static let tables: Tables = {
        let tables = UnsafeMutablePointer<UInt32>.allocate(capacity: 16 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
            tables[byte] = crc
        }
        for entry in 256..<16 * 256 {
            let before = tables[entry - 256]
            tables[entry] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return Tables(start: UnsafePointer(tables))
    }()
}
