import Registry
import SQLite
import Search
import Storage
import TestSupport

/// What was asked, what came of it and where the answers differ.
struct Seen: CustomStringConvertible {
    var asked = 0
    var lexiconCalls = 0
    var counts: [String: Int] = [:]
    var differences: [String] = []

    /// In how many of a hundred questions each comes at least.
    static let leastShares = [
        ("found", 50), ("relaxed", 10), ("private", 25), ("faceted", 30), ("paged", 8), ("corrected", 5),
        ("associated", 30), ("units", 60), ("filtered", 20), ("conditions", 40),
    ]

    mutating func note(_ what: String, _ holds: Bool) { if holds { counts[what, default: 0] += 1 } }

    mutating func add(_ other: Seen) {
        asked += other.asked
        lexiconCalls += other.lexiconCalls
        counts.merge(other.counts, uniquingKeysWith: +)
        differences += other.differences
    }

    var description: String {
        "\(asked) questions and \(lexiconCalls) of the lexicon, \(differences.count) answered otherwise: "
            + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}

/// Asks what is compared the questions of one who asks at random.
struct Asking {
    private var questions: Questions
    private(set) var seen = Seen()
    private static let pages = 3

    init(_ questions: Questions) { self.questions = questions }

    /// One question, planned, and its first pages.
    mutating func ask(_ index: ComparedIndex, in db: borrowing Connection) throws {
        let question = try questions.next()
        let readers = try readers(question.who, in: db)
        let parsed = QueryParser.parse(question.text) { key in
            ContextVocabulary.standard.key(key) != nil || (try? index.isKey(key, for: readers)) == true
        }
        var planned = try Planner(vocabulary: .standard, index: index, readers: readers)
            .plan(parsed, of: question.text, filters: question.filters)
        planned.plan.named += question.named
        _ = try AlsoFilter.tags(for: planned.plan, lexicon: index)
        var request = SearchRequest(
            planned.plan, for: readers, order: Self.order(parsed.sort) ?? question.order, limit: question.limit,
            facets: question.facets, facetLimit: question.facetLimit)
        seen.asked += 1
        note(planned, parsed)
        let pages = questions.random.chance(30) ? Self.pages : 1
        for page in 0..<pages {
            let expected = try index.find(request)
            note(expected, page, request)
            if let models = expected.models { _ = try index.hits(of: Self.some(of: models), by: planned.plan) }
            guard expected.hasMore, let last = expected.hits.last else { break }
            request.after = last.place
        }
        if let difference = index.difference { seen.differences.append("\(question): \(difference)") }
        index.difference = nil
    }

    private func readers(_ caller: Caller, in db: borrowing Connection) throws -> SearchReaders {
        let readership = caller.readership
        return SearchReaders(
            everything: readership.everything,
            namespaces: try SearchStore.namespaces(named: readership.namespaces, in: db),
            models: try SearchStore.models(named: readership.models, in: db))
    }

    private static func some(of models: ModelSet) -> [Int64] {
        var some: [Int64] = []
        models.forEach { if some.count < 10 { some.append(Int64($0)) } }
        return some
    }

    private static func order(_ sort: QuerySort?) -> SearchOrder? {
        switch sort {
        case nil: nil
        case .score: .relevance
        case .new: .unordered
        case .number(let column, let ascending): .number(column, ascending: ascending)
        }
    }

    private mutating func note(_ planned: PlannedQuery, _ parsed: ParsedQuery) {
        seen.note("units", !planned.plan.units.isEmpty)
        seen.note("corrected", planned.corrected != nil)
        seen.note("associated", !planned.associations.isEmpty)
        seen.note("filtered", !planned.plan.filters.isEmpty)
        seen.note("conditions", planned.plan.condition != .everything)
        seen.note("problems", !parsed.problems.isEmpty)
    }

    private mutating func note(_ found: SearchFound, _ page: Int, _ request: SearchRequest) {
        if page > 0 {
            seen.note("paged", page == 1)
            return
        }
        seen.note("found", found.total > 0)
        seen.note("relaxed", found.isRelaxed && found.total > 0)
        seen.note("private", request.readers != .anonymous && found.total > 0)
        seen.note("faceted", found.facets.contains { !$0.value.isEmpty })
        seen.note("by number", { if case .number = request.order { true } else { false } }())
        seen.note("unordered", request.order == .unordered)
    }

    // MARK: The lexicon

    /// Questions of each kind to the lexicon, about `count` in all.
    mutating func askLexicon(_ index: ComparedIndex, _ count: Int, in db: borrowing Connection) throws {
        _ = index.publicCount
        for _ in 0..<count {
            let readers = try readers(try questions.who(), in: db)
            let (text, tag) = questions.wordAndTag()
            let terms = SearchText.terms(asking: SearchText.words(text))
            switch questions.random.below(10) {
            case 0: for term in terms { _ = try index.publicCount(term: term) }
            case 1: _ = try index.publicCount(tag: tag)
            case 2: _ = try index.isKnown([terms, ["w"], []], to: readers)
            case 3:
                if let known = try index.tag(tag) {
                    _ = try index.tags(key: known.key, values: [known.folded, text.folded, ""], for: readers)
                }
            case 4:
                _ = try index.isKey(questions.key(), for: readers)
                _ = try index.keys(for: readers, limit: 1 + questions.random.below(30))
            case 5: _ = try index.tags(holding: terms, limit: 1 + questions.random.below(60), for: readers)
            case 6:
                let start = String(text.folded.prefix(1 + questions.random.below(5)))
                _ = try index.tags(beginning: start, limit: 1 + questions.random.below(60), for: readers)
            case 7:
                _ = try index.words(
                    near: text.folded, distance: 1 + questions.random.below(2), limit: 1 + questions.random.below(9))
            default:
                let match: PlanAlternative.Match = questions.random.pick([
                    .terms(terms), .tags([tag, 1, 7]),
                    .prefix(SearchTerm.word((SearchText.words(text).first?.text ?? "a").prefix(2))),
                ])
                _ = try index.neighbours(
                    of: match, keys: ["object", "env", "service", "tag"], seeds: [tag, 3],
                    limit: 1 + questions.random.below(20))
            }
            seen.lexiconCalls += 1
        }
        if let difference = index.difference { seen.differences.append(difference) }
        index.difference = nil
    }
}
