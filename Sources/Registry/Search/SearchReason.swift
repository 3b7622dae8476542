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
    /// The smallest variant that meets the query, where not every one does; of a query for a size, always.
    public var variant: Variant?

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

    /// A variant of the latest version.
    public struct Variant: Sendable, Hashable {
        /// As its author called it: `int8`.
        public let name: String
        /// Bytes of its files.
        public let size: Int64
        /// Its own; empty where the version's holds.
        public let precision: [String]

        public init(name: String, size: Int64, precision: [String]) {
            (self.name, self.size, self.precision) = (name, size, precision)
        }
    }
}
