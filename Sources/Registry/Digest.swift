/// The address of a blob: `sha256:` and 64 lower-case hexadecimal digits, as in OCI.
///
/// A value of this type has been checked: holding one is the proof.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The 64 hexadecimal digits.
    public let hex: String

    /// - Throws: `validation-failed` when `text` has another form.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        guard text.hasPrefix("sha256:"), let digest = Digest(hex: text.dropFirst(7)) else {
            throw .invalid(
                "digest", "a digest is sha256: and 64 lower-case hexadecimal digits",
                ko: "다이제스트는 sha256: 뒤에 소문자 16진수 64자리입니다")
        }
        self = digest
    }

    /// The digest with these 64 lower-case hexadecimal digits; nil when `hex` has another form.
    public init?(hex: some StringProtocol) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy(\.isLowercaseHexDigit) else { return nil }
        self.hex = String(hex)
    }

    public var description: String { "sha256:\(hex)" }
}

extension UInt8 {
    var isLowercaseHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
    package var isLowercaseLetter: Bool { (0x61...0x7a).contains(self) }
    package var isDigit: Bool { (0x30...0x39).contains(self) }
    var isUppercaseLetter: Bool { (0x41...0x5a).contains(self) }
}
