/// What a URL may hold to pick a version of a model.
public enum VersionSelector: Hashable, Sendable, CustomStringConvertible {
    /// Exactly this number.
    case number(VersionNumber)
    /// The version that an alias names.
    case alias(AliasName)
    /// The highest offered version in a range.
    case range(VersionRange)
    /// The version whose manifest has this digest.
    case manifest(Digest)

    /// - Throws: `selector-invalid` when `text` is none of the four.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        if let number = VersionNumber(parsing: text) {
            self = .number(number)
        } else if let alias = AliasName(parsing: text) {
            self = .alias(alias)
        } else if text.hasPrefix("sha256:"), let digest = Digest(hex: text.dropFirst(7)) {
            self = .manifest(digest)
        } else if let range = VersionRange(parsing: text) {
            self = .range(range)
        } else {
            throw RegistryError(
                .selectorInvalid,
                "a version is picked by a number (1.2.0), an alias (latest), a range (^1.2, 1.x) or sha256:…",
                ko: "버전은 번호(1.2.0), 별칭(latest), 범위(^1.2, 1.x) 또는 sha256:…로 고릅니다")
        }
    }

    /// Whether the selector always means the same version.
    public var isFixed: Bool {
        switch self {
        case .number, .manifest: true
        case .alias, .range: false
        }
    }

    public var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .alias(let alias): alias.rawValue
        case .range(let range): "\(range)"
        case .manifest(let digest): "\(digest)"
        }
    }
}
