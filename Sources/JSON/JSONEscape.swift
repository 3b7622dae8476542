/// Copies text into JSON strings, eight bytes at a time where nothing needs an escape.
enum JSONEscape {
    /// Writes `bytes` as they stand between the quotes of a JSON string to `target`, which has room for six times as
    /// many, and says how many were written.
    static func copy(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>) -> Int {
        guard let source = bytes.baseAddress else { return 0 }
        var output = target
        var position = 0
        while position + 8 <= bytes.count {
            let word = source.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if needsEscape(word) {
                for offset in position..<position + 8 { write(bytes[offset], to: &output) }
            } else {
                UnsafeMutableRawPointer(output).storeBytes(of: word, as: UInt64.self)
                output += 8
            }
            position += 8
        }
        while position < bytes.count {
            write(bytes[position], to: &output)
            position += 1
        }
        return output - target
    }

    /// Whether `text` stands in a JSON string as it is.
    static func isPlain(_ text: StaticString) -> Bool {
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            .allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    @inline(__always)
    static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Whether one of the eight bytes is a control character, a quote or a backslash.
    ///
    /// The classic test for "a byte less than n": it may err only towards the slow way.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        let quote = word ^ 0x2222_2222_2222_2222
        let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let found =
            ((word &- 0x2020_2020_2020_2020) & ~word) | ((quote &- 0x0101_0101_0101_0101) & ~quote)
            | ((backslash &- 0x0101_0101_0101_0101) & ~backslash)
        return found & 0x8080_8080_8080_8080 != 0
    }

    @inline(__always)
    private static func write(_ byte: UInt8, to output: inout UnsafeMutablePointer<UInt8>) {
        if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
            output.pointee = byte
            output += 1
        } else {
            escape(byte, to: &output)
        }
    }

    /// The escapes of RFC 8785 §3.2.2.2: the short ones where there are, else `\u00xx`.
    @inline(never)
    private static func escape(_ byte: UInt8, to output: inout UnsafeMutablePointer<UInt8>) {
        output[0] = UInt8(ascii: "\\")
        let letter: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            default: nil
            }
        if let letter {
            output[1] = letter
            output += 2
            return
        }
        output[1] = UInt8(ascii: "u")
        output[2] = UInt8(ascii: "0")
        output[3] = UInt8(ascii: "0")
        output[4] = hexDigit(byte >> 4)
        output[5] = hexDigit(byte & 15)
        output += 6
    }
}
