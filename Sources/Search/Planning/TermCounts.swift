/// How many public models hold a term, asked once for each term of a query: names of what goes with its parts repeat.
final class TermCounts {
    private let lexicon: any SearchLexicon
    private var known: [String: Int] = [:]

    init(_ lexicon: any SearchLexicon) { self.lexicon = lexicon }

    func count(of term: String) throws -> Int {
        if let count = known[term] { return count }
        let count = try lexicon.publicCount(term: term)
        known[term] = count
        return count
    }

    /// Of the terms, the count of the rarest one.
    func least(of terms: [String]) throws -> Int {
        var least = Int.max
        for term in terms where least > 0 { least = min(least, try count(of: term)) }
        return terms.isEmpty ? 0 : least
    }
}
