import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

/// The snapshot in memory and SQL answer alike, whatever is asked.
@Suite struct `The snapshot` {
    private let fixture: SearchFixture
    private static let words = [
        "person", "detector", "car", "fire", "night", "yolov4", "license", "plate", "불법주정차", "화재", "감지", "사람", "x",
    ]
    private static let tags = [
        "object:person", "object:car", "object:license-plate", "object:fire", "env:night", "env:day", "env:화재",
        "format:onnx", "format:tflite", "size:5MB", "size:7MB", "latency_ms:35@rpi5", "latency_ms:20@rpi4", "mood:7",
    ]

    init() throws { fixture = try SearchFixture() }

    private func publish(_ count: Int, _ random: inout SplitMix) throws {
        for _ in 0..<count {
            let name = "\(["demo", "secret", "open"].randomElement(using: &random) ?? "demo")/m\(random.next() % 60)"
            if random.next() % 6 == 0 {
                try fixture.remove(name)
                continue
            }
            func some(_ from: [String], _ most: UInt64) -> [String] {
                (0..<random.next() % (most + 1)).map { _ in from.randomElement(using: &random) ?? "" }
            }
            try fixture.add(
                name, title: some(Self.words, 4).joined(separator: " "),
                summary: some(Self.words, 9).joined(separator: " "),
                service: random.next() % 2 == 0 ? "voice" : "fire-watch", tags: Array(Set(some(Self.tags, 4))),
                variantTags: Array(Set(some(Self.tags, 3))), readme: some(Self.words, 30).joined(separator: " "),
                visibility: random.next() % 4 == 0 ? .private : .public, updatedAt: Int64(random.next() % 90),
                downloads: Int64(random.next() % 50),
                license: random.next() % 3 == 0 ? "MIT" : "")
        }
    }

    private func view(modelsAtOnce count: Int = 1000) throws -> SearchView {
        try fixture.database.read { db in try SearchStore.build(in: db, modelsAtOnce: count) }
    }

    private func caughtUp(_ view: SearchView) throws -> SearchView {
        try fixture.database.read { db in
            let missing = try #require(try SearchStore.changes(since: view.sequence, limit: 10_000, in: db))
            return view.applying(missing.changes, tags: missing.tags, sequence: missing.sequence)
        }
    }

    @Test(arguments: 0..<4)
    func `answers as SQL does`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        try publish(60, &random)
        var views = [try view()]
        for _ in 0..<4 {
            try publish(10, &random)
            views[0] = try caughtUp(views[0])
        }
        #expect(try views[0].sequence == fixture.database.read { db in try SearchStore.sequence(in: db) })
        views += [try view(), try view(modelsAtOnce: 17), views[0].merged()]
        var plans = PlanSource(
            random: random,
            tags: try fixture.database.read { _ in
                let search = try SQLSearch(fixture.database)
                return try (1...40).compactMap { try search.tag(Int64($0)) }
            }, words: Self.words)
        var found = 0
        for _ in 0..<120 {
            let request = plans.request()
            try fixture.database.read { _ in
                let search = try SQLSearch(fixture.database)
                let expected = Answer(try search.find(request))
                for view in views { #expect(Answer(view.find(request)) == expected, "\(request)") }
                found += expected.hits.count
            }
        }
        #expect(found > 200)
    }

    @Test(arguments: 0..<4)
    func `knows of words and tags what SQL does`(seed: UInt64) throws {
        var random = SplitMix(state: 1000 + seed)
        try publish(60, &random)
        let old = try view()
        try publish(30, &random)
        let views = [try caughtUp(old), try view(), try view(modelsAtOnce: 17)]
        try fixture.database.read { _ in
            let search = try SQLSearch(fixture.database)
            let texts = Self.words + ["l", "plat", "person x", "fir", "번호", "불법", "m7", "nothing", "vOICE"]
            let expected = try Knowledge(search, texts: texts)
            for view in views {
                let found = try Knowledge(view, texts: texts)
                for (one, other) in zip(found.lines, expected.lines) { #expect(one == other) }
                #expect(found.lines.count == expected.lines.count)
            }
        }
    }
}

/// A found page, for comparison.
private struct Answer: Equatable {
    let hits: [SearchFound.Hit]
    let counts: [Int]
    let flags: [Bool]
    let facets: [String: [SearchFound.TagCount]]
    let models: [Int]?

    init(_ found: SearchFound) {
        hits = found.hits
        counts = [found.total, found.meetingAll]
        flags = [found.isRelaxed, found.hasMore]
        facets = found.facets
        models = found.models.map { set in
            var ids: [Int] = []
            set.forEach { ids.append($0) }
            return ids
        }
    }
}

/// What a lexicon answers, a line each.
private struct Knowledge {
    var lines: [String] = []

    init(_ lexicon: some SearchLexicon, texts: [String]) throws {
        let everyone = SearchReaders(everything: true, namespaces: [], models: [])
        lines.append("public \(lexicon.publicCount)")
        for id in Int64(1)...40 {
            let tag = try lexicon.tag(id)
            lines.append("\(id) \(tag.map { "\($0)" } ?? "") \(try lexicon.publicCount(tag: id))")
            if let tag {
                for readers in [everyone, .anonymous] {
                    lines.append("\(try lexicon.tags(key: tag.key, values: [tag.folded, "none"], for: readers))")
                }
                lines.append(
                    "\(try lexicon.isKey(tag.key, for: .anonymous)) \(try lexicon.isKey(tag.key, for: everyone))")
                for keys in [["object", "env", "service"], ["format"]] {
                    let found = try lexicon.neighbours(of: .tags([id]), keys: keys, seeds: [], limit: 5)
                    let seeded = try lexicon.neighbours(of: .tags([id]), keys: keys, seeds: [3, 4], limit: 5)
                    lines.append("goes with \(found) \(seeded)")
                }
            }
        }
        for text in texts {
            let terms = SearchText.terms(asking: SearchText.words(text))
            lines.append("\(text) \(try terms.map { try lexicon.publicCount(term: $0) })")
            lines.append(
                "\(try lexicon.isKnown([terms], to: .anonymous)) \(try lexicon.isKnown([terms], to: everyone))")
            for readers in [everyone, .anonymous] {
                lines.append("holding \(try lexicon.tags(holding: terms, limit: 4, for: readers))")
                lines.append("beginning \(try lexicon.tags(beginning: text, limit: 4, for: readers))")
            }
            for distance in 1...2 {
                lines.append("near \(text) \(try lexicon.words(near: text, distance: distance, limit: 5))")
            }
            lines.append("\(try lexicon.neighbours(of: .terms(terms), keys: ["object", "env"], seeds: [], limit: 5))")
        }
    }
}

/// Plans at random.
private struct PlanSource {
    var random: SplitMix
    let tags: [KnownTag]
    let words: [String]
    private let columns = ["size", "latency_ms", "latency_ms@rpi5", "mood", "none"]

    init(random: SplitMix, tags: [KnownTag], words: [String]) {
        (self.random, self.tags, self.words) = (random, tags, words)
    }

    private mutating func below(_ end: Int) -> Int { Int(random.next() % UInt64(end)) }
    private mutating func tag() -> Int64 { tags.isEmpty ? 1 : tags[below(tags.count)].id }
    private mutating func word() -> String { words[below(words.count)] }

    private mutating func match() -> PlanAlternative.Match {
        switch below(6) {
        case 0, 1: return .tags((0...below(2)).map { _ in tag() })
        case 2: return .prefix(SearchTerm.word(word().prefix(1 + below(3))))
        default:
            let text = below(2) == 0 ? word() : "\(word()) \(word())"
            return .terms(SearchText.terms(asking: SearchText.words(text)))
        }
    }

    private mutating func range() -> NumberRange {
        let bounds = [4e6, 5e6, 6e6, 7e6, 7, 20, 35]
        return NumberRange(
            column: columns[below(5)], lower: below(2) == 0 ? -.infinity : bounds[below(7)],
            includesLower: below(2) == 0, upper: below(2) == 0 ? .infinity : bounds[below(7)],
            includesUpper: below(2) == 0, allowsMissing: below(3) == 0)
    }

    private mutating func condition(_ units: Int, depth: Int) -> PlanCondition {
        switch below(depth > 0 ? 10 : 7) {
        case 0: return .everything
        case 1: return .tags((0...below(2)).map { _ in tag() })
        case 2: return .has(["object", "env", "size", "latency_ms@rpi5", "none"][below(5)])
        case 3: return .number(range())
        case 4, 5: return units > 0 ? .unit(below(units)) : .everything
        case 6: return below(4) == 0 ? .nothing : .everything
        case 7: return .not(condition(units, depth: depth - 1))
        case 8: return .all((0..<below(3)).map { _ in condition(units, depth: depth - 1) })
        default: return .any((0..<below(4)).map { _ in condition(units, depth: depth - 1) })
        }
    }

    mutating func request() -> SearchRequest {
        var plan = SearchPlan()
        for place in 0..<below(4) {
            let alternatives = (0...below(3)).map { _ in
                PlanAlternative(match(), weight: 1 + below(255), isStrong: below(3) > 0)
            }
            plan.units.append(PlanUnit(text: "", alternatives: alternatives, rarity: below(4097)))
            if below(3) > 0 { plan.wanted.append(place) }
        }
        if below(2) == 0 { plan.condition = condition(plan.units.count, depth: 2) }
        for _ in 0..<below(3) {
            let key = ["format", "env", "object"][below(3)]
            let condition = condition(plan.units.count, depth: 1)
            plan.filters.append(PlanFilter(key: key, condition: condition, isChosen: below(2) == 0))
        }
        if below(4) == 0 { plan.named = [Int64(below(100)), Int64(below(100))] }
        let readers: [SearchReaders] = [
            .anonymous, SearchReaders(everything: true, namespaces: [], models: []),
            SearchReaders(everything: false, namespaces: [Int64(1 + below(3))], models: [Int64(below(120))]),
        ]
        let orders: [SearchOrder] = [
            .relevance, .relevance, .unordered, .updated,
            .number(columns[below(5)], ascending: below(2) == 0),
        ]
        let order = orders[below(5)]
        var after = below(4) == 0 ? SearchPlace(value: Int64(1 << 48 + below(1 << 20)), model: Int64(below(90))) : nil
        if order == .updated, after != nil { after = SearchPlace(value: Int64(below(90)), model: Int64(below(90))) }
        return SearchRequest(
            plan, for: readers[below(3)], order: order, after: after, limit: 1 + below(25),
            facets: Array(["object", "env", "format", "none"].prefix(below(5))), facetLimit: 1 + below(5))
    }
}
