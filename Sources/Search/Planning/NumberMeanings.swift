import Registry

/// What a clause about a number asks of which columns: the same is told in thousands, in percent, under other keys.
struct NumberMeanings {
    private let clause: QueryClause
    private let vocabulary: ContextVocabulary

    init(_ clause: QueryClause, _ vocabulary: ContextVocabulary) {
        (self.clause, self.vocabulary) = (clause, vocabulary)
    }

    /// That there is a value under any of the keys.
    var present: PlanCondition {
        let columns = columns
        return columns.count == 1 ? .has(columns[0]) : .any(columns.map(PlanCondition.has))
    }

    /// That a number is in a range, which is one of the clause's own key.
    func condition(_ range: NumberRange) -> PlanCondition {
        var given = range
        given.allowsMissing = false
        let ranges = keys.flatMap { inPercent(scaled(given, to: $0), key: $0) }
        guard ranges.count > 1 else { return .number(range) }
        let any = ranges.map(PlanCondition.number)
        return .any(range.allowsMissing ? any + [.not(present)] : any)
    }

    /// Where such a number stands.
    var columns: [String] { keys.map(column) }

    private var keys: [String] { vocabulary.keys(counting: clause.key) }

    private func column(_ key: String) -> String { clause.at.map { "\(key)@\($0)" } ?? key }

    private func scaled(_ range: NumberRange, to key: String) -> NumberRange {
        let (from, to) = (vocabulary.key(clause.key)?.scale?.factor ?? 1, vocabulary.key(key)?.scale?.factor ?? 1)
        var range = from == to ? range : range.times(from, over: to)
        range.column = column(key)
        return range
    }

    /// Some tell a ratio in percent. More than 1 can mean nothing else, in a query and in a model.
    private func inPercent(_ range: NumberRange, key: String) -> [NumberRange] {
        guard vocabulary.key(key)?.unit == .ratio else { return [range] }
        let isPercent = [range.lower, range.upper].contains { $0.isFinite && $0 > 1 }
        var ratio = isPercent ? range.times(1, over: 100) : range
        var percent = isPercent ? range : range.times(100, over: 1)
        if ratio.upper > 1 { (ratio.upper, ratio.includesUpper) = (1, true) }
        if percent.lower <= 1 { (percent.lower, percent.includesLower) = (1, false) }
        return [ratio, percent].filter { $0.lower <= $0.upper }
    }
}

extension NumberRange {
    /// The range in another unit; what is at an end in one unit is at it in the other, though neither is told exactly.
    fileprivate func times(_ factor: Double, over divisor: Double) -> NumberRange {
        func moved(_ end: Double, down: Bool) -> Double {
            let end = end * factor / divisor
            return end.isFinite ? end + abs(end) * (down ? -1e-12 : 1e-12) : end
        }
        var range = self
        range.lower = moved(lower, down: includesLower)
        range.upper = moved(upper, down: !includesUpper)
        return range
    }
}
