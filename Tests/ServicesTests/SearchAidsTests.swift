import Registry
import SQLite
import Search
import Storage
import Services
import TestSupport
import Testing

@Suite struct `Search helps` {
    private let fixture: SearchFixture

    init() throws {
        fixture = try SearchFixture()
        try fixture.add(
            "demo/people", title: "Person detector", service: "crime-prevention", tags: ["object:person"], downloads: 3)
        try fixture.add(
            "demo/persona", title: "Persona", service: "voice", tags: ["object:person", "object:personal-item"],
            downloads: 9)
    }

    private func suggest(_ text: String, limit: Int = 9) throws -> [String] {
        try fixture.repository.search.suggest(text, limit: limit, for: .anonymous).items
            .map { "\($0.kind.rawValue) \($0.value) \($0.count ?? 0)" }
    }

    @Test(arguments: [
        (
            "pers",
            [
                "context object:person 2", "context object:personal-item 1", "model demo/persona 0",
                "model demo/people 0",
            ]
        ),
        ("사", ["context object:person 2"]), ("사ㄹ", ["context object:person 2"]),
        ("사라", ["context object:person 2"]), ("삶", []), ("방버", ["service crime-prevention 1"]),
        ("방ㅂ", ["service crime-prevention 1"]), ("ㅂㅏㅇ", ["service crime-prevention 1"]),
        ("object:pers", ["context object:person 2", "context object:personal-item 1"]),
        ("task:pers", []),
        ("방", ["service crime-prevention 1"]),
        ("crime", ["service crime-prevention 1"]),
        ("fire", []),
        ("  ", []),
    ])
    func `to finish a word`(text: String, expected: [String]) throws {
        #expect(try suggest(text) == expected)
    }

    @Test(
        arguments: [
            ("qkdq", "방ㅂ", ["service crime-prevention 1"]), ("tkfka", "사람", ["context object:person 2"]),
            ("ㅔㄷㄱㄴㅐ", "perso", ["context object:person 2"]), ("pers", nil, ["context object:person 2"]),
            ("qqqq", nil, []), ("qk1", nil, []),
        ] as [(String, String?, [String])])
    func `who types with the other keyboard`(text: String, meant: String?, expected: [String]) throws {
        let found = try fixture.repository.search.suggest(text, limit: 1, for: .anonymous)
        #expect(found.items.map { "\($0.kind.rawValue) \($0.value) \($0.count ?? 0)" } == expected)
        #expect(found.corrected == meant)
    }

    @Test func `with no more than is asked for`() throws {
        #expect(try suggest("pers", limit: 3).count == 3)
        #expect(try suggest("pers", limit: 1).count == 1)
    }

    @Test func `with the keys and values in use`() throws {
        let search = fixture.repository.search
        let keys = try search.contextKeys(for: .anonymous)
        #expect(keys.map { "\($0.description.key) \($0.values) \($0.count)" } == ["object 2 2", "service 2 2"])
        #expect(keys.first?.description.label == Label(ko: "대상", en: "Object"))
        let values = try search.contextKey("object", limit: 10, cursor: nil, for: .anonymous).values
        #expect(values.items.map { "\($0.facet.value) \($0.facet.count)" } == ["person 2", "personal-item 1"])
        #expect(try search.contextKey("task", limit: 10, cursor: nil, for: .anonymous).values.items == [])
        #expect(throws: RegistryError.self) { _ = try search.contextKey("zz", limit: 10, cursor: nil, for: .anonymous) }
    }

    @Test func `with the models of each service type`() throws {
        let home = try fixture.repository.search.home(limit: 5, for: .anonymous)
        #expect(home.total == 2)
        #expect(home.sections.map { "\($0.serviceType.id) \($0.count)" } == ["crime-prevention 1", "voice 1"])
    }
}
