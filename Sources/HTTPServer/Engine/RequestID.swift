/// The 16 hexadecimal digits of a request id.
enum RequestID {
    static func write(_ id: UInt64, to target: UnsafeMutableRawPointer) {
        for index in 0..<16 {
            let nibble = UInt8(truncatingIfNeeded: id >> UInt64(60 - 4 * index)) & 15
            target.storeBytes(of: nibble < 10 ? 0x30 + nibble : 0x57 + nibble, toByteOffset: index, as: UInt8.self)
        }
    }

    static func text(_ id: UInt64) -> String {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            write(id, to: base)
            return UnsafeRawBufferPointer(buffer).text
        }
    }
}
