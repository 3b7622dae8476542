/// A run of a query that has been read as a clause, if it is one.
struct QueryRun {
    var range: Range<Int>
    /// nil for a word.
    var clause: QueryNode?
    var problems: [QueryProblem]
}
