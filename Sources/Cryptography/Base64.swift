/// Base64 (RFC 4648).
public enum Base64 {
    /// Which characters stand for 62 and 63, and whether the end is filled up.
    public enum Alphabet: Sendable {
        /// Section 4: `+` and `/`, with padding.
        case standard
        /// Section 5: `-` and `_`, without padding.
        case urlSafe
    }

    /// The text of `bytes`, in one line.
    public static func encode(_ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard) -> String {
        let letters = letters(alphabet)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var width = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            width += 8
            while width >= 6 {
                width -= 6
                text.append(letters[Int(bits >> UInt32(width) & 63)])
            }
        }
        if width > 0 { text.append(letters[Int(bits << UInt32(6 - width) & 63)]) }
        if alphabet == .standard {
            while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of `text`, or nil when it is not exactly what ``encode(_:alphabet:)`` would write.
    public static func decode(_ text: some StringProtocol, alphabet: Alphabet = .standard) -> [UInt8]? {
        var digits = Array(text.utf8)
        if alphabet == .standard {
            guard digits.count.isMultiple(of: 4) else { return nil }
            var padding = 0
            while padding < 2, digits.last == UInt8(ascii: "=") {
                digits.removeLast()
                padding += 1
            }
        }
        guard digits.count % 4 != 1 else { return nil }
        let values = alphabet == .standard ? standardValues : urlSafeValues
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var width = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            width += 6
            if width >= 8 {
                width -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
            }
        }
        // Bits left over would make two texts of the same bytes.
        guard bits & (1 << UInt32(width) - 1) == 0 else { return nil }
        return bytes
    }

    private static func letters(_ alphabet: Alphabet) -> [UInt8] {
        switch alphabet {
        case .standard: standardLetters
        case .urlSafe: urlSafeLetters
        }
    }

    private static let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardLetters = Array((common + "+/").utf8)
    private static let urlSafeLetters = Array((common + "-_").utf8)
    private static let standardValues = values(of: standardLetters)
    private static let urlSafeValues = values(of: urlSafeLetters)

    private static func values(of letters: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }
}
