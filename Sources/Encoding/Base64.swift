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
        let letters = alphabet == .standard ? standardLetters : urlSafeLetters
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

    private static let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardLetters = Array((common + "+/").utf8)
    private static let urlSafeLetters = Array((common + "-_").utf8)
}
