/// What those who ask may know of words and tags, as long as one plan is made: its parts ask for the same again and again.
final class PlanLexicon {
    private let lexicon: any SearchLexicon
    private let readers: SearchReaders
    let publicCount: Int
    private var termCounts: [String: Int] = [:]
    private var tagCounts: [Int64: Int] = [:]
    private var known: [[String]: Bool] = [:]
    private var keys: [String: Bool] = [:]
    private var valued: [[String]: [Int64]] = [:]
    private var holding: [[String]: [KnownTag]] = [:]
    private var tags: [Int64: KnownTag?] = [:]

    init(_ lexicon: any SearchLexicon, for readers: SearchReaders) {
        (self.lexicon, self.readers) = (lexicon, readers)
        publicCount = lexicon.publicCount
    }

    func publicCount(term: String) throws -> Int {
        try answer(term, in: \.termCounts) { try lexicon.publicCount(term: term) }
    }

    /// Of some terms, how many public models hold the rarest one.
    func least(of terms: [String]) throws -> Int {
        var least = Int.max
        for term in terms where least > 0 { least = min(least, try publicCount(term: term)) }
        return terms.isEmpty ? 0 : least
    }

    func publicCount(tag: Int64) throws -> Int {
        try answer(tag, in: \.tagCounts) { try lexicon.publicCount(tag: tag) }
    }

    /// Whether a model holds all terms, or a tag whose value does.
    func isKnown(_ terms: [String]) throws -> Bool {
        try answer(terms, in: \.known) { try lexicon.isKnown([terms], to: readers) }
    }

    /// Whether models have the key.
    func isKey(_ key: String) throws -> Bool {
        try answer(key, in: \.keys) { try lexicon.isKey(key, for: readers) }
    }

    /// The tags of a key with these folded values, by row id.
    func tags(key: String, values: [String]) throws -> [Int64] {
        try answer([key] + values, in: \.valued) { try lexicon.tags(key: key, values: values, for: readers) }
    }

    /// Tags whose value holds all terms, those in most public models first.
    func tags(holding terms: [String], limit: Int) throws -> [KnownTag] {
        try answer(terms + ["\(limit)"], in: \.holding) {
            try lexicon.tags(holding: terms, limit: limit, for: readers)
        }
    }

    /// Tags whose value or a word in it begins so, the commonest first.
    func tags(beginning text: String, limit: Int) throws -> [KnownTag] {
        try lexicon.tags(beginning: text, limit: limit, for: readers).map(\.tag)
    }

    func tag(_ id: Int64) throws -> KnownTag? {
        try answer(id, in: \.tags) { try lexicon.tag(id) }
    }

    /// See ``SearchLexicon/words(near:distance:limit:)``.
    func words(near word: String, distance: Int, limit: Int) throws -> [(word: String, distance: Int, count: Int)] {
        try lexicon.words(near: word, distance: distance, limit: limit)
    }

    /// See ``SearchLexicon/neighbours(of:keys:seeds:limit:)``.
    func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) throws -> [TagNeighbour] {
        try lexicon.neighbours(of: match, keys: keys, seeds: seeds, limit: limit)
    }

    private func answer<Question: Hashable, Answer>(
        _ question: Question, in answers: ReferenceWritableKeyPath<PlanLexicon, [Question: Answer]>,
        _ find: () throws -> Answer
    ) rethrows -> Answer {
        if let answer = self[keyPath: answers][question] { return answer }
        let answer = try find()
        self[keyPath: answers][question] = answer
        return answer
    }
}
