/// Reads the query language of search: words, phrases, `key:value`, comparisons, groups and plain constraints such as
/// "under 5 MB".
package enum QueryParser {
    /// Unicode scalars that are read; what comes after them is left out.
    package static let maximumLength = 512
    package static let maximumItems = 64
    /// Groups inside of each other.
    package static let maximumDepth = 8

    /// What `text` asks for. `isKey` tells whether a text that may be a context key is one that the vocabulary or models
    /// know: `yolo:v4` is a word while `yolo` is no key. `isNumber` tells whether a key may have numbers to order by.
    package static func parse(
        _ text: String, isKey: (String) -> Bool, isNumber: (String) -> Bool = { _ in true }
    ) -> ParsedQuery {
        withoutActuallyEscaping(isKey) { isKey in
            withoutActuallyEscaping(isNumber) { isNumber in
                read(text, QueryKeys(isKnown: isKey, isNumber: isNumber))
            }
        }
    }

    private static func read(_ text: String, _ keys: QueryKeys) -> ParsedQuery {
        let length = text.unicodeScalars.count
        var reader = QueryReader(QueryScalars(text.unicodeScalars.prefix(maximumLength)), keys: keys)
        let items = reader.readItems()
        var problems = reader.problems
        if length > maximumLength { problems.append(.tooLong(length)) }
        problems.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        return ParsedQuery(items: items, sort: reader.sort?.0, sortRange: reader.sort?.1, problems: problems)
    }
}
