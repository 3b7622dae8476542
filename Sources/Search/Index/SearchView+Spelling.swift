extension SearchView {
    package func words(
        near word: String, distance: Int, limit: Int
    ) -> [(word: String, distance: Int, count: Int)] {
        let speller = WordSlips(WordLetters.letters(of: word), limit: distance)
        var near: [String: Int] = [:]
        for part in parts { part.segment.forEachWord(near: speller) { near[$0] = $1 } }
        guard !near.isEmpty else { return [] }
        let found = SegmentScratch.with { scratch in
            let queries = parts.map { SegmentQuery(visibleTo: .anonymous, in: $0, scratch) }
            return near.map { word, slips in
                let term = SearchTerm.word(word)
                let count = queries.reduce(0) { sum, query in
                    let lists =
                        [query.segment.list(term: term)].compactMap(\.self)
                        + query.segment.ordinals(holding: [term]).map(query.segment.list(ordinal:))
                    return sum + query.visibleCount(ofAny: lists)
                }
                return (word: word, distance: slips, count: count)
            }
        }
        return Array(
            found.filter { $0.count > 0 }
                .sorted { ($0.distance, $1.count, $0.word) < ($1.distance, $0.count, $1.word) }
                .prefix(max(0, limit)))
    }
}

extension SegmentQuery {
    /// How many visible documents are in one of some lists.
    fileprivate func visibleCount(ofAny lists: [PostingList]) -> Int {
        if lists.count < 2 { return lists.first.map(visibleCount) ?? 0 }
        let set = DocumentSet(layout, in: scratch)
        for list in lists { list.form(unionInto: set.words, blocks: layout.blocks) }
        return set.commonCount(visible)
    }
}

extension SearchSegment {
    /// Calls `body` with each word of models or tags that is at most some slips away, and how many.
    fileprivate func forEachWord(near speller: WordSlips, _ body: (String, Int) -> Void) {
        let letters = wordLetters.base
        for place in 0..<wordLetters.count where speller.mayBeNear(letters[place]) {
            if let slips = speller.count(words.bytes(place)) { body(words[place], slips) }
        }
        for place in lexicon.places(beginning: "w") {
            let word = UnsafeBufferPointer(rebasing: lexicon.bytes(place).dropFirst())
            guard speller.mayBeNear(WordLetters.set(of: word)), let slips = speller.count(word) else { continue }
            body(String(decoding: word, as: UTF8.self), slips)
        }
    }
}
