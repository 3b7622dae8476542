/// What somebody searches models for.
///
/// ``text`` may be empty: then the filters alone decide. Several ``tags`` of one key, and of different keys, must all
/// hold; each of them is met by any of its values.
public struct SearchQuery: Sendable, Hashable {
    /// What is asked for, in words or in the language of queries.
    public var text: String
    public var tags: [TagFilter]
    /// nil: by relevance where anything is asked for, else the models changed last; ``text`` may say another.
    public var sort: SearchSort?
    /// The context keys to count values of, such as `service` and `task`.
    public var facets: [String]
    /// Models of one page, 1 to 100.
    public var limit: Int
    /// The ``Page/next`` of the page before, the order of which goes on; nil for the first.
    public var cursor: String?
    /// Whether a ``text`` that cannot be read as it is meant is refused, rather than searched for as words.
    public var isStrict: Bool

    public init(
        text: String = "", tags: [TagFilter] = [], sort: SearchSort? = nil, facets: [String] = [], limit: Int = 20,
        cursor: String? = nil, isStrict: Bool = false
    ) {
        self.text = text
        self.tags = tags
        self.sort = sort
        self.facets = facets
        self.limit = min(max(limit, 1), 100)
        self.cursor = cursor
        self.isStrict = isStrict
    }

    /// A context key and the values of which a model must have one.
    public struct TagFilter: Sendable, Hashable {
        /// As in ``ContextTag/key``.
        public let key: String
        /// In folded form; never empty.
        public let values: [String]

        /// - Throws: `validation-failed` when the key or a value breaks the rule of ``ContextTag``.
        public init(key: some StringProtocol, values: [String]) throws(RegistryError) {
            var tags: [ContextTag] = []
            for value in values { tags.append(try ContextTag(key: key, value: value)) }
            guard !tags.isEmpty else {
                throw .invalid("tag", "a filter needs a value", ko: "필터에는 값이 있어야 합니다")
            }
            self.key = String(key)
            self.values = Array(Set(tags.map(\.folded))).sorted()
        }

        /// Reads `key:value` or `key:value,value`, where a comma means "or"; a text without a key is the key `tag`.
        /// A value in quotes may hold commas, and quotes twice.
        ///
        /// - Throws: `validation-failed` when the key or a value breaks the rule of ``ContextTag``.
        public init(_ text: some StringProtocol) throws(RegistryError) {
            let text = String(text)
            let colon = text.firstIndex(of: ":").flatMap { ContextTag.isKey(text[..<$0]) ? $0 : nil }
            let list = colon.map { text[text.index(after: $0)...] } ?? text[...]
            try self.init(
                key: colon.map { String(text[..<$0]) } ?? "tag", values: Self.values(of: list))
        }

        private static func values(of list: Substring) -> [String] {
            var (values, rest) = ([String](), list)
            while !rest.isEmpty {
                if let quoted = Self.quoted(rest) {
                    values.append(quoted.value)
                    rest = quoted.rest
                } else {
                    let value = rest.prefix { $0 != "," }
                    if !value.isEmpty { values.append(String(value)) }
                    rest = rest[value.endIndex...].dropFirst()
                }
            }
            return values
        }

        /// The value in quotes that a list begins with, and what is behind it and its comma.
        private static func quoted(_ list: Substring) -> (value: String, rest: Substring)? {
            guard list.first == "\"" else { return nil }
            var value = ""
            var rest = list.dropFirst()
            while let closing = rest.firstIndex(of: "\"") {
                value += rest[..<closing]
                rest = rest[closing...].dropFirst()
                guard rest.first == "\"" else { return rest.first ?? "," == "," ? (value, rest.dropFirst()) : nil }
                value.append("\"")
                rest = rest.dropFirst()
            }
            return nil
        }
    }
}
