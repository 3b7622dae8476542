/// What a query asks of one context key.
package struct QueryClause: Sendable, Hashable {
    package enum Test: Sendable, Hashable {
        /// `key:v1,v2`: one of these values, as typed. Never empty.
        case values([String])
        /// `key@at<=50`, `key:5MB..`, "under 5 MB": a number, in the canonical unit of the key.
        case number(NumberRange)
        /// `has:key`: any value or number.
        case present
    }

    /// In lower case, as in ``ContextTag/key``: one that the vocabulary or models know.
    package let key: String
    /// The board or dataset after the `@`, in lower case.
    package let at: String?
    package let test: Test

    package init(key: String, at: String? = nil, test: Test) { (self.key, self.at, self.test) = (key, at, test) }

    /// The name of the numbers: `size`, `latency_ms@rpi5`.
    package var column: String { at.map { "\(key)@\($0)" } ?? key }
}
