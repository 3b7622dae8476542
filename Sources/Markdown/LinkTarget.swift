import Encoding

/// Where a link or a picture leads, after the check of everything that browsers do with a URL (WHATWG URL §4.4).
enum LinkTarget: Hashable {
    /// http, https or mailto, percent-encoded.
    case absolute(String)
    /// Relative to the README or to the portal, percent-encoded.
    case relative(String)

    private static let maximumLength = 2048

    /// Nil for every other scheme, `//host`, backslashes, controls, user names in front of a host, and overlong URLs.
    init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength else { return nil }
        guard scalars.first != " ",
            !scalars.contains(where: { SafeText.isUnwanted($0) || $0.value < 0x20 || $0 == "\\" })
        else { return nil }
        let end = text.utf8.firstIndex { ":/?#".utf8.contains($0) }
        guard let end, text.utf8[end] == UInt8(ascii: ":") else {
            guard !text.hasPrefix("//") else { return nil }
            self = .relative(Self.encoded(text))
            return
        }
        let rest = text[text.utf8.index(after: end)...]
        switch text[..<end].lowercased() {
        case "http", "https":
            guard rest.hasPrefix("//") else { return nil }
            let authority = rest.dropFirst(2).prefix { !"/?#".contains($0) }
            guard let first = authority.first, first != ":", !authority.contains("@"), !authority.contains(" ") else {
                return nil
            }
        case "mailto":
            guard !rest.isEmpty else { return nil }
        default:
            return nil
        }
        self = .absolute(Self.encoded(text))
    }

    var url: String {
        switch self {
        case .absolute(let url), .relative(let url): url
        }
    }

    /// Everything outside RFC 3986's characters as %XX. A `%` stays: it is either an escape or harmless.
    private static func encoded(_ text: String) -> String {
        PercentEncoding.encode(text, keeping: ":/?#[]@!$&()*+,;=%")
    }
}
