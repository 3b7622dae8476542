import Registry
import Search
import TestSupport
import Testing

@Suite struct `What a query means is said` {
    private let index: MemoryIndex

    init() throws {
        index = try MemoryIndex.holding([
            ("acme/poses", ["task:pose-estimation"], "Keypoints of pedestrians."),
            ("acme/plates", ["object:license-plate", "size:4MB"], "Reads licence plates."),
        ])
    }

    private func planned(_ text: String) throws -> PlannedQuery {
        let parsed = QueryParser.parse(text) {
            ContextVocabulary.standard.key($0) != nil
        } isNumber: { key in
            ContextVocabulary.standard.key(key).map { $0.kind == .number } ?? true
        }
        return try Planner(vocabulary: .standard, index: index, readers: .anonymous).plan(parsed, of: text)
    }

    @Test(arguments: [
        ("size<5MB", "size<5MB", "크기 < 5 MB", "Size < 5 MB"),
        ("size:1MB..5MB", "size:1MB..5MB", "1 MB ≤ 크기 ≤ 5 MB", "1 MB ≤ Size ≤ 5 MB"),
        ("size>=5MiB", "size>=5242880B", "크기 ≥ 5.243 MB", "Size ≥ 5.243 MB"),
        ("5MB 이하", "size<=5MB", "크기 ≤ 5 MB", "Size ≤ 5 MB"),
        (
            "latency_ms@rpi5<=50", "latency_ms@rpi5<=50ms", "지연 시간(라즈베리 파이 5) ≤ 50 ms",
            "Latency (Raspberry Pi 5) ≤ 50 ms"
        ),
        ("params=1.2M", "params=1200k", "파라미터 수 = 1.2M", "Parameters = 1.2M"),
        ("size<5MB?", "size<5MB?", "크기 < 5 MB 또는 값 없음", "Size < 5 MB or not given"),
        ("has:size", "has:size", "크기 값 있음", "Size is given"),
        ("-size<5MB", "size<5MB", "크기 < 5 MB", "Size < 5 MB"),
    ])
    func `of numbers with their names and units`(text: String, tag: String, korean: String, english: String) throws {
        let item = try #require(try planned(text).understood.first)
        #expect(item.meanings.map(\.tag) == [tag])
        #expect(item.meanings.first?.label == Label(ko: korean, en: english))
    }

    @Test(arguments: [("\"자세 추정\"", 1), ("\"pose estimation\"", 1), ("\"번호판\"", 2)])
    func `of a phrase that a tag is called by`(text: String, model: Int64) throws {
        let planned = try planned(text)
        #expect(index.find(SearchRequest(planned.plan, for: .anonymous)).hits.map(\.place.model) == [model])
        #expect(planned.understood.first?.meanings.count == 1)
    }

    @Test(arguments: ["\"자세\"", "\"추정 자세\"", "\"재식별\""])
    func `but not of other words in quotes`(text: String) throws {
        let planned = try planned(text)
        #expect(index.find(SearchRequest(planned.plan, for: .anonymous)).total == 0)
        let meanings = planned.understood.flatMap(\.meanings)
        #expect(meanings.isEmpty)
    }

    @Test(
        arguments: [
            ("번호판", "Reads licence plates.", "licence plates"), ("licence plate", "Reads licence plates.", nil),
            ("번호판", "번호판 인식", nil), ("번호판", "Keypoints of pedestrians.", nil), ("번호판", "", nil),
        ] as [(String, String, String?)])
    func `of a word with the word of the model that meets it`(query: String, text: String, word: String?) throws {
        let plan = try planned(query).plan
        let hit = SearchFound.Hit(place: SearchPlace(value: 0, model: 1), met: ~0, touched: 0)
        #expect(
            Explanation(plan, hit, tags: [], text: text, words: MetWords(plan)).words.first?.word == word,
            "\(plan.units)")
    }

    @Test func `of tags that only have to do with a word as the way to them`() throws {
        let plan = try planned("불법주정차").plan
        let unit = try #require(plan.units.first)
        let weak = unit.alternatives.compactMap { alternative in
            if case .tags(let tags) = alternative.match, !alternative.isStrong { tags.first } else { nil }
        }
        let id = try #require(weak.first)
        let tag = try #require(index.tag(id))
        let hit = SearchFound.Hit(place: SearchPlace(value: 0, model: 1), met: 0, touched: ~0)
        let why = Explanation(plan, hit, tags: [tag], words: MetWords(plan))
        #expect(why.tags.isEmpty && why.paths.contains { $0.last == "\(tag.key):\(tag.folded)" })
    }
}
