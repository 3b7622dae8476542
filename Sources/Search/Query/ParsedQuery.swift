/// A query as it was understood: all of its items must hold.
///
/// Every text is a query. What does not parse is read as words, and ``problems`` says so.
package struct ParsedQuery: Sendable, Hashable {
    /// In the order of the text; their ranges do not overlap. At most ``QueryParser/maximumItems``, nested ones counted.
    package var items: [QueryItem]
    /// What `sort:` asks for; nil without one. Of several the last.
    package var sort: QuerySort?
    /// Where ``sort`` stands in the text, counted as ``QueryItem/range``.
    package var sortRange: Range<Int>?
    /// In the order of their columns; empty when all was read as it was meant.
    package var problems: [QueryProblem]

    package init(
        items: [QueryItem] = [], sort: QuerySort? = nil, sortRange: Range<Int>? = nil, problems: [QueryProblem] = []
    ) {
        (self.items, self.sort, self.sortRange, self.problems) = (items, sort, sortRange, problems)
    }
}
