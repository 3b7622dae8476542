/// Percent-encoding of URIs (RFC 3986 §2.1), in UTF-8.
public enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Encodes every byte that is neither unreserved (RFC 3986 §2.3) nor, in ASCII, one of `others`: `"/"` for a path.
    public static func encode(_ text: some StringProtocol, keeping others: String = "") -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            case _ where others.utf8.contains(byte): bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `?a=b&c=d`, or nothing when there are no items.
    public static func query(_ items: [(name: String, value: String)]) -> String {
        items.isEmpty ? "" : "?" + items.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// Decodes `%XX`; in a form (`ofForm`: the encoding of queries) also `+` as a space, and a NUL as U+FFFD.
    ///
    /// - Returns: Nil when an escape is malformed, or the bytes are not UTF-8 or, in no form, hold a NUL.
    public static func decode(_ text: some StringProtocol, ofForm: Bool = false) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            if byte == 0x25 {
                guard let high = rest.next().flatMap(value), let low = rest.next().flatMap(value) else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(ofForm && byte == 0x2B ? 0x20 : byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        guard bytes.contains(0) else { return text }
        return ofForm ? String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : nil
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit &- 0x30
        case 0x41...0x46: digit &- 0x41 &+ 10
        case 0x61...0x66: digit &- 0x61 &+ 10
        default: nil
        }
    }
}
