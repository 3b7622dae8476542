/// Finds the words of texts that meet the units of a plan in other words than the query's.
///
/// It is for the models of one answer, whose texts share most of their words: what a word says is looked at once.
package final class MetWords {
    private let wanted: WantedTerms
    private let units: [Unit]
    private var known: [WordKey: WantedTerms.Reading] = [:]

    /// The most words of a text that are looked at.
    static let maximum = 200
    /// The most words of a name.
    private static let longest = 5

    private struct Unit {
        /// The query's own words, where a text that holds them side by side holds the terms of ``first``.
        var literal: [String] = []
        /// The numbers of the terms that the query's own words stand for; nil where no terms do.
        var first: [Int]?
        /// The numbers of the terms of each strong alternative.
        var strong: [[Int]] = []
    }

    package init(_ plan: SearchPlan) {
        var wanted = WantedTerms()
        units = plan.units.map { unit in
            guard unit.rarity > 0, !unit.text.isEmpty else { return Unit() }
            func numbers(_ alternative: PlanAlternative) -> [Int]? {
                guard case .terms(let terms) = alternative.match, !terms.isEmpty else { return nil }
                return terms.map { wanted.number(of: $0) }
            }
            var own = Unit()
            own.first = unit.alternatives.first.flatMap(numbers)
            own.strong = unit.alternatives.filter(\.isStrong).compactMap(numbers)
            if own.first != nil, case .terms(let terms)? = unit.alternatives.first?.match {
                let words = SearchText.words(unit.text)
                let says = Set(SearchText.terms(asking: words)).isSuperset(of: terms)
                own.literal = says ? words.map(\.text) : []
            }
            return own
        }
        self.wanted = wanted
    }

    /// The words of `text` that meet each unit of `met` (a bit each) where the text does not hold the unit's own.
    ///
    /// - Returns: The places of units, in rising order, and the words.
    package func words(of text: String, for met: UInt64) -> [(unit: Int, words: String)] {
        let words = SearchText.words(text, maximum: Self.maximum)
        let asked = units.indices.filter { place in
            met >> UInt64(place) & 1 == 1 && !units[place].strong.isEmpty && !holds(units[place].literal, words)
        }
        if asked.isEmpty { return [] }
        let found = occurrences(in: words)
        return asked.compactMap { place in
            let unit = units[place]
            if let first = unit.first, found.holds(first) { return nil }
            for wanted in unit.strong where found.holds(wanted) {
                guard let range = found.place(of: wanted, longest: Self.longest, in: words.count) else { continue }
                return (place, words[range].map(\.text).joined(separator: " "))
            }
            return nil
        }
    }

    private func holds(_ literal: [String], _ words: [SearchText.Word]) -> Bool {
        guard let first = literal.first, words.count >= literal.count else { return false }
        return (0...words.count - literal.count).contains { start in
            words[start].text == first && literal.indices.allSatisfy { words[start + $0].text == literal[$0] }
        }
    }

    /// Where the wanted terms stand.
    private func occurrences(in words: [SearchText.Word]) -> TermOccurrences {
        var found = TermOccurrences(terms: wanted.count)
        var last: WantedTerms.Reading?
        for (place, word) in words.enumerated() {
            let key = WordKey(text: word.text)
            let reading: WantedTerms.Reading
            if let read = known[key] {
                reading = read
            } else {
                reading = wanted.read(word)
                known[key] = reading
            }
            for term in reading.terms { found.add(term, at: place..<place + 1) }
            if let last, let term = wanted.term(between: last, reading) { found.add(term, at: place - 1..<place + 1) }
            last = reading
        }
        return found
    }
}
