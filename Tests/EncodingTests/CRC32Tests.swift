import Encoding
import Testing

@Suite struct `A check` {
    @Test(arguments: [("", 0), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43)] as [(String, UInt32)])
    func `of 32 bits is the one of zip`(text: String, crc: UInt32) { #expect(CRC32.value(of: Array(text.utf8)) == crc) }

    @Test(arguments: [1, 5, 15, 16, 17, 100])
    func `of 32 bits does not depend on the pieces`(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var pieces = CRC32()
        for start in stride(from: 0, to: bytes.count, by: size) {
            pieces.update(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        var single = CRC32()
        for byte in bytes { single.update([byte]) }
        #expect(pieces.value == single.value)
        #expect(CRC32.value(of: bytes) == single.value)
    }
}
