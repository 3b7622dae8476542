/// What an item of a query asks for.
package indirect enum QueryNode: Sendable, Hashable {
    /// A word as typed, full-width letters made narrow. It may hold punctuation, and nothing else: then it says nothing.
    case word(String)
    /// Words that begin so: `yolo*`. It holds a letter or a number.
    case prefix(String)
    /// Words side by side: `"license plate"`. Not empty, without quotes.
    case phrase(String)
    case clause(QueryClause)
    /// One of these lists, all of it: `a OR (b c)` is `[[a], [b, c]]`, the group `(a b)` is `[[a, b]]`. No list is empty.
    case any([[QueryItem]])
    /// Not this: never another negation.
    case not(QueryItem)
}
