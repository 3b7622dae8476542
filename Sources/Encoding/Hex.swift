/// Hexadecimal digits, written in lower case.
public enum Hex {
    private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

    /// Two digits for each byte.
    public static func encode(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { encode($0) } }

    public static func encode(_ bytes: some Collection<UInt8>) -> String { encode(Array(bytes)) }

    public static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            digits.withUnsafeBufferPointer { digits in
                for (position, byte) in bytes.enumerated() {
                    text[position * 2] = digits[Int(byte >> 4)]
                    text[position * 2 + 1] = digits[Int(byte & 15)]
                }
            }
            return bytes.count * 2
        }
    }

    /// The bytes of `text`, or nil when it has an odd length or other characters. Upper case is read too.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 16 else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    /// What each byte stands for as a digit; 255 for none.
    private static let values: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case let byte where ("0"..."9").contains(Unicode.Scalar(byte)): byte - 48
        case let byte where ("a"..."f").contains(Unicode.Scalar(byte)): byte - 87
        case let byte where ("A"..."F").contains(Unicode.Scalar(byte)): byte - 55
        default: 255
        }
    }
}
