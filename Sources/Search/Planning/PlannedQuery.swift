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
    /// What was left out, as there was too much of it; in the order of the query.
    package var leftOut: [QueryProblem] = []

    package init() {}

    /// Tells a problem of the text at the item that stands there, else at the next one, else at the last. Words of one run
    /// that could not be read become one item again; `text` is the query as typed.
    mutating func tell(_ problem: QueryProblem, in text: [Unicode.Scalar]) {
        join(wordsIn: problem.range, text)
        let index = understood.firstIndex { $0.range.upperBound > problem.range.lowerBound } ?? understood.indices.last
        guard let index, understood[index].problem == nil else { return }
        understood[index].problem = Label(ko: problem.ko, en: problem.en)
    }

    private mutating func join(wordsIn range: Range<Int>, _ text: [Unicode.Scalar]) {
        let range = range.clamped(to: text.indices)
        let isRun = !range.isEmpty && !text[range].contains { $0.properties.isWhitespace }
        guard isRun else { return }
        var run = range
        while run.lowerBound > 0, !text[run.lowerBound - 1].properties.isWhitespace {
            run = run.lowerBound - 1..<run.upperBound
        }
        while run.upperBound < text.count, !text[run.upperBound].properties.isWhitespace {
            run = run.lowerBound..<run.upperBound + 1
        }
        let places = understood.indices.filter { understood[$0].range.overlaps(run) }
        guard places.count > 1, let first = places.first, let last = places.last,
            places.allSatisfy({ understood[$0].kind == .word && !understood[$0].isNegated })
        else { return }
        let parts = understood[first...last]
        let whole = understood[first].range.lowerBound..<understood[last].range.upperBound
        guard whole.upperBound <= text.count else { return }
        let item = UnderstoodItem(
            text: String(String.UnicodeScalarView(text[whole])), range: whole, kind: .word,
            meanings: parts.flatMap(\.meanings), problem: parts.compactMap(\.problem).first)
        understood.replaceSubrange(first...last, with: [item])
    }
}
