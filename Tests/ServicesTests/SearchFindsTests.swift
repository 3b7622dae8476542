import Registry
import SQLite
import Search
import Storage
import Services
import TestSupport
import Testing

@Suite struct `Search finds` {
    private let fixture: SearchFixture

    init() throws {
        fixture = try SearchFixture()
        try fixture.add(
            "demo/people", title: "Person detector", summary: "Finds people on CCTV", service: "crime-prevention",
            tags: ["task:object-detection", "object:person"], variantTags: ["format:tflite", "precision:int8"])
        try fixture.add(
            "demo/parking", title: "불법주정차 감지", service: "illegal-parking",
            tags: ["object:car", "object:license-plate"], variantTags: ["format:onnx"])
        try fixture.add(
            "demo/fire", title: "Fire and smoke", service: "fire-watch", tags: ["object:fire", "object:smoke"],
            variantTags: ["format:tflite"], readme: "화재와 연기를 찾는 모델. Trained on ember-images.")
        try fixture.add("demo/yolo-v4-tiny", title: "Small network", readme: "It finds a person or a car.")
        try fixture.add("demo/walker", title: "Pedestrians", tags: ["object:person"])
    }

    @Test(arguments: [
        ("방범", "demo/people"), ("사람", "demo/people"), ("보행자 탐지", "demo/people"), ("human detection", "demo/people"),
        ("주정차", "demo/parking"), ("불법주정차", "demo/parking"), ("번호판", "demo/parking"), ("차량", "demo/parking"),
        ("illegal parking", "demo/parking"), ("화재 연기", "demo/fire"), ("smoke", "demo/fire"), ("ember", "demo/fire"),
        ("YOLOv4 Tiny", "demo/yolo-v4-tiny"), ("demo/walker", "demo/walker"), ("persn detecton", "demo/people"),
        ("CCTV", "demo/people"), ("침입 감지", "demo/people"),
    ])
    func `in both languages, best first`(text: String, name: String) throws {
        #expect(try fixture.names(text).first == name)
    }

    @Test func `what goes with a service type in models that do not name it`() throws {
        #expect(try fixture.names("방범").contains("demo/walker"))
        try fixture.add("demo/plates", title: "LPR", tags: ["object:license-plate"])
        #expect(try fixture.names("불법주정차").contains("demo/plates"))
    }

    @Test func `any word, and models with all of them first`() throws {
        let names = try fixture.names("person car")
        #expect(names.first == "demo/yolo-v4-tiny")
        #expect(Set(names).isSuperset(of: ["demo/people", "demo/parking", "demo/walker"]))
        #expect(!names.contains("demo/fire"))
    }

    @Test(arguments: [
        (["object:person"], ["demo/people", "demo/walker"]),
        (["object:person,fire"], ["demo/fire", "demo/people", "demo/walker"]),
        (["object:person", "format:tflite"], ["demo/people"]),
        (["object:fire", "object:smoke"], ["demo/fire"]),
        (["object:fire", "object:person"], []),
        (["service:illegal-parking"], ["demo/parking"]),
        (["format:ONNX"], ["demo/parking"]),
        (["nothing:at-all"], []),
    ])
    func `what has the tags`(tags: [String], expected: [String]) throws {
        #expect(try fixture.names("", tags: tags, sort: .name) == expected)
    }

    @Test func `by a tag inside the text, when models have it`() throws {
        #expect(try fixture.names("format:tflite person").first == "demo/people")
        #expect(Set(try fixture.names("format:tflite")) == ["demo/people", "demo/fire"])
        #expect(try fixture.names("colour:red fire").first == "demo/fire")
    }

    @Test(arguments: [
        ("params<5M", ["demo/millions", "demo/ones"]), ("mparams<5", ["demo/millions", "demo/ones"]),
        ("params<3M", ["demo/ones"]), ("params<3M?", ["demo/fire", "demo/ones", "demo/walker"]),
        ("5 GFLOPs 이하", ["demo/millions"]), ("has:flops", ["demo/millions"]),
        ("-params<3M has:params", ["demo/millions"]),
        ("map>=40", ["demo/millions", "demo/ones"]), ("map@coco>=41", ["demo/ones"]),
        ("mAP 40 이상", ["demo/millions", "demo/ones"]),
        ("map<41", ["demo/millions"]), ("map>=0.4", ["demo/millions", "demo/ones"]), ("map<41%", ["demo/millions"]),
        ("map>=40.5", ["demo/millions", "demo/ones"]), ("map=40.5", ["demo/millions"]),
        ("params=4.2M", ["demo/millions"]),
        ("mparams<=2.5", ["demo/ones"]), ("mparams:4.2", ["demo/millions"]), ("mparams:2500000", []), ("map>41.5", []),
    ])
    func `numbers in whatever amounts they are told`(text: String, expected: [String]) throws {
        try fixture.add(
            "demo/millions", title: "A", tags: ["mparams:4.2", "gflops:3.5"], variantTags: ["map:0.405@coco"])
        try fixture.add("demo/ones", title: "B", tags: ["params:2500000"], variantTags: ["map:41.5@coco"])
        let names = try fixture.names(text, sort: .name)
        #expect(names.filter { !["demo/parking", "demo/people", "demo/yolo-v4-tiny"].contains($0) } == expected)
    }

    @Test func `and counts facets without their own filter`() throws {
        let query = SearchQuery(
            tags: [try SearchQuery.TagFilter("format:tflite")], facets: ["format", "object", "service", "unused"])
        let result = try fixture.search(query)
        let facets = try #require(result.facets)
        #expect(result.page.total == 2)
        #expect(facets["format"]?.map { "\($0.value) \($0.count)" } == ["tflite 2", "onnx 1"])
        #expect(facets["object"]?.map { "\($0.value) \($0.count)" } == ["fire 1", "person 1", "smoke 1"])
        #expect(facets["service"]?.first { $0.value == "fire-watch" }?.label?.ko == "화재·연기 감시")
        #expect(facets["unused"] == [])
    }

    @Test func `and says why`() throws {
        let why = try #require(try fixture.search(SearchQuery(text: "방범 cctv zebra")).page.items.first?.why)
        #expect(why.terms == ["방범", "cctv"])
        #expect(why.tags == ["service:crime-prevention"])
        #expect(why.paths.contains { $0.last == "object:person" })
    }

    @Test func `what was meant by a mistyped word, and says so`() throws {
        #expect(try fixture.search(SearchQuery(text: "persn")).corrected == "person")
        #expect(try fixture.search(SearchQuery(text: "person")).corrected == nil)
        #expect(try fixture.search(SearchQuery(text: "qqqqqq")).page.total == 0)
    }

    @Test func `what a model is now, not what it was`() throws {
        try fixture.add("demo/fire", title: "Barcode reader", tags: ["object:barcode"])
        #expect(try fixture.names("연기").isEmpty)
        #expect(try fixture.names("바코드") == ["demo/fire"])
        #expect(try fixture.names("", tags: ["object:smoke"]).isEmpty)
        #expect(try fixture.search(SearchQuery()).page.total == 5)
    }

    @Test func `the same after the index is rebuilt`() throws {
        let before = try fixture.names("person detection")
        _ = try fixture.repository.search.rebuild()
        #expect(try fixture.names("person detection") == before)
    }

    @Test(arguments: [
        "\"", "a\"b", "person AND", "NEAR(", "*", "^a", "-x", "{n}:c", "\u{0}person", "''", "%", ":", "tag:",
    ])
    func `without stumbling over signs`(text: String) throws {
        _ = try fixture.names(text)
    }
}

@Suite struct `Search is told in pages` {
    private let fixture: SearchFixture

    init() throws {
        fixture = try SearchFixture()
        for number in 0..<45 {
            try fixture.add(
                "demo/camera-\(number)", title: "Camera", tags: number % 3 == 0 ? ["env:night"] : [],
                updatedAt: Int64(number / 10), downloads: Int64(number % 7))
        }
    }

    @Test(arguments: [SearchSort.relevance, .updated, .downloads, .name], ["", "camera night"])
    func `that together hold everything once, in one order`(sort: SearchSort, text: String) throws {
        // "camera" says too little to leave models out by, or to bring them in.
        let count = text.isEmpty ? 45 : 15
        let whole = try fixture.search(SearchQuery(text: text, sort: sort, limit: 100))
        var names: [String] = []
        var cursor: String?
        for _ in 0..<10 {
            let part = try fixture.search(SearchQuery(text: text, sort: sort, limit: 7, cursor: cursor))
            #expect(part.page.total == count)
            names += part.names
            cursor = part.page.next
            if cursor == nil { break }
        }
        #expect(names == whole.names)
        #expect(Set(names).count == count)
        #expect(cursor == nil)
    }

    @Test(arguments: ["", "x", "u-1", "n-zz-1", "u-1-1-1", "r-1-1", "u--1-1", "u-9999999999999999999-1"])
    func `and refuses a cursor of another list`(cursor: String) throws {
        #expect(throws: RegistryError.self) {
            _ = try fixture.search(SearchQuery(sort: .updated, cursor: cursor))
        }
    }
}

@Suite struct `Private models` {
    private let fixture: SearchFixture

    init() throws {
        fixture = try SearchFixture()
        try fixture.add("open/person", title: "Person", tags: ["object:person"])
        try fixture.add(
            "secret/person", title: "Hidden person", tags: ["object:person", "codename:falcon"], visibility: .private)
        try fixture.add("secret/fire", title: "Hidden fire", tags: ["object:fire"], visibility: .private)
    }

    static let callers: [(Role?, [String: NamespaceRole], [String]?, Set<String>)] = [
        (nil, [:], nil, ["open/person"]),
        (.viewer, [:], nil, ["open/person"]),
        (.viewer, ["open": .owner], nil, ["open/person"]),
        (.viewer, ["secret": .reader], nil, ["open/person", "secret/person", "secret/fire"]),
        (.admin, [:], nil, ["open/person", "secret/person", "secret/fire"]),
        (.admin, [:], ["secret/fire"], ["open/person", "secret/fire"]),
        (.developer, ["secret": .owner], ["secret/person"], ["open/person", "secret/person"]),
        (.developer, ["secret": .owner], ["secret/*"], ["open/person", "secret/person", "secret/fire"]),
    ]

    @Test(arguments: callers)
    func `count only for who may read them`(
        role: Role?, namespaces: [String: NamespaceRole], patterns: [String]?, readable: Set<String>
    ) throws {
        let caller =
            try role.map {
                try SearchFixture.caller($0, namespaces: namespaces, models: try patterns?.map { try ModelPattern($0) })
            } ?? .anonymous
        let all = try fixture.search(SearchQuery(facets: ["object", "codename"]), for: caller)
        #expect(Set(all.names) == readable)
        #expect(all.page.total == readable.count)
        #expect(all.facets?["codename"]?.isEmpty == !readable.contains("secret/person"))
        #expect(
            all.facets?["object"]?.first { $0.value == "person" }?.count
                == readable.count { $0.hasSuffix("person") })
        #expect(try fixture.names("hidden", for: caller).count == readable.count { $0.hasPrefix("secret") })

        let search = fixture.repository.search
        let keys = try search.contextKeys(for: caller)
        #expect(keys.contains { $0.description.key == "codename" } == readable.contains("secret/person"))
        #expect(try search.suggest("falc", limit: 10, for: caller).items.isEmpty == !readable.contains("secret/person"))
        #expect(
            try search.suggest("hidden f", limit: 10, for: caller).items.isEmpty == !readable.contains("secret/fire"))
    }

    @Test func `become public and private again`() throws {
        try fixture.add("secret/person", title: "Hidden person", tags: ["codename:falcon"], visibility: .public)
        #expect(try fixture.names("hidden") == ["secret/person"])
        try fixture.add("secret/person", title: "Hidden person", tags: ["codename:falcon"], visibility: .private)
        #expect(try fixture.names("hidden").isEmpty)
    }
}
