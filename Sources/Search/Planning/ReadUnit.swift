/// Words of a query that ask for one thing.
struct ReadUnit: Sendable, Hashable {
    /// In the order of the query; Korean particles cut off.
    var words: [QueryWord]
    /// What the vocabulary knows by this name.
    var entries: [ContextVocabulary.Entry]

    var range: Range<Int> {
        (words.map(\.range.lowerBound).min() ?? 0)..<(words.map(\.range.upperBound).max() ?? 0)
    }

    /// Whether it says what a model does or is for.
    var namesTask: Bool { entries.contains { $0.key == "task" || $0.key == "service" } }

    /// The words with spaces between.
    var text: String { words.map(\.word.text).joined(separator: " ") }
}
