/// The order that a query asks for with `sort:`.
package enum QuerySort: Sendable, Hashable {
    /// `sort:score`: the best first.
    case score
    /// `sort:new`: the last updated first.
    case new
    /// `sort:size`, `sort:-latency_ms@rpi5`: by a number, the least first unless a `-` stands before it.
    case number(column: String, ascending: Bool)
}
