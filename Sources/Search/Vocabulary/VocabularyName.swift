/// A name of the vocabulary, read once: every query that comes across it would read it again.
package struct VocabularyName: Sendable {
    package let words: [SearchText.Word]
    /// ``ContextVocabulary/phrase(_:)`` of the words.
    package let phrase: String
    /// The terms of a text that holds the words side by side.
    package let terms: [String]

    package init(_ name: String) {
        words = SearchText.words(name)
        phrase = ContextVocabulary.phrase(words)
        terms = SearchText.terms(asking: words)
    }
}
