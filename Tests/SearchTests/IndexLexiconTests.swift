import Search
import Testing

@Suite struct `The lexicon of the snapshot` {
    @Test(arguments: [(1, 0, 0), (2, 60, 0), (3, 200, 8), (4, 0, 5)])
    func `counts what a plain search counts`(seed: UInt64, models: Int, steps: Int) {
        var corpus = IndexCorpus(seed: 100 + seed)
        let (grown, reference) = `The snapshot finds`.grown(&corpus, models: models, steps: steps)
        for view in [grown, grown.merged()] {
            #expect(view.publicCount == reference.publicCount)
            for tag in corpus.tags {
                #expect(view.publicCount(tag: tag.id) == reference.publicCount(tag: tag.id))
                #expect(view.tag(tag.id) == reference.tag(tag.id))
                for readers in [SearchReaders.anonymous, corpus.readers()] {
                    #expect(
                        view.tags(key: tag.key, values: [tag.folded, "nothing"], for: readers)
                            == reference.tags(key: tag.key, values: [tag.folded, "nothing"], for: readers))
                }
            }
            for _ in 0..<60 {
                let readers = corpus.readers()
                let word = corpus.word()
                let terms = SearchText.terms(asking: SearchText.words("\(word) \(corpus.word())"))
                for term in terms { #expect(view.publicCount(term: term) == reference.publicCount(term: term)) }
                #expect(view.isKnown([terms, ["wnothing"]], to: readers) == reference.isKnown([terms], to: readers))
                let one = Array(terms.prefix(1))
                for readers in [.anonymous, readers] {
                    #expect(
                        view.tags(holding: one, limit: 5, for: readers)
                            == reference.tags(holding: one, limit: 5, for: readers))
                }
                let text = String(word.prefix(1 + corpus.number(below: 3)))
                let found = view.tags(beginning: text, limit: 4, for: readers)
                #expect(
                    found.map { SearchFound.TagCount(tag: $0.tag.id, count: $0.count) }
                        == reference.tags(beginning: text, limit: 4, for: readers))
                let match = corpus.match()
                let seeds = Array(Set([corpus.tag(), corpus.tag()]))
                #expect(
                    view.neighbours(of: match, keys: ["object", "env"], seeds: seeds, limit: 8)
                        == reference.neighbours(of: match, keys: ["object", "env"], seeds: seeds, limit: 8))
            }
            for readers in [SearchReaders.anonymous, corpus.readers(), corpus.readers()] {
                let keys = reference.keys(for: readers)
                #expect(view.keys(for: readers, limit: 100) == keys)
                #expect(view.keys(for: readers, limit: 2) == Array(keys.prefix(2)))
            }
            for key in IndexCorpus.keys + IndexCorpus.columns + ["nothing"] {
                for readers in [SearchReaders.anonymous, corpus.readers()] {
                    #expect(view.isKey(key, for: readers) == reference.isKey(key, for: readers))
                }
            }
        }
    }

    private func view(_ documents: [SearchDocument], tags: [KnownTag] = []) -> SearchView {
        SearchView.empty.applying(documents.map(SearchChange.put), tags: tags, sequence: 1)
    }

    private func document(_ model: Int64, _ words: String, isPublic: Bool = true, tags: [Int64] = []) -> SearchDocument
    {
        SearchDocument(model: model, namespace: 1, isPublic: isPublic, words: words, tags: tags)
    }

    @Test(arguments: [
        ("detektor", 1, ["detector"]), ("detcetor", 1, ["detector"]), ("detectr", 1, ["detector"]),
        ("ddetectorr", 2, ["detector"]), ("dtektor", 1, []), ("detectors", 0, []), ("thermall", 1, ["thermal"]),
        ("방밤", 1, ["방범"]), ("번호팜", 1, ["번호판"]), ("secret", 1, []),
    ])
    func `knows words near a mistyped one`(word: String, distance: Int, expected: [String]) {
        let view = view(
            [
                document(1, "cwdetector cwd bwthermal"), document(2, "cwdetector owfire cw방범"),
                document(3, "cwsecrets", isPublic: false), document(4, "awfire", tags: [7]),
            ], tags: [KnownTag(id: 7, key: "object", value: "번호판", folded: "번호판")])
        #expect(view.words(near: word, distance: distance, limit: 10).map(\.word) == expected)
    }

    @Test func `puts the nearest word first, then the commonest`() {
        let view = view([document(1, "awcart awcard"), document(2, "awcard awcar"), document(3, "awcars")])
        let found = view.words(near: "carr", distance: 1, limit: 2)
        #expect(found.map(\.word) == ["card", "car"])
        #expect(found.map(\.count) == [2, 1])
        #expect(view.words(near: "cars", distance: 2, limit: 1).map(\.distance) == [0])
    }

    @Test func `ignores tokens that are none`() {
        let view = view([document(1, " awx  a aw zwy awx owx `wq \u{1}")])
        #expect(view.publicCount(term: "wx") == 1)
        #expect(view.publicCount(term: "wy") == 0)
        #expect(view.publicCount(term: "w") == 0)
        var plan = SearchPlan()
        plan.units = [PlanUnit(text: "x", alternatives: [PlanAlternative(.terms(["wx"]))], rarity: 1)]
        plan.wanted = [0]
        // Of two levels the greater counts.
        let value = view.find(SearchRequest(plan, for: .anonymous)).hits.first?.place.value
        let expected: Int64 = 281_474_976_710_656 + 255 * 64
        #expect(value == expected)
    }
}
