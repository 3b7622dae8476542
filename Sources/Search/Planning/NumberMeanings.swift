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
        let columns = keys.map(column)
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

    private var keys: [String] { vocabulary.keys(like: clause.key) }

    private func column(_ key: String) -> String { clause.at.map { "\(key)@\($0)" } ?? key }

    private func scaled(_ range: NumberRange, to key: String) -> NumberRange {
        let (from, to) = (vocabulary.key(clause.key)?.scale?.factor ?? 1, vocabulary.key(key)?.scale?.factor ?? 1)
        var range = range
        range.column = column(key)
        (range.lower, range.upper) = (range.lower * from / to, range.upper * from / to)
        return range
    }

    /// Some tell a ratio in percent. More than 1 can mean nothing else, in a query and in a model.
    private func inPercent(_ range: NumberRange, key: String) -> [NumberRange] {
        guard vocabulary.key(key)?.unit == .ratio,
            [range.lower, range.upper].contains(where: { $0.isFinite && $0 > 1 })
        else { return [range] }
        var (percent, ratio) = (range, range)
        if percent.lower <= 1 { (percent.lower, percent.includesLower) = (1, false) }
        (ratio.lower, ratio.upper) = (ratio.lower / 100, ratio.upper / 100)
        if ratio.upper > 1 { (ratio.upper, ratio.includesUpper) = (1, true) }
        return [percent, ratio]
    }
}
