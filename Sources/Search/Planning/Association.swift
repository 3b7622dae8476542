/// A context tag that words of a query lead to.
package struct Association: Sendable, Hashable {
    /// The words, as they stand in the query.
    package let from: String
    /// Its ``KnownTag/id`` is 0 where no model has the tag yet.
    package let tag: KnownTag
    /// 0 to 1000, as in ``TagNeighbour/strength``.
    package let strength: Int
    /// Public models that show it; 0 where only the seed ontology says so.
    package let support: Int
    /// From the words to the tag: `["불법주정차", "service:illegal-parking", "object:license-plate"]`.
    package let path: [String]

    package init(from: String, tag: KnownTag, strength: Int, support: Int, path: [String]) {
        (self.from, self.tag, self.strength, self.support, self.path) = (from, tag, strength, support, path)
    }
}
