/// The name of a variant: what a version offers one kind of device, such as `tflite-int8`; `default` where its author
/// named none.
///
/// `[a-z0-9][a-z0-9._-]{0,63}`.
public struct VariantName: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public static let `default` = VariantName(unchecked: "default")

    private init(unchecked text: String) {
        description = text
    }

    /// - Throws: `validation-failed` when `text` breaks the rule above.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, first.isLowercaseLetter || first.isDigit,
            bytes.allSatisfy({
                $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: ".")
            })
        else {
            throw .invalid(
                "variant", "a variant is a letter or digit, then up to 63 lower-case letters, digits, '-', '_' or '.'",
                ko: "변형 이름은 소문자나 숫자로 시작하고 소문자, 숫자, '-', '_', '.'를 63자까지 이어 씁니다")
        }
        description = String(text)
    }
}
