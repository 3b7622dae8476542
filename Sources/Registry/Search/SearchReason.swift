/// Why a model was found.
public struct SearchReason: Sendable, Hashable {
    /// The words of the query that it matches, as they were asked.
    public let terms: [String]
    /// Its tags that match them, as `key:value`.
    public let tags: [String]
    /// Ways from the query to its tags: `["불법주정차", "service:illegal-parking", "object:license-plate"]`.
    public let paths: [[String]]
    /// Words of the model that say what a term says otherwise.
    public let words: [Word]

    public init(terms: [String], tags: [String], paths: [[String]] = [], words: [Word] = []) {
        (self.terms, self.tags, self.paths, self.words) = (terms, tags, paths, words)
    }

    /// A word of the query, and the word of the model that meets it: 사람, `pedestrian`.
    public struct Word: Sendable, Hashable {
        /// As it was asked.
        public let term: String
        /// As the model has it.
        public let word: String

        public init(term: String, word: String) { (self.term, self.word) = (term, word) }
    }
}
