public import JSON
public import Registry

/// What to search a server for; an empty request lists everything that the caller may see.
public struct SearchRequest: Sendable {
    /// Words in Korean or English, or the language of queries.
    public var text = ""
    /// Whether a text that cannot be read as it is meant is refused, rather than searched for as words.
    public var isStrict = false
    /// The id of a service type that models must have.
    public var service: String?
    public var tags: [ContextTag] = []
    /// Formats of which a model must have one.
    public var formats: [String] = []
    /// `relevance`, `new`, `downloads`, `name`, or the key of a number, with `-` for the greatest first.
    public var sort: String?
    /// Models of one page, 1 to 100; nil leaves it to the server.
    public var limit: Int?
    /// The ``Page/next`` of the page before; nil for the first.
    public var cursor: String?

    public init() {}

    var query: [(String, String)] {
        var items: [(String, String)] = text.isEmpty ? [] : [("q", text)]
        if isStrict { items.append(("strict", "1")) }
        if let service { items.append(("service", service)) }
        items += tags.map { ("tag", "\($0)") } + formats.map { ("format", $0) }
        if let sort { items.append(("sort", sort)) }
        if let limit { items.append(("limit", String(limit))) }
        if let cursor { items.append(("cursor", cursor)) }
        return items
    }
}

/// One page of a search.
public struct SearchAnswer: Sendable {
    public let page: Page<RemoteModel>
    /// What was searched for instead of the text given, when that was misspelt.
    public let corrected: String?
    /// Whether any word suffices, as too few models have all of them.
    public let isRelaxed: Bool
    /// All that the server said.
    public let json: JSONValue
}

extension RegistryClient {
    /// Models by text and context, best first.
    public func search(_ request: SearchRequest) throws -> SearchAnswer {
        let json = try get(Self.models, request.query)
        let answer = try JSONAnswer(json)
        let items = try answer.array("items").map { try RemoteModel($0) }
        return SearchAnswer(
            page: Page(items: items, total: Int(clamping: try answer.integer("total")), next: json["next"]?.string),
            corrected: json["corrected"]?.string, isRelaxed: json["understood"]?["relaxed"]?.bool ?? false, json: json)
    }
}
