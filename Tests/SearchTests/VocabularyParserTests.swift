import Registry
import Search
import Testing

@Suite struct `A vocabulary file` {
    private static let head = "[object | 대상 | Object | keyword, multiple | 찾는 것 | What it finds]\n"

    private func vocabulary(_ texts: String...) throws -> ContextVocabulary {
        try ContextVocabulary(
            texts.enumerated().map { VocabularyFile(name: "words\($0.offset + 1).txt", text: $0.element) })
    }

    @Test func `has keys, values, words and what goes with them`() throws {
        let vocabulary = try vocabulary(
            """
            # A comment, and an empty line.

            \(Self.head)
            child|어린이|Child|kid, ~school, =Kids|service:school-zone, <object:person
            []
            counting | 계수 | Counting | count
            """)
        #expect(vocabulary.key("object")?.isMultiple == true)
        #expect(vocabulary.key("object")?.description == Label(ko: "찾는 것", en: "What it finds"))
        let child = try #require(vocabulary.entry(for: "object:child"))
        #expect(child.label == Label(ko: "어린이", en: "Child"))
        #expect(child.synonyms == ["kid"])
        #expect(child.loose == ["school"])
        #expect(child.values == ["child", "kids"])
        #expect(child.related == ["service:school-zone"])
        #expect(child.broader == ["object:person"])
        #expect(vocabulary.entries(narrowerThan: "object:person") == [child])
        #expect(vocabulary.entry(for: "object:kids") == child)
        #expect(vocabulary.entries(named: "kid") == [child])
        #expect(vocabulary.entries(named: "school").isEmpty)
        #expect(vocabulary.entries(looselyNamed: "school") == [child])
        #expect(vocabulary.entries(beginning: "어린") == [child])
        #expect(vocabulary.entries(beginning: "count").isEmpty, "words without a key are no tags to suggest")
        #expect(vocabulary.entries(named: "count").first?.tag == nil)
    }

    @Test func `adds to what was there before`() throws {
        let vocabulary = try vocabulary(
            "\(Self.head)car | 차 | Car | auto, wheels | <object:vehicle",
            "[object]\ncar | | | automobile, -wheels | -object:vehicle, object:license-plate\nbee | 벌 | Bee")
        let car = try #require(vocabulary.entry(for: "object:car"))
        #expect(car.label == Label(ko: "차", en: "Car"))
        #expect(car.synonyms == ["auto", "automobile"])
        #expect(car.broader.isEmpty)
        #expect(car.related == ["object:license-plate"])
        #expect(vocabulary.entry(for: "object:bee") != nil)
    }

    @Test func `says what numbers count, and where`() throws {
        let vocabulary = try vocabulary(
            """
            [latency_ms | 지연 시간 | Latency | number, ms, at board]
            [top1 | Top-1 | Top-1 | number, ratio, at dataset]
            [runtime | 런타임 | Runtime | version range, multiple]
            """)
        let latency = try #require(vocabulary.key("latency_ms"))
        #expect((latency.kind, latency.unit, latency.needsPlace) == (.number, .ms, .board))
        #expect(vocabulary.key("top1")?.needsPlace == .dataset)
        #expect(vocabulary.key("runtime")?.kind == .versionRange)
    }

    @Test func `says which keys count the same in other amounts`() throws {
        let vocabulary = try vocabulary(
            """
            [params | 파라미터 수 | Parameters | number, count]
            [mparams | 파라미터 수(백만) | Million parameters | number, in millions of params]
            """)
        #expect(vocabulary.key("mparams")?.scale == .init(of: "params", factor: 1_000_000))
        #expect(vocabulary.keys(counting: "mparams") == ["mparams", "params"])
        #expect(vocabulary.keys(counting: "params") == ["params", "mparams"])
        #expect(vocabulary.keys(like: "params") == ["params"])
    }

    @Test func `lets keys share values, and keeps codes from being words`() throws {
        let vocabulary = try vocabulary(
            """
            [lang | 언어 | Language | keyword, multiple, codes]
            it | 이탈리아어 | Italian
            [language | 언어 | Language | keyword, same as lang]
            """)
        #expect(vocabulary.label(key: "language", folded: "it")?.en == "Italian")
        #expect(vocabulary.keys(like: "language") == ["language", "lang"])
        #expect(vocabulary.keys(like: "lang") == ["lang", "language"])
        #expect(vocabulary.keys(like: "other") == ["other"])
        #expect(vocabulary.entries(named: "it").isEmpty)
        #expect(vocabulary.entries(named: "italian").count == 1)
    }

    @Test(arguments: [
        ("car | 차 | Car", 1, "below a section"), ("[object", 1, "ends in ]"),
        ("[Object | 대상 | Object | keyword]", 1, "key"),
        ("[object]", 1, "is new"), ("[object | 대상 | Object]", 1, "a section has"),
        ("[object | 대상 | | keyword]", 1, "name"), ("[object | 대상 | Object | thing]", 1, "thing"),
        ("[object | 대상 | Object | keyword, bytes]", 1, "only numbers"),
        ("[object | 대상 | Object | keyword, at home]", 1, "at home"),
        ("[kops | 연산 | Operations | number, in dozens of ops]", 1, "dozens"),
        ("[kops | 연산 | Operations | keyword, in thousands of ops]", 1, "only numbers"),
        ("[kops | 연산 | Operations | number, in thousands of ops]", 1, "stands above"),
        ("[ops | 연산 | Operations | number, in thousands of ops]", 1, "stands above"), ("[ | 낱말]", 1, "[]"),
        ("\(head)car | 차", 2, "a line has"), ("\(head)car | 차 | Car | a | b | c", 2, "a line has"),
        ("\(head)\ncar | 차 |", 3, "needs"), ("\(head) | 차 | Car", 2, "no context value"),
        ("\(head)car | 차 | Car | ~", 2, "nothing follows"), ("\(head)car | 차 | Car | | vehicle", 2, "vehicle"),
        ("\(head)car | 차 | Car | | <:", 2, "no context tag"), ("[]\n | 낱말 | Word", 2, "no context value"),
    ])
    func `is refused with file and line`(text: String, line: Int, reason: String) throws {
        let error = #expect(throws: VocabularyError.self) { _ = try vocabulary("", text) }
        #expect(error?.file == "words2.txt")
        #expect(error?.line == line)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }
}
