/// Conditional requests, in the order of RFC 9110 §13.2.2.
package enum Precondition {
    package enum Verdict: Sendable, Hashable { case proceed, notModified, failed }

    /// For GET and HEAD of a representation that exists.
    package static func evaluate(_ fields: Fields, tag: EntityTag?, lastModified: Int64?) -> Verdict {
        if let match = fields["If-Match"] {
            if !matches(match, tag, strongly: true) { return .failed }
        } else if let since = fields["If-Unmodified-Since"].flatMap({ HTTPDate.parse($0) }), let lastModified,
            lastModified > since
        {
            return .failed
        }
        if let match = fields["If-None-Match"] {
            return matches(match, tag, strongly: false) ? .notModified : .proceed
        }
        if let since = fields["If-Modified-Since"].flatMap({ HTTPDate.parse($0) }), let lastModified,
            lastModified <= since
        {
            return .notModified
        }
        return .proceed
    }

    /// Whether Range may be heeded: If-Range is absent, or names this very representation (RFC 9110 §13.1.5).
    package static func allowsRange(_ fields: Fields, tag: EntityTag?, lastModified: Int64?) -> Bool {
        guard let condition = fields["If-Range"] else { return true }
        if let date = HTTPDate.parse(condition) { return lastModified == date }
        return tags(in: condition).count == 1 && matches(condition, tag, strongly: true)
    }

    /// Whether a list of tags, or `*`, names `tag`.
    package static func matches(_ list: String, _ tag: EntityTag?, strongly: Bool) -> Bool {
        if ASCII.trimmed(list[...]) == "*" { return true }
        guard let tag else { return false }
        return tags(in: list).contains { strongly ? $0.matchesStrongly(tag) : $0.matchesWeakly(tag) }
    }

    /// Reads `"a", W/"b"`; stops at what is malformed. A comma may stand inside the quotes.
    package static func tags(in list: String) -> [EntityTag] {
        var tags: [EntityTag] = []
        var rest = Array(list.utf8)[...]
        while true {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) else { return tags }
            tags.append(EntityTag(String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self), isWeak: isWeak))
            rest = rest[(end + 1)...]
        }
    }
}
