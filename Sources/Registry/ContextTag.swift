/// One `key:value` of the context of a model, a version or a variant; what devices and people search by.
///
/// The key is `[a-z][a-z0-9_.-]{0,63}`; the value is NFC, trimmed, 1–128 bytes and compared in folded form. A tag
/// written without a key has the key `tag`.
public struct ContextTag: Sendable, CustomStringConvertible {
    /// `[a-z][a-z0-9_.-]{0,63}`.
    public let key: String
    /// As its author wrote it.
    public let value: String
    /// ``value`` as it is compared.
    public let folded: String

    /// - Throws: `validation-failed` when the key or the value breaks the rule above.
    public init(key: some StringProtocol, value: some StringProtocol) throws(RegistryError) {
        guard Self.isKey(key) else {
            throw .invalid(
                "context", "a context key is a lower-case letter, then up to 63 letters, digits, '_', '.' or '-'",
                ko: "컨텍스트 키는 영문 소문자로 시작하고 소문자, 숫자, '_', '.', '-'를 63자까지 이어 씁니다")
        }
        let text = String(value).trimmingWhitespace.normalizedNFC
        guard (1...128).contains(text.utf8.count), !text.unicodeScalars.contains(where: \.isInvisible) else {
            throw .invalid(
                "context", "a context value has 1 to 128 bytes and no invisible characters",
                ko: "컨텍스트 값은 1~128바이트이며 보이지 않는 문자를 쓸 수 없습니다")
        }
        self.key = String(key)
        self.value = text
        self.folded = text.folded
    }

    /// Reads `key:value`; a text without a colon, or with something else than a key before it, is a bare tag.
    ///
    /// - Throws: `validation-failed` when the value breaks the rule above.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        if let colon = text.firstIndex(of: ":"), Self.isKey(text[..<colon]) {
            try self.init(key: text[..<colon], value: text[text.index(after: colon)...])
        } else {
            try self.init(key: "tag", value: text)
        }
    }

    public var description: String { "\(key):\(value)" }

    /// Whether `text` may be a key: a lower-case letter, then up to 63 of these, digits, `_`, `.` and `-`.
    public static func isKey(_ text: some StringProtocol) -> Bool {
        text.withUTF8Bytes { bytes in
            guard (1...64).contains(bytes.count), let first = bytes.first, first.isLowercaseLetter else { return false }
            return bytes.allSatisfy {
                $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "-")
            }
        }
    }

    /// Context of a model, version or variant: without repeats (the first spelling stays), in the order of key
    /// and folded value.
    ///
    /// - Throws: `validation-failed` when there are more than 256.
    public static func set(_ tags: [ContextTag]) throws(RegistryError) -> [ContextTag] {
        var unique: [ContextTag] = []
        for tag in tags.sorted() where unique.last != tag { unique.append(tag) }
        guard unique.count <= 256 else {
            throw .invalid("context", "at most 256 context tags", ko: "컨텍스트 태그는 최대 256개입니다")
        }
        return unique
    }
}

extension ContextTag: Hashable, Comparable {
    public static func == (left: ContextTag, right: ContextTag) -> Bool {
        left.key == right.key && left.folded == right.folded
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        hasher.combine(folded)
    }

    public static func < (left: ContextTag, right: ContextTag) -> Bool {
        left.key == right.key
            ? left.folded.utf8.lexicographicallyPrecedes(right.folded.utf8)
            : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
}
