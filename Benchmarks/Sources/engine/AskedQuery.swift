import Registry

struct AskedQuery: Sendable {
    let text: String
    let filters: [SearchQuery.TagFilter]
}
