/// Why a model was found.
public struct SearchReason: Sendable, Hashable {
    /// The words of the query that it matches, as they were asked.
    public let terms: [String]
    /// Its tags that match them, as `key:value`.
    public let tags: [String]
    /// Ways from the query to its tags: `["불법주정차", "service:illegal-parking", "object:license-plate"]`.
    public let paths: [[String]]

    public init(terms: [String], tags: [String], paths: [[String]] = []) {
        (self.terms, self.tags, self.paths) = (terms, tags, paths)
    }
}
