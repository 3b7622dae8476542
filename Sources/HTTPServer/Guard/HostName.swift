/// The form of a Host field (RFC 9110 §7.2, RFC 3986 §3.2.2): a name or address with an optional port.
enum HostName {
    /// - Returns: the host without its port, or nil when the form is wrong.
    static func host(of value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var end = 0
        if value.first == 0x5B {
            guard let close = value.firstIndex(of: 0x5D), close > 1 else { return nil }
            for byte in value[1..<close] where ASCII.hexValue(byte) == nil && byte != 0x3A && byte != 0x2E {
                return nil
            }
            end = close + 1
        } else {
            while end < value.count, isNameByte(value[end]) { end += 1 }
        }
        guard end > 0 else { return nil }
        if end < value.count {
            guard value[end] == 0x3A, value.count - end <= 6 else { return nil }
            for byte in value[(end + 1)...] where !ASCII.isDigit(byte) { return nil }
        }
        return UnsafeRawBufferPointer(rebasing: value[..<end])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
