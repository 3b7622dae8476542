import Registry

/// A condition on the numbers of a key in words: `size<5MB` is "크기 < 5 MB".
struct ConditionWords {
    private let clause: QueryClause
    private let vocabulary: ContextVocabulary

    init(_ clause: QueryClause, _ vocabulary: ContextVocabulary) {
        (self.clause, self.vocabulary) = (clause, vocabulary)
    }

    /// nil for values, which are tags.
    var meaning: UnderstoodItem.Meaning? {
        let name = name
        switch clause.test {
        case .values: return nil
        case .present:
            return .init(
                condition: "has:\(clause.column)", label: Label(ko: "\(name.ko) 값 있음", en: "\(name.en) is given"))
        case .number(let range):
            let mark = range.allowsMissing
            let label = Label(
                ko: inWords(range, name.ko) + (mark ? " 또는 값 없음" : ""),
                en: inWords(range, name.en) + (mark ? " or not given" : ""))
            return .init(condition: typed(range) + (mark ? "?" : ""), label: label)
        }
    }

    private var name: Label {
        let known = vocabulary.key(clause.key)
        let name = known?.label ?? Label(ko: clause.key, en: clause.key)
        guard let at = clause.at else { return name }
        let place = vocabulary.label(key: known?.needsPlace?.rawValue ?? "board", folded: at)
        return Label(ko: "\(name.ko)(\(place?.ko ?? at))", en: "\(name.en) (\(place?.en ?? at))")
    }

    private func inWords(_ range: NumberRange, _ name: String) -> String {
        let (lower, upper) = (
            NumberUnit.shown(range.lower, key: clause.key), NumberUnit.shown(range.upper, key: clause.key)
        )
        let (above, below) = (range.includesLower ? "≥" : ">", range.includesUpper ? "≤" : "<")
        switch (range.lower.isFinite, range.upper.isFinite) {
        case (true, true) where range.lower == range.upper: return "\(name) = \(lower)"
        case (true, true): return "\(lower) \(range.includesLower ? "≤" : "<") \(name) \(below) \(upper)"
        case (true, false): return "\(name) \(above) \(lower)"
        case (false, true): return "\(name) \(below) \(upper)"
        case (false, false): return name
        }
    }

    /// In the language of queries.
    private func typed(_ range: NumberRange) -> String {
        let (lower, upper) = (
            NumberUnit.text(range.lower, key: clause.key), NumberUnit.text(range.upper, key: clause.key)
        )
        switch (range.lower.isFinite, range.upper.isFinite) {
        case (true, true) where range.lower == range.upper: return "\(clause.column)=\(lower)"
        case (true, true): return "\(clause.column):\(lower)..\(upper)"
        case (true, false): return "\(clause.column)\(range.includesLower ? ">=" : ">")\(lower)"
        case (false, true): return "\(clause.column)\(range.includesUpper ? "<=" : "<")\(upper)"
        case (false, false): return "has:\(clause.column)"
        }
    }
}
