/// A part of a query that can be taken out of it.
package struct QueryItem: Sendable, Hashable {
    package let node: QueryNode
    /// As typed.
    package let text: String
    /// Where ``text`` stands, in Unicode scalars of the query from 0. Cutting it out leaves the query without the item.
    package let range: Range<Int>

    package init(_ node: QueryNode, text: String, range: Range<Int>) {
        (self.node, self.text, self.range) = (node, text, range)
    }
}
