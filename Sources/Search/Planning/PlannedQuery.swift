/// A query as the planner understood it.
package struct PlannedQuery: Sendable, Hashable {
    package var plan = SearchPlan()
    /// In the order of the query.
    package var understood: [UnderstoodItem] = []
    /// The whole query with mistyped words put right; nil when none was.
    package var corrected: String?
    /// Tags that what the query names leads to, the strongest first.
    package var associations: [Association] = []

    package init() {}
}
