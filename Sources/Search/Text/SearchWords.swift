/// The words of a model as the index keeps them: tokens of a letter for the ``SearchLevel`` (`a` is 1, `o` is 15) and a
/// ``SearchTerm``, with a space between.
///
/// FTS5 indexes this text as it is, and the snapshot is built from it. The words of context tags are not among them:
/// they belong to the tags.
package enum SearchWords {
    /// A longer README only repeats itself.
    private static let readmeWords = 4000

    package static func tokens(name: String, title: String, summary: String, readme: String) -> String {
        var weights: [String: Double] = [:]
        func add(_ text: String, _ field: SearchLevel.Field) {
            let words = SearchText.words(text, maximum: readmeWords)
            for term in SearchText.terms(indexing: words, wholeWords: field != .readme) {
                weights[term, default: 0] += SearchLevel.weighted(1, in: field, length: words.count)
            }
        }
        add(name, .name)
        add(title, .title)
        add(summary, .summary)
        add(readme, .readme)
        for edge in SearchText.edges(ofName: name) { weights[edge] = SearchLevel.weighted(1, in: .name, length: 1) }
        return weights.map { letter(of: SearchLevel.level($0.value)) + $0.key }.sorted().joined(separator: " ")
    }

    package static func letter(of level: Int) -> String { String(UnicodeScalar(UInt8(0x60 + level))) }

    /// The level of a token's first byte.
    package static func level(ofLetter byte: UInt8) -> Int { Int(byte) - 0x60 }
}
