import Registry

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

    /// Tells a problem of the text at the item that stands there, else at the next one, else at the last.
    mutating func tell(_ problem: QueryProblem) {
        let index = understood.firstIndex { $0.range.upperBound > problem.range.lowerBound } ?? understood.indices.last
        guard let index, understood[index].problem == nil else { return }
        understood[index].problem = Label(ko: problem.ko, en: problem.en)
    }
}
