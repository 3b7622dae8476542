/// The name of an alias, a movable name for a version: `latest`, `stable`, `production`…
///
/// `[a-z][a-z0-9-]{0,63}`: never a number, a range or a digest, so that a selector has one meaning.
public struct AliasName: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    /// The alias that the server keeps itself: the highest published version that is no prerelease.
    public static let latest = AliasName(unchecked: "latest")

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    /// - Throws: `validation-failed` when `text` breaks the rule above.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        guard let alias = AliasName(parsing: text) else {
            throw .invalid(
                "alias", "an alias is a lower-case letter, then up to 63 letters, digits or '-'; 'x' alone is a range",
                ko: "별칭은 영문 소문자로 시작하고 소문자, 숫자, '-'를 63자까지 이어 씁니다. 'x' 하나는 범위라서 쓸 수 없습니다")
        }
        self = alias
    }

    /// nil when `text` is not an alias; `x` is a range.
    public init?(parsing text: some StringProtocol) {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, first.isLowercaseLetter,
            bytes.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") }), text != "x"
        else { return nil }
        rawValue = String(text)
    }

    public var description: String { rawValue }
}
