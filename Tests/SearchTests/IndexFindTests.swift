import Dispatch
import Search
import Synchronization
import Testing

@Suite struct `The snapshot finds` {
    /// A view that grew by changes, and the reference of the same models.
    static func grown(_ corpus: inout IndexCorpus, models: Int, steps: Int) -> (SearchView, IndexReference) {
        var reference = IndexReference()
        let builder = SegmentBuilder()
        for tag in corpus.tags { builder.add(tag: tag) }
        let first = (0..<models).map { corpus.document(Int64(1 + $0 * 3)) }
        var order = IndexRandom(seed: UInt64(models * 31 + steps))
        for document in first.shuffled(using: &order) { builder.add(document) }
        reference.apply(first.map(SearchChange.put), tags: corpus.tags)
        var view = SearchView(main: builder.build(), sequence: 1)
        for step in 0..<steps {
            let changes = corpus.changes(1 + corpus.number(below: models / 4 + 1), models: models + models / 3)
            view = view.applying(changes, tags: corpus.tags, sequence: Int64(2 + step))
            reference.apply(changes, tags: corpus.tags)
        }
        return (view, reference)
    }

    static func check(_ found: SearchFound, _ expected: SearchFound, _ note: Comment) {
        #expect(found.total == expected.total, note)
        #expect(found.meetingAll == expected.meetingAll, note)
        #expect(found.isRelaxed == expected.isRelaxed, note)
        #expect(found.hasMore == expected.hasMore, note)
        #expect(found.hits == expected.hits, note)
        #expect(found.facets == expected.facets, note)
        var (models, others) = (found.models, expected.models)
        models?.formUnion(ModelSet([10_000]))
        others?.formUnion(ModelSet([10_000]))
        #expect(models == others, note)
    }

    @Test(arguments: [
        (1, 0, 0), (2, 1, 0), (3, 40, 0), (4, 150, 3), (5, 150, 12), (6, 400, 5), (7, 0, 6), (8, 500, 2),
    ])
    func `what a plain search finds`(seed: UInt64, models: Int, steps: Int) {
        var corpus = IndexCorpus(seed: seed)
        let (view, reference) = Self.grown(&corpus, models: models, steps: steps)
        #expect(view.documentCount == reference.models.count)
        let merged = view.merged()
        #expect(merged.changedCount == 0)
        for number in 0..<60 {
            let request = corpus.request()
            let expected = reference.find(request)
            Self.check(view.find(request), expected, "plan \(number) of seed \(seed)")
            Self.check(merged.find(request), expected, "plan \(number) of seed \(seed), merged")
        }
    }

    @Test func `what models that are named meet, as if they had been found`() {
        var corpus = IndexCorpus(seed: 31)
        let (view, _) = Self.grown(&corpus, models: 150, steps: 4)
        let everyone = SearchReaders(everything: true, namespaces: [], models: [])
        for _ in 0..<40 {
            var request = corpus.request()
            (request.readers, request.order, request.after, request.limit) = (everyone, .relevance, nil, 500)
            let found = view.find(request).hits
            let told = view.hits(of: found.map(\.place.model), by: request.plan)
            #expect(told.map(\.met) == found.map(\.met))
            #expect(told.map(\.touched) == found.map(\.touched))
            #expect(told.map(\.place.model) == found.map(\.place.model))
        }
        #expect(view.hits(of: [999_999], by: SearchPlan()).map(\.met) == [0])
    }

    @Test func `every model once, page by page`() {
        var corpus = IndexCorpus(seed: 21)
        let (view, reference) = Self.grown(&corpus, models: 120, steps: 6)
        for _ in 0..<25 {
            var request = corpus.request()
            if request.order == .unordered { request.order = .relevance }
            request.limit = 7
            let everything = {
                var request = request
                request.limit = 1000
                return reference.find(request)
            }()
            var pages: [SearchFound.Hit] = []
            for _ in 0..<200 {
                let found = view.find(request)
                #expect(found.total == everything.total)
                pages += found.hits
                request.after = found.hits.last?.place
                if !found.hasMore { break }
            }
            #expect(pages == everything.hits)
        }
    }

    @Test func `models in many blocks of the segment`() {
        var corpus = IndexCorpus(seed: 33, tagCount: 120, wordCount: 400)
        let (view, reference) = Self.grown(&corpus, models: 9000, steps: 1)
        for number in 0..<5 {
            var request = corpus.request()
            request.limit = [100, 1, 20, 5, 20][number]
            // A beginning of many words goes a way of its own.
            let beginning = PlanAlternative(.prefix(["w", "wc", "wd", "wf", "wo"][number]), weight: 250)
            request.plan.units.append(PlanUnit(text: "", alternatives: [beginning], rarity: 700))
            request.plan.wanted = [request.plan.units.count - 1]
            let expected = reference.find(request)
            Self.check(view.find(request), expected, "plan \(number)")
        }
    }
    /// What is found then is counted on one thread while another puts the best first, if any is free.
    @Test func `the same of many models when many ask at once`() {
        var corpus = IndexCorpus(seed: 35)
        let (view, reference) = Self.grown(&corpus, models: 12_000, steps: 1)
        for number in 0..<6 {
            var request = corpus.request()
            // Half of them find all that the readers may see, ordered as they like; half are counted in a wider set.
            request.plan.wanted = []
            request.plan.condition = .everything
            request.plan.filters = number < 3 ? [] : [PlanFilter(key: "env", condition: .not(.tags([corpus.tag()])))]
            (request.readers, request.facets) = (
                SearchReaders(everything: true, namespaces: [], models: []), IndexCorpus.keys
            )
            let (asked, expected) = (request, reference.find(request))
            #expect(expected.total > (number < 3 ? 10_000 : 0))
            let found = Mutex<[SearchFound]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                let answer = view.find(asked)
                found.withLock { $0.append(answer) }
            }
            for answer in found.withLock({ $0 }) { Self.check(answer, expected, "plan \(number)") }
        }
    }
}
