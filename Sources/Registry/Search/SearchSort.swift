/// The order of found models; ties are broken by the newer model.
public enum SearchSort: Sendable, Hashable {
    /// Models that match all words first, then by how strongly.
    case relevance
    case updated
    /// Most downloads of the last 30 days first.
    case downloads
    case name
    /// By a number such as `size` or `latency_ms@rpi5`: the least one of each model first, or the greatest one; models
    /// without any come last.
    case number(String, ascending: Bool)

    /// Reads `relevance`, `updated` or `new`, `downloads`, `name`, or the column of a number, with `-` before it for the
    /// greatest first; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "relevance": self = .relevance
        case "updated", "new": self = .updated
        case "downloads": self = .downloads
        case "name": self = .name
        default:
            let isAscending = text.first != "-"
            let column = isAscending ? text[...] : text.dropFirst()
            guard Self.isColumn(column) else { return nil }
            self = .number(String(column), ascending: isAscending)
        }
    }

    /// A context key, and where it has one `@` with the board or data set.
    private static func isColumn(_ text: Substring) -> Bool {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let key = parts.first, ContextTag.isKey(key) else { return false }
        return parts.count < 2 || (1...128).contains(parts[1].utf8.count) && !parts[1].contains(where: \.isWhitespace)
    }
}
