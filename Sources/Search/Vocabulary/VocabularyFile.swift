/// The text of a file with entries for the vocabulary.
public struct VocabularyFile: Sendable {
    /// How errors name it: a path.
    public let name: String
    /// In the format of Documentation/vocabulary.md.
    public let text: String

    public init(name: String, text: String) {
        (self.name, self.text) = (name, text)
    }
}
