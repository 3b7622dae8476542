/// The words of a text, to look for those that meet a unit in other words than the query's.
struct MetWords {
    private let words: [SearchText.Word]
    private let terms: Set<String>

    /// The most words of a name.
    private static let longest = 5
    private static let maximum = 200

    init(_ text: String) {
        words = SearchText.words(text, maximum: Self.maximum)
        terms = Set(SearchText.terms(indexing: words, wholeWords: true))
    }

    /// The words that meet the unit where the text does not hold the unit's own; nil when none do.
    func word(for unit: PlanUnit) -> String? {
        guard let first = unit.alternatives.first, !holds(first) else { return nil }
        for alternative in unit.alternatives where alternative.isStrong && holds(alternative) {
            guard case .terms(let wanted) = alternative.match else { continue }
            if let found = place(of: wanted) { return words[found].map(\.text).joined(separator: " ") }
        }
        return nil
    }

    private func holds(_ alternative: PlanAlternative) -> Bool {
        guard case .terms(let wanted) = alternative.match else { return false }
        return !wanted.isEmpty && terms.isSuperset(of: wanted)
    }

    /// The fewest words side by side that hold all terms.
    private func place(of wanted: [String]) -> Range<Int>? {
        for length in 1...Self.longest {
            for start in 0..<max(0, words.count - length + 1) {
                let window = words[start..<start + length]
                if Set(SearchText.terms(indexing: window, wholeWords: true)).isSuperset(of: wanted) {
                    return start..<start + length
                }
            }
        }
        return nil
    }
}
