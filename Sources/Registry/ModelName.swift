/// The unique, URL-safe name of a model: `namespace/name`, such as `demo/person-detector`.
///
/// Each part is 1–128 bytes of lower-case letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit.
/// A value of this type has been checked: holding one is the proof.
public struct ModelName: Hashable, Sendable, CustomStringConvertible {
    /// Whose it is: the part before the slash.
    public let namespace: String
    /// The part after the slash, unique in the namespace.
    public let name: String

    /// - Throws: `validation-failed` when a part breaks the rule above.
    public init(namespace: some StringProtocol, name: some StringProtocol) throws(RegistryError) {
        guard Self.isPart(namespace) else {
            throw .invalid("namespace", Self.rule, ko: Self.koreanRule)
        }
        guard Self.isPart(name) else {
            throw .invalid("name", Self.rule, ko: Self.koreanRule)
        }
        self.namespace = String(namespace)
        self.name = String(name)
    }

    /// - Throws: `validation-failed` when `text` is not two parts joined by one slash.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        let text = String(text)
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/"))
        guard let slash, !text.utf8[text.utf8.index(after: slash)...].contains(UInt8(ascii: "/")) else {
            throw .invalid("name", "a model is named namespace/name", ko: "모델 이름은 네임스페이스/이름입니다")
        }
        try self.init(namespace: text[..<slash], name: text[text.utf8.index(after: slash)...])
    }

    public var description: String { "\(namespace)/\(name)" }

    /// Whether `text` may be a namespace or the name of a model in one.
    public static func isPart(_ text: some StringProtocol) -> Bool {
        text.withUTF8Bytes { bytes in
            guard (1...128).contains(bytes.count), let first = bytes.first, let last = bytes.last,
                first.isLowercaseLetter || first.isDigit, last.isLowercaseLetter || last.isDigit
            else { return false }
            return bytes.allSatisfy {
                $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: ".")
            }
        }
    }

    private static let rule =
        "1 to 128 lower-case letters, digits, '-', '_' or '.', beginning and ending with a letter or digit"
    private static let koreanRule = "영문 소문자, 숫자, '-', '_', '.'로 된 1~128자이며 처음과 끝은 글자나 숫자입니다"
}
