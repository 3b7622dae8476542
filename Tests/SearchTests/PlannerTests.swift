import Registry
import Search
import TestSupport
import Testing

/// Queries of words and clauses, each an item as ``QueryParser`` would make it.
private func query(_ nodes: [(QueryNode, String)]) -> (ParsedQuery, String) {
    var items: [QueryItem] = []
    var text = ""
    for (node, typed) in nodes {
        if !text.isEmpty { text += " " }
        let start = text.unicodeScalars.count
        text += typed
        items.append(QueryItem(node, text: typed, range: start..<text.unicodeScalars.count))
    }
    return (ParsedQuery(items: items), text)
}

private func words(_ text: String) -> (ParsedQuery, String) {
    query(text.split(separator: " ").map { (.word(String($0)), String($0)) })
}

private func plan(_ query: (ParsedQuery, String), in index: MemoryIndex) throws -> PlannedQuery {
    try Planner(vocabulary: .standard, index: index, readers: .anonymous).plan(query.0, of: query.1)
}

private func found(_ text: String, in index: MemoryIndex) throws -> [Int64] {
    let planned = try plan(words(text), in: index)
    return index.find(SearchRequest(planned.plan, for: .anonymous)).hits.map(\.place.model)
}

@Suite struct `A query is planned` {
    private let empty = MemoryIndex([], tags: [])
    private let few: MemoryIndex
    private let paths: [String]

    init() throws {
        few = try MemoryIndex.holding([
            (
                "acme/person-detector", ["task:object-detection", "object:person", "format:tflite"],
                "Finds pedestrians."
            ),
            ("acme/plates", ["object:license-plate", "service:illegal-parking"], "번호판을 읽습니다."),
            ("acme/yolov4-tiny", ["task:object-detection", "precision:int8"], "A small network."),
            ("acme/yolo-v4", ["task:object-detection"], "A network."),
            ("acme/reidentification", ["task:person-reidentification"], ""),
            ("acme/faces", ["task:face-detection", "format:onnx"], "Runs on a Raspberry Pi 5."),
            ("acme/night-watch", ["env:night", "service:crime-prevention"], ""),
        ])
        paths = []
    }

    @Test(arguments: [
        ("person detection", ["person detection"]),
        ("license plate on a truck", ["license plate", "truck"]),
        ("불법주정차 카메라", ["불법주정차", "카메라"]),
        ("야간번호판카메라", ["야간", "번호판", "카메라"]),
        ("음성을 인식하는", ["음성 인식"]),
        ("외국어 번역기", ["외국어", "번역기"]), ("닭탐지카메라", ["탐지", "카메라"]),
        ("xyzzy of the plugh", ["xyzzy", "plugh"]),
        ("the of", ["the", "of"]),
        ("facedetection onnx", ["facedetection", "onnx"]),
        ("", []),
    ])
    func `as units, the longest known names first`(text: String, expected: [String]) throws {
        #expect(try plan(words(text), in: empty).plan.units.map(\.text).filter { !$0.isEmpty } == expected)
    }

    @Test(arguments: [
        ("방범", ["방범", "service:crime-prevention", "object:person"]),
        ("crime prevention", ["crime prevention", "service:crime-prevention", "object:person"]),
        ("불법주정차", ["불법주정차", "service:illegal-parking", "object:license-plate"]),
        ("불법 주정차", ["불법 주정차", "service:illegal-parking", "object:car"]),
        ("illegal parking", ["illegal parking", "service:illegal-parking", "object:license-plate"]),
    ])
    func `with what the keywords lead to, on an empty repository too`(text: String, path: [String]) throws {
        for index in [empty, few] {
            #expect(try plan(words(text), in: index).associations.map(\.path).contains(path))
        }
    }

    @Test(
        arguments: [
            ("사람 탐지", 1), ("pedestrian detector", 1), ("불법주정차", 2), ("licence plate", 2), ("차량 번호판", 2),
            ("yolo v4 tiny", 3), ("yolov4 tiny", 3), ("YOLO-v4", 4), ("re-identification", 5), ("re identification", 5),
            ("facedetection", 6), ("얼굴검출", 6), ("방범", 7), ("야간에", 7),
            ("persn detecton", 1), ("번호펀", 2), ("detec", 1),
        ] as [(String, Int64)])
    func `so that the right model comes first`(text: String, model: Int64) throws {
        #expect(try found(text, in: few).first == model)
    }

    @Test(arguments: [
        ("persn detecton", "person detection"), ("Moblienet v2", "mobilenet v2"), ("얼굴 겅출", "얼굴 검출"),
        ("yoolov4 tiny", "yolov4 tiny"), ("qkdqja", "방범"), ("dirks 사람", "야간 사람"), ("ㅔㄷㄱ내ㅜ", "person"),
        ("dirksqjsghvks", "야간번호판"),
    ])
    func `with mistyped words put right`(text: String, corrected: String) throws {
        #expect(try plan(words(text), in: few).corrected == corrected)
    }

    @Test(arguments: [
        "dog", "fnvm", "qqqq", "ㅋㅋㅋㅋ", "person", "reidentification", "yolov4", "tiny", "zzzzzzzz", "번호판을", "abc",
        "plates network", "yolov9",
        "zzzzz50",
    ])
    func `with words that models hold left alone`(text: String) throws {
        #expect(try plan(words(text), in: few).corrected == nil)
    }

    @Test func `with a weight for each word that only public models make`() throws {
        let planned = try plan(words("tflite network"), in: few)
        #expect(planned.plan.units.count == 3)
        #expect(planned.plan.units[0].rarity > planned.plan.units[1].rarity)
        #expect(planned.plan.units.allSatisfy { (1...4096).contains($0.rarity) })
    }

    @Test func `within bounds`() throws {
        let long = (1...500).map { "w\($0)x" }.joined(separator: " ")
        let planned = try plan(words(long), in: few)
        #expect(planned.plan.wanted.count == 12)
        let broad = try plan(words("detection recognition lightweight camera person car speech image"), in: few)
        #expect(broad.plan.units.allSatisfy { $0.alternatives.count <= 64 })
    }

    @Test func `alike each time`() throws {
        let first = try plan(words("방범 사람 탐지 detection"), in: few)
        for _ in 1...5 { #expect(try plan(words("방범 사람 탐지 detection"), in: few) == first) }
    }

    @Test func `with the place of each unit in the query`() throws {
        let text = "저전력 야간번호판카메라 detector"
        let scalars = Array(text.unicodeScalars)
        for item in try plan(words(text), in: few).understood {
            #expect(String(String.UnicodeScalarView(scalars[item.range])) == item.text)
        }
    }
}

@Suite struct `Explicit parts of a query` {
    private let index: MemoryIndex

    init() throws {
        index = try MemoryIndex.holding([
            ("a/one", ["format:tflite", "precision:int8"], "license plate"),
            ("a/two", ["format:onnx"], "plate license"),
            ("a/three", ["format:rknn"], "plateau"),
        ])
    }

    private func models(_ nodes: [(QueryNode, String)]) throws -> Set<Int64> {
        let planned = try plan(query(nodes), in: index)
        return Set(index.find(SearchRequest(planned.plan, for: .anonymous)).hits.map(\.place.model))
    }

    private func item(_ node: QueryNode) -> QueryItem { QueryItem(node, text: "x", range: 0..<1) }
    private func format(_ values: String...) -> QueryNode { .clause(QueryClause(key: "format", test: .values(values))) }

    @Test func `must hold`() throws {
        #expect(try models([(.phrase("license plate"), "\"license plate\"")]) == [1])
        #expect(try models([(.prefix("plat"), "plat*")]) == [1, 2, 3])
        #expect(try models([(format("TFLite", "onnx"), "format:TFLite,onnx")]) == [1, 2])
        #expect(try models([(format("abacus"), "format:abacus")]) == [])
        #expect(try models([(.clause(QueryClause(key: "precision", test: .present)), "has:precision")]) == [1])
        #expect(try models([(.not(item(format("tflite"))), "-format:tflite")]) == [2, 3])
        #expect(try models([(.not(item(.word("license"))), "-license")]) == [3])
        #expect(try models([(.any([[item(format("onnx"))], [item(.word("plateau"))]]), "(…)")]) == [2, 3])
        #expect(try models([(.any([[item(format("onnx")), item(.word("plateau"))]]), "(…)")]) == [])
    }

    @Test func `may name a value as the vocabulary does`() throws {
        #expect(try models([(format("오닉스"), "format:오닉스")]) == [2])
        #expect(try models([(format("rockchip"), "format:rockchip")]) == [3])
    }

    @Test func `are shown as they were understood`() throws {
        let planned = try plan(
            query([
                (format("tflite"), "format:tflite"), (.word("plate"), "plate"), (format("abacus"), "format:abacus"),
                (.not(item(.word("license"))), "-license"),
            ]), in: index)
        #expect(planned.understood.count == 4)
        #expect(planned.understood.filter { $0.problem != nil }.map(\.text) == ["format:abacus"])
        #expect(planned.understood.flatMap(\.meanings).map(\.tag).contains("format:tflite"))
        #expect(planned.understood.filter(\.isNegated).map(\.text) == ["-license"])
    }

    @Test(arguments: [
        ("size<5parsec", ["size<5parsec"]), ("(plate license", ["plate"]), ("plate license OR", ["license"]),
    ])
    func `tell what could not be read where it stands`(text: String, doubtful: [String]) throws {
        let planned = try plan((QueryParser.parse(text, isKey: { _ in true }), text), in: index)
        #expect(planned.understood.filter { $0.problem != nil }.map(\.text) == doubtful)
    }

    @Test(arguments: ["net tiny", "Net_Tiny", "net-tiny", "nettiny", "acme/net-tiny"])
    func `name models, which come first`(text: String) throws {
        let index = try MemoryIndex.holding([
            ("net/tiny-net", ["arch:net-tiny"], "net tiny net tiny net tiny"),
            ("acme/net-tiny", [], ""),
            ("acme/net-tiny-2", ["arch:net-tiny"], "A net-tiny of acme."),
            ("other/net", ["arch:net-tiny", "tag:tiny"], "net tiny"),
        ])
        let planned = try plan(words(text), in: index)
        #expect(planned.plan.named == (text == "nettiny" ? [] : [2]))
        if text != "nettiny" { #expect(try found(text, in: index).first == 2) }
    }

    @Test func `name no model that others keep private`() throws {
        let tokens = SearchWords.tokens(name: "acme/net-tiny", title: "", summary: "", readme: "")
        let index = MemoryIndex(
            [SearchDocument(model: 1, namespace: 9, isPublic: false, words: tokens, tags: [])], tags: [])
        func planned(_ readers: SearchReaders) throws -> SearchPlan {
            let (query, text) = words("net tiny")
            return try Planner(vocabulary: .standard, index: index, readers: readers).plan(query, of: text).plan
        }
        let stranger = try planned(.anonymous)
        #expect(stranger.named.isEmpty)
        #expect(stranger == (try plan(words("net tiny"), in: MemoryIndex([], tags: [])).plan))
        #expect(try planned(SearchReaders(everything: false, namespaces: [9], models: [])).named == [1])
    }

    @Test(arguments: [("net tiny", true), ("net", false)])
    func `prefer names that begin or end with their words`(text: String, hasUnit: Bool) throws {
        let index = try MemoryIndex.holding([
            ("acme/big-net", ["arch:net"], "net tiny"), ("acme/net-tiny-int8", [], ""), ("acme/a-net-tiny", [], ""),
        ])
        let units = try plan(words(text), in: index).plan.units
        let edges = units.filter { $0.text.isEmpty }.flatMap(\.alternatives).map(\.match)
        let terms = SearchText.terms(naming: SearchText.words(text))
        #expect(edges.contains(.terms(Array(terms.dropLast()))) == hasUnit)
        #expect(edges.contains(.terms(Array(terms.dropFirst()))) == hasUnit)
    }

    @Test func `tell nothing of values that only others' models have`() throws {
        let tag = KnownTag(id: 1, key: "board", value: "secret-7", folded: "secret-7")
        let open = KnownTag(id: 2, key: "board", value: "rpi5", folded: "rpi5")
        let index = MemoryIndex(
            [
                SearchDocument(model: 1, namespace: 9, isPublic: false, words: "cwhidden", tags: [1]),
                SearchDocument(model: 2, namespace: 1, isPublic: true, words: "cwopen", tags: [2]),
            ], tags: [tag, open])
        let clause = QueryNode.clause(QueryClause(key: "board", test: .values(["secret"])))
        func understood(_ readers: SearchReaders) throws -> UnderstoodItem? {
            let (query, text) = query([(clause, "board:secret")])
            return try Planner(vocabulary: .standard, index: index, readers: readers).plan(query, of: text)
                .understood.first
        }
        let stranger = try #require(try understood(.anonymous))
        #expect(stranger.meanings.isEmpty && stranger.problem != nil)
        let member = try #require(
            try understood(SearchReaders(everything: false, namespaces: [9], models: [])))
        #expect(member.meanings.map(\.tag) == ["board:secret-7"] && member.problem == nil)
    }

    @Test func `tell of numbers that no model tells`() throws {
        func document(_ model: Int64, isPublic: Bool, _ columns: String...) -> SearchDocument {
            SearchDocument(
                model: model, namespace: model, isPublic: isPublic, words: "cwnet", tags: [],
                numbers: columns.map { SearchNumber(column: $0, value: 0.5) })
        }
        let index = MemoryIndex(
            [
                document(1, isPublic: true, "mparams"), document(2, isPublic: true, "fps", "fps@rpi5"),
                document(9, isPublic: false, "map"),
            ], tags: [])
        let text = "params<5M latency_ms<9 fps>9 fps@rpi5>9 fps@nano>9 map>=0.4? has:map -map>=0.4"
        func untold(_ readers: SearchReaders) throws -> [String] {
            try Planner(vocabulary: .standard, index: index, readers: readers)
                .plan(QueryParser.parse(text, isKey: { _ in true }), of: text).understood
                .filter { $0.problem != nil }.map(\.text)
        }
        #expect(try untold(.anonymous) == ["latency_ms<9", "fps@nano>9", "map>=0.4?", "has:map", "-map>=0.4"])
        #expect(
            try untold(SearchReaders(everything: false, namespaces: [9], models: [])) == ["latency_ms<9", "fps@nano>9"])
    }

    @Test func `of a filter count beside it`() throws {
        let filter = try SearchQuery.TagFilter(key: "format", values: ["onnx", "rknn"])
        let planned = try Planner(vocabulary: .standard, index: index, readers: .anonymous)
            .plan(ParsedQuery(), of: "", filters: [filter])
        #expect(planned.plan.filters.map(\.key) == ["format"])
        #expect(index.find(SearchRequest(planned.plan, for: .anonymous)).total == 2)
    }
}

@Suite struct `A found model` {
    @Test func `says what led to it`() throws {
        let index = try MemoryIndex.holding([("a/people", ["object:person"], ""), ("a/other", ["object:dog"], "")])
        let planned = try plan(words("방범"), in: index)
        let hit = try #require(index.find(SearchRequest(planned.plan, for: .anonymous)).hits.first)
        let tag = try #require(index.tag(1))
        let why = Explanation(planned.plan, hit, tags: [tag], words: MetWords(planned.plan))
        #expect(why.terms == ["방범"])
        // What only has to do with the words is no match: it stands in the way to it.
        #expect(why.tags.isEmpty)
        #expect(why.paths == [["방범", "service:crime-prevention", "object:person"]])
    }

    @Test func `leads to those like it`() throws {
        let index = try MemoryIndex.holding([
            ("a/one", ["task:object-detection", "object:person", "env:night"], ""),
            ("a/two", ["task:object-detection", "object:person", "env:night"], ""),
            ("a/three", ["task:object-detection"], ""),
            ("a/four", ["task:translation"], ""),
        ])
        let tags = [("env", "night"), ("task", "object-detection")].flatMap { key, value in
            index.tags(key: key, values: [value], for: .anonymous)
        }
        let plan = try #require(try RelatedPlan.plan(tags: tags.compactMap(index.tag), lexicon: index))
        let hits = index.find(SearchRequest(plan, for: .anonymous)).hits.map(\.place.model)
        #expect(Set(hits) == [1, 2, 3])
        #expect(hits.last == 3)
        #expect(try RelatedPlan.plan(tags: [], lexicon: index) == nil)
    }

    @Test func `leads to what is for the same before what is made alike`() throws {
        let index = try MemoryIndex.holding([
            ("a/one", ["task:object-detection", "format:onnx", "precision:int8"], ""),
            ("a/same-task", ["task:object-detection", "format:tflite"], ""),
            ("a/same-file", ["task:translation", "format:onnx", "precision:int8"], ""),
        ])
        func related(_ keys: [(String, String)]) throws -> [Int64] {
            let tags = keys.flatMap { index.tags(key: $0, values: [$1], for: .anonymous) }.compactMap(index.tag)
            let plan = try #require(try RelatedPlan.plan(tags: tags, lexicon: index))
            return index.find(SearchRequest(plan, for: .anonymous)).hits.map(\.place.model)
        }
        #expect(try related([("task", "object-detection"), ("format", "onnx"), ("precision", "int8")]) == [1, 2])
        #expect(try Set(related([("format", "onnx"), ("precision", "int8")])) == [1, 3])
    }

    @Test func `proposes tags to narrow down by`() throws {
        let models = (1...12).map { place in
            (name: "a/m\(place)", tags: place < 8 ? ["object:person", "env:night"] : ["object:dog"], readme: "")
        }
        let index = try MemoryIndex.holding(models)
        let planned = try plan(words("person"), in: index)
        let also = try AlsoFilter.tags(for: planned.plan, lexicon: index)
        #expect(also.map(\.tag.folded) == ["night"])
    }
}
