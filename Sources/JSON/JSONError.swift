/// Why bytes are not the JSON that we accept, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What RFC 8259 or one of our own limits forbids.
    public enum Reason: Sendable, Hashable {
        case endOfInput
        case unexpectedByte(UInt8)
        case trailingBytes
        case duplicateKey(String)
        case invalidUTF8
        case loneSurrogate
        case invalidEscape
        case controlCharacter
        case invalidNumber
        case numberOutOfRange
        case tooDeep(maximum: Int)
    }

    public let reason: Reason
    /// The offset, in bytes from the start, of the first byte that is wrong.
    public let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "\(what) at byte \(offset)" }

    private var what: String {
        switch reason {
        case .endOfInput: "the JSON ends too early"
        case .unexpectedByte(let byte): "unexpected \(Self.name(byte))"
        case .trailingBytes: "something follows the JSON value"
        case .duplicateKey(let key): "the key \"\(key)\" is there twice"
        case .invalidUTF8: "the text is not UTF-8"
        case .loneSurrogate: "half a surrogate pair"
        case .invalidEscape: "an unknown escape"
        case .controlCharacter: "a control character that is not escaped"
        case .invalidNumber: "a number that is not JSON"
        case .numberOutOfRange: "a number out of range"
        case .tooDeep(let maximum): "arrays and objects nested deeper than \(maximum)"
        }
    }

    private static func name(_ byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    }
}
