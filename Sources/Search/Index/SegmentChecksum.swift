/// A checksum of 64 bits that is as fast as memory: four lanes of multiply and rotate, in the manner of xxHash.
///
/// It tells damage, not malice.
package enum SegmentChecksum {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var (a, b, c, d) = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
        let whole = bytes.count & ~31
        var offset = 0
        while offset < whole {
            a = round(a, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            b = round(b, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            c = round(c, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
            d = round(d, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
            offset += 32
        }
        var sum = UInt64(bytes.count) &* prime2
        for lane in [a, b, c, d] { sum = (sum ^ round(0, lane)) &* prime1 &+ prime2 }
        while offset < bytes.count {
            sum = rotate(sum ^ UInt64(bytes[offset]) &* prime2, 11) &* prime1
            offset += 1
        }
        return mix(sum)
    }

    /// A hash of a term, the same on every machine and at every time.
    @inline(__always)
    static func hash(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        let raw = UnsafeRawPointer(bytes)
        var sum = UInt64(count) &* prime2 ^ prime1
        var offset = 0
        while offset + 8 <= count {
            sum = round(sum, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while offset < count {
            rest |= UInt64(bytes[offset]) &<< shift
            shift &+= 8
            offset &+= 1
        }
        return mix(round(sum, rest))
    }

    static func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return mix(prime1) }
            return hash(base, count: bytes.count)
        }
    }

    @inline(__always)
    private static func round(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        rotate(sum &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value &<< count | value &>> (64 &- count)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ value &>> 33) &* prime2
        value = (value ^ value &>> 29) &* prime1
        return value ^ value &>> 32
    }
}
