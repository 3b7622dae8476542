/// A piece of a query as its punctuation divides it.
struct QueryToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Anything else: a word or a clause. Quotes are in it only around the values of a clause.
        case run
        /// With its quotes.
        case phrase
        /// `OR` or `|`.
        case or
        /// A `-` directly before what it negates.
        case minus
        /// The brackets of a group.
        case open, close
    }

    var kind: Kind
    var range: Range<Int>
}
