package import Registry
import Search

/// How many models there would be without a part of a search that finds none: the parts that are to blame have many.
package struct FoundWithout: Sendable, Hashable {
    /// Per item of the text, by its place in Unicode scalars; of the first eight.
    package let items: [Item]
    /// Per filter beside the text, in the order in which they were given; of the first eight.
    package let filters: [Filter]
    /// Without the text altogether; nil where it, or what remains, is empty.
    package let text: Int?
    /// Without any filter; nil where there are not several, or no text.
    package let allFilters: Int?

    package struct Item: Sendable, Hashable {
        package let range: Range<Int>
        package let count: Int
    }

    package struct Filter: Sendable, Hashable {
        package let filter: SearchQuery.TagFilter
        package let count: Int
    }
}

extension SearchReading {
    private static let maximumParts = 8

    /// What each part of a query keeps from being found, counted of what the readers may see.
    func without(
        _ query: SearchQuery, _ understood: [UnderstoodItem], order: SearchOrder
    ) throws -> FoundWithout {
        func count(_ text: String, _ tags: [SearchQuery.TagFilter]) throws -> Int {
            var less = query
            (less.text, less.tags) = (text, tags)
            return try index.find(
                SearchRequest(plan(less, isPart: true).planned.plan, for: readers, order: order, limit: 0)
            ).total
        }
        let scalars = Array(query.text.unicodeScalars)
        func rest(without range: Range<Int>) -> String {
            let range = range.clamped(to: scalars.indices)
            var text = String.UnicodeScalarView(scalars[..<range.lowerBound])
            text.append(" ")
            text.append(contentsOf: scalars[range.upperBound...])
            return String(text)
        }
        let items = try understood.filter { $0.kind != .sort }.prefix(Self.maximumParts).map { item in
            FoundWithout.Item(range: item.range, count: try count(rest(without: item.range), query.tags))
        }
        let filters = try query.tags.indices.prefix(Self.maximumParts).map { place in
            var others = query.tags
            let filter = others.remove(at: place)
            return FoundWithout.Filter(filter: filter, count: try count(query.text, others))
        }
        return FoundWithout(
            items: items, filters: filters,
            text: query.text.isEmpty || query.tags.isEmpty ? nil : try count("", query.tags),
            allFilters: query.text.isEmpty || query.tags.count < 2 ? nil : try count(query.text, []))
    }
}
