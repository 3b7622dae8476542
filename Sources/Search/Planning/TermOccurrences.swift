/// Where terms stand in a text.
struct TermOccurrences {
    private var isFound: [Bool]
    private var all: [(term: Int, words: Range<Int>)] = []

    /// Of none yet; terms are numbers below `terms`.
    init(terms: Int) { isFound = Array(repeating: false, count: terms) }

    /// A term needs all of some words that stand side by side.
    mutating func add(_ term: Int, at words: Range<Int>) {
        isFound[term] = true
        all.append((term, words))
    }

    /// Whether all of some terms stand anywhere.
    func holds(_ terms: [Int]) -> Bool { terms.allSatisfy { isFound[$0] } }

    /// The fewest words side by side that hold all of some terms; the first such of a text of `count` words.
    func place(of terms: [Int], longest: Int, in count: Int) -> Range<Int>? {
        for length in 1...longest {
            for start in 0..<max(0, count - length + 1) {
                let window = start..<start + length
                let isMet = terms.allSatisfy { term in
                    all.contains {
                        $0.term == term && $0.words.lowerBound >= window.lowerBound
                            && $0.words.upperBound <= window.upperBound
                    }
                }
                if isMet { return window }
            }
        }
        return nil
    }
}
