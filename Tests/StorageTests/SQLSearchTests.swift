import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

@Suite struct `Search by SQL` {
    private let fixture: SearchFixture

    init() throws {
        fixture = try SearchFixture()
        try fixture.add(
            "demo/people", title: "Person detector", summary: "Finds people", service: "crime-prevention",
            tags: ["object:person", "env:night", "size:5", "latency_ms:35@rpi5"], variantTags: ["format:onnx"],
            downloads: 100)
        try fixture.add(
            "demo/plates", title: "License plate reader", service: "illegal-parking",
            tags: ["object:license-plate", "object:car", "env:day", "size:7"], variantTags: ["format:tflite"],
            readme: "Detector of plates")
        try fixture.add("demo/fire", title: "화재 감지", tags: ["object:fire", "size:9"], variantTags: ["format:onnx"])
        try fixture.add("demo/quiet", title: "Silence", tags: ["env:night"])
        try fixture.add(
            "secret/people", title: "Hidden person detector", tags: ["object:person"], visibility: .private)
        try fixture.add("other/secret", title: "Secret", visibility: .private)
    }

    private func find(_ request: SearchRequest) throws -> SearchFound {
        try fixture.database.read { _ in try SQLSearch(fixture.database).find(request) }
    }

    private func tag(_ text: String) throws -> Int64 {
        let tag = try ContextTag(text)
        return try #require(
            try fixture.database.read { _ in
                try SQLSearch(fixture.database).tags(
                    key: tag.key, values: [tag.folded],
                    for: SearchReaders(everything: true, namespaces: [], models: [])
                ).first
            })
    }

    private func names(_ found: SearchFound) -> [String] {
        found.hits.map { fixture.name(of: ID($0.place.model)).split(separator: "/").joined(separator: "/") }
    }

    private func word(_ text: String, weight: Int = 255, isStrong: Bool = true) -> PlanAlternative {
        PlanAlternative(.terms(SearchText.terms(asking: SearchText.words(text))), weight: weight, isStrong: isStrong)
    }

    // MARK: Conditions

    /// A condition as text: it is read when the corpus has given the tags their row ids.
    enum Condition: Sendable {
        case everything, nothing
        case tags([String])
        case has(String)
        case number(NumberRange)
        case unit(String)
        indirect case not(Condition)
        indirect case all([Condition])
        indirect case any([Condition])
    }

    private func condition(_ condition: Condition, _ plan: inout SearchPlan) throws -> PlanCondition {
        switch condition {
        case .everything: return .everything
        case .nothing: return .nothing
        case .tags(let tags): return .tags(try tags.map { try tag($0) })
        case .has(let key): return .has(key)
        case .number(let range): return .number(range)
        case .unit(let text):
            plan.units.append(PlanUnit(text: text, alternatives: [word(text)], rarity: 0))
            return .unit(plan.units.count - 1)
        case .not(let inner): return .not(try self.condition(inner, &plan))
        case .all(let inner): return .all(try inner.map { try self.condition($0, &plan) })
        case .any(let inner): return .any(try inner.map { try self.condition($0, &plan) })
        }
    }

    static let conditions: [(Condition, [String])] = [
        (.everything, ["people", "plates", "fire", "quiet"]),
        (.nothing, []),
        (.tags(["object:person"]), ["people"]),
        (.tags(["object:person", "object:fire"]), ["people", "fire"]),
        (.tags([]), []),
        (.has("object"), ["people", "plates", "fire"]),
        (.has("size"), ["people", "plates", "fire"]),
        (.has("latency_ms@rpi5"), ["people"]),
        (.has("nothing"), []),
        (.number(NumberRange(column: "size", upper: 7)), ["people", "plates"]),
        (.number(NumberRange(column: "size", upper: 7, includesUpper: false)), ["people"]),
        (.number(NumberRange(column: "size", lower: 7, upper: 7)), ["plates"]),
        (.number(NumberRange(column: "size", lower: 5, includesLower: false)), ["plates", "fire"]),
        (.number(NumberRange(column: "size", lower: 9, allowsMissing: true)), ["fire", "quiet"]),
        (.number(NumberRange(column: "latency_ms@rpi5", upper: 50)), ["people"]),
        (.number(NumberRange(column: "latency_ms", upper: 30)), []),
        (.number(NumberRange(column: "none", allowsMissing: true)), ["people", "plates", "fire", "quiet"]),
        (.unit("detector"), ["people", "plates"]),
        (.unit("license plate"), ["plates"]),
        (.unit("화재"), ["fire"]),
        (.not(.unit("detector")), ["fire", "quiet"]),
        (.not(.everything), []),
        (.all([]), ["people", "plates", "fire", "quiet"]),
        (.any([]), []),
        (.all([.unit("detector"), .tags(["env:night"])]), ["people"]),
        (.any([.tags(["env:day"]), .all([.has("env"), .not(.has("object"))])]), ["plates", "quiet"]),
    ]

    @Test(arguments: conditions)
    func `finds the models for which a condition holds`(condition: Condition, models: [String]) throws {
        var plan = SearchPlan()
        plan.condition = try self.condition(condition, &plan)
        let found = try find(SearchRequest(plan, for: .anonymous))
        #expect(Set(names(found)) == Set(models.map { "demo/\($0)" }))
        #expect(found.total == models.count)
        #expect(found.meetingAll == models.count)
        #expect(!found.isRelaxed && !found.hasMore)
        let all = try find(SearchRequest(plan, for: .anonymous, order: .unordered))
        #expect(all.hits.isEmpty && all.total == models.count && all.models?.count == models.count)
    }

    // MARK: Words

    private func plan(_ units: [PlanUnit]) -> SearchPlan {
        var plan = SearchPlan()
        plan.units = units
        plan.wanted = Array(units.indices)
        return plan
    }

    @Test func `puts models with all words first, and takes others when these are few`() throws {
        let found = try find(
            SearchRequest(
                plan([
                    PlanUnit(text: "person", alternatives: [word("person")], rarity: 100),
                    PlanUnit(text: "detector", alternatives: [word("detector")], rarity: 50),
                ]), for: .anonymous))
        #expect(names(found) == ["demo/people", "demo/plates"])
        #expect(found.isRelaxed && found.meetingAll == 1 && found.total == 2)
        #expect(found.hits.map(\.met) == [3, 2] && found.hits.map(\.touched) == [3, 2])
    }

    @Test func `takes only models with all words when these are enough`() throws {
        for number in 0..<SearchPlan.enough {
            try fixture.add("demo/camera-\(number)", title: "Person detector")
        }
        let found = try find(
            SearchRequest(
                plan([
                    PlanUnit(text: "person", alternatives: [word("person")], rarity: 100),
                    PlanUnit(text: "detector", alternatives: [word("detector")], rarity: 50),
                ]), for: .anonymous, limit: 5))
        #expect(!found.isRelaxed && found.meetingAll == 21 && found.total == 21 && found.hasMore)
        #expect(found.hits.allSatisfy { $0.met == 3 })
    }

    @Test func `tells what meets a unit from what only has something to do with it`() throws {
        let unit = PlanUnit(
            text: "parking",
            alternatives: [
                word("parking"), word("plate", weight: 100, isStrong: false),
                PlanAlternative(.tags([try tag("env:night")]), weight: 10, isStrong: false),
            ], rarity: 100)
        let found = try find(SearchRequest(plan([unit]), for: .anonymous))
        #expect(found.isRelaxed && found.meetingAll == 0)
        #expect(names(found) == ["demo/plates", "demo/people", "demo/quiet"])
        #expect(found.hits.map(\.met) == [0, 0, 0] && found.hits.map(\.touched) == [1, 1, 1])
        var strict = plan([unit])
        (strict.wanted, strict.condition) = ([], .unit(0))
        #expect(try find(SearchRequest(strict, for: .anonymous)).total == 0)
    }

    @Test func `scores by the rules, in integers`() throws {
        let person = try tag("object:person")
        let tokens = SearchWords.tokens(
            name: "demo/people", title: "Person detector", summary: "Finds people", readme: "")
        func level(_ term: String) throws -> Int {
            let token = try #require(tokens.split(separator: " ").first { $0.dropFirst() == term })
            return SearchWords.level(ofLetter: try #require(token.utf8.first))
        }
        let (peopl, detect) = (try level("wperson"), try level("wdetect"))
        let found = try find(
            SearchRequest(
                plan([
                    PlanUnit(
                        text: "person",
                        alternatives: [
                            word("person", weight: 200), word("nothing"), PlanAlternative(.tags([person]), weight: 90),
                            PlanAlternative(.tags([person]), weight: 20),
                        ], rarity: 100),
                    PlanUnit(text: "detector", alternatives: [word("person detector", weight: 30)], rarity: 7),
                    PlanUnit(text: "missing", alternatives: [word("missing")], rarity: 4000),
                ]), for: .anonymous))
        let pair = try level("pperson\(SearchTerm.pairMark)detect")
        #expect(
            SearchText.terms(asking: SearchText.words("person detector")) == ["pperson\(SearchTerm.pairMark)detect"])
        let sum = (peopl * 17 * 200 / 255 + 90) * 100 + pair * 17 * 30 / 255 * 7
        let value = sum * 23 / 33 * 64 + 26
        #expect(detect > 0)
        #expect(found.hits.first?.place.value == Int64(value))
    }

    @Test func `finds words by their beginning, at the strongest level`() throws {
        let unit = PlanUnit(text: "pe", alternatives: [PlanAlternative(.prefix("wpe"))], rarity: 10)
        let found = try find(SearchRequest(plan([unit]), for: .anonymous))
        #expect(names(found) == ["demo/people"])
        #expect(
            try find(SearchRequest(plan([unit]), for: SearchReaders(everything: true, namespaces: [], models: [])))
                .total == 2)
    }

    @Test func `puts named models first, if the filters let them through`() throws {
        let quiet = try fixture.add("demo/quiet", title: "Silence", tags: ["env:night"])
        var plan = plan([PlanUnit(text: "detector", alternatives: [word("detector")], rarity: 50)])
        plan.named = [quiet.rawValue, 9999]
        #expect(names(try find(SearchRequest(plan, for: .anonymous))) == ["demo/quiet", "demo/people", "demo/plates"])
        plan.condition = .has("object")
        #expect(names(try find(SearchRequest(plan, for: .anonymous))) == ["demo/people", "demo/plates"])
    }

    // MARK: Orders, pages and facets

    @Test(arguments: [
        (SearchOrder.number("size", ascending: true), ["people", "plates", "fire", "quiet"]),
        (.number("size", ascending: false), ["fire", "plates", "people", "quiet"]),
        (.number("latency_ms@rpi5", ascending: true), ["people", "quiet", "fire", "plates"]),
        (.relevance, ["people", "quiet", "fire", "plates"]),
    ])
    func `pages through every order`(order: SearchOrder, models: [String]) throws {
        let expected = models.map { "demo/\($0)" }
        for limit in 1...5 {
            var (seen, after): ([String], SearchPlace?) = ([], nil)
            for _ in 0..<5 {
                let page = try find(
                    SearchRequest(SearchPlan(), for: .anonymous, order: order, after: after, limit: limit))
                #expect(page.total == 4)
                seen += names(page)
                after = page.hits.last?.place
                if !page.hasMore { break }
            }
            #expect(seen == expected)
        }
    }

    @Test func `counts the values of a key without the filters of the key itself`() throws {
        var plan = SearchPlan()
        plan.filters = [
            PlanFilter(key: "format", condition: .tags([try tag("format:onnx")])),
            PlanFilter(key: "env", condition: .tags([try tag("env:night"), try tag("env:day")])),
        ]
        let found = try find(SearchRequest(plan, for: .anonymous, facets: ["format", "env", "object", "none"]))
        #expect(names(found) == ["demo/people"])
        func counts(_ key: String) throws -> [String: Int] {
            try fixture.database.read { _ in
                let search = try SQLSearch(fixture.database)
                return try Dictionary(
                    uniqueKeysWithValues: (found.facets[key] ?? []).map {
                        (try search.tag($0.tag)?.folded ?? "?", $0.count)
                    })
            }
        }
        #expect(try counts("format") == ["onnx": 1, "tflite": 1])
        #expect(try counts("env") == ["night": 1])
        #expect(try counts("object") == ["person": 1])
        #expect(found.facets["none"] == [])
        let first = try find(SearchRequest(SearchPlan(), for: .anonymous, facets: ["env", "format"], facetLimit: 1))
        #expect(first.facets["env"] == [SearchFound.TagCount(tag: try tag("env:night"), count: 2)])
        #expect(first.facets["format"] == [SearchFound.TagCount(tag: try tag("format:onnx"), count: 2)])
    }

    @Test func `shows private models to their readers only`() throws {
        let model = try fixture.add("secret/people", title: "Hidden person detector", visibility: .private)
        let other = try fixture.add("other/secret", title: "Secret", visibility: .private)
        let secret = try #require(try fixture.document(model)).namespace
        let open = try #require(try fixture.document(fixture.add("demo/quiet"))).namespace
        let cases: [(SearchReaders, [String])] = [
            (.anonymous, []),
            (SearchReaders(everything: true, namespaces: [], models: []), ["secret/people", "other/secret"]),
            (SearchReaders(everything: false, namespaces: [secret], models: []), ["secret/people"]),
            (SearchReaders(everything: false, namespaces: [open], models: []), []),
            (SearchReaders(everything: false, namespaces: [], models: [other.rawValue, 777]), ["other/secret"]),
        ]
        for (readers, names) in cases {
            let found = try find(SearchRequest(SearchPlan(), for: readers))
            #expect(
                Set(self.names(found)).subtracting(["demo/people", "demo/plates", "demo/fire", "demo/quiet"])
                    == Set(names))
            #expect(found.total == 4 + names.count)
        }
    }
}
