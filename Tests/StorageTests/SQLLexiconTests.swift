import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

@Suite struct `What SQL knows of words and tags` {
    private let fixture: SearchFixture
    private let everyone = SearchReaders(everything: true, namespaces: [], models: [])

    init() throws {
        fixture = try SearchFixture()
        for number in 0..<8 {
            try fixture.add(
                "demo/parking-\(number)", title: "Parking detector", service: "illegal-parking",
                tags: ["object:license-plate", "env:day"], readme: number == 0 ? "불법주정차 단속" : "")
        }
        for number in 0..<8 {
            try fixture.add("demo/voice-\(number)", title: "Voice", service: "voice", tags: ["env:day", "size:5"])
        }
        try fixture.add(
            "secret/radar", title: "Hidden radiolocation",
            tags: ["object:submarine-net", "codename:falcon", "depth:9"],
            visibility: .private)
        try fixture.add("demo/gone", tags: ["object:unicorn"])
        try fixture.remove("demo/gone")
    }

    private func ask<T>(_ question: (SQLSearch) throws -> T) throws -> T {
        try fixture.database.read { _ in try question(SQLSearch(fixture.database)) }
    }

    private func tag(_ key: String, _ value: String) throws -> Int64 {
        try #require(try ask { try $0.tags(key: key, values: [value], for: everyone).first })
    }

    @Test func `counts public models only`() throws {
        #expect(try ask { $0.publicCount } == 16)
        #expect(try ask { try $0.publicCount(term: "wdetect") } == 8)
        #expect(try ask { try $0.publicCount(term: "g주정") } == 1)
        #expect(try ask { try $0.publicCount(term: "wradiolocat") } == 0)
        let (plate, secret) = (try tag("object", "license-plate"), try tag("codename", "falcon"))
        #expect(try ask { try $0.publicCount(tag: plate) } == 8)
        #expect(try ask { try $0.publicCount(tag: secret) } == 0)
        #expect(try ask { try $0.publicCount(tag: 999_999) } == 0)
    }

    @Test(arguments: [
        ([["wdetect"]], true, true), ([["wdetect", "wvoic"]], false, false), ([["wzebra"], ["wdetect"]], true, true),
        ([["wlicens"]], true, true), ([["wunicorn"]], false, false), ([["wfalcon"]], false, true),
        ([["whidden"]], false, true), ([[]], false, false), ([], false, false),
    ])
    func `knows words of models and of tags`(alternatives: [[String]], anonymous: Bool, all: Bool) throws {
        #expect(try ask { try $0.isKnown(alternatives, to: .anonymous) } == anonymous)
        #expect(try ask { try $0.isKnown(alternatives, to: everyone) } == all)
    }

    @Test func `knows the tags that models have`() throws {
        let values = ["license-plate", "submarine-net", "unicorn", "none"]
        #expect(try ask { try $0.tags(key: "object", values: values, for: .anonymous) }.count == 1)
        #expect(try ask { try $0.tags(key: "object", values: values, for: everyone) }.count == 2)
        #expect(try ask { try $0.isKey("object", for: .anonymous) })
        #expect(try ask { try $0.isKey("size", for: .anonymous) })
        #expect(try ask { try !$0.isKey("codename", for: .anonymous) && $0.isKey("codename", for: everyone) })
        #expect(try ask { try !$0.isKey("depth", for: .anonymous) && $0.isKey("depth", for: everyone) })
        let plates = SearchText.terms(asking: SearchText.words("license plates"))
        #expect(try ask { try $0.tags(holding: plates, limit: 5, for: .anonymous).map(\.value) } == ["license-plate"])
        let nets = ["wsubmarin"]
        #expect(try ask { try $0.tags(holding: nets, limit: 5, for: .anonymous) } == [])
        #expect(try ask { try $0.tags(holding: nets, limit: 5, for: everyone).map(\.value) } == ["submarine-net"])
        #expect(try ask { try $0.tags(holding: ["wunicorn"], limit: 5, for: .anonymous) } == [])
        #expect(try ask { try $0.tags(holding: [], limit: 5, for: .anonymous) } == [])
        let plate = try tag("object", "license-plate")
        #expect(
            try ask { try $0.tag(plate) }
                == KnownTag(id: plate, key: "object", value: "license-plate", folded: "license-plate"))
        #expect(try ask { try $0.tag(999_999) } == nil)
    }

    @Test(arguments: [
        ("l", ["license-plate 8"]), ("pl", ["license-plate 8"]), ("license-p", ["license-plate 8"]),
        ("icense", []), ("fal", []), ("uni", []), ("", []), ("parking", ["illegal-parking 8"]), ("%", []),
    ])
    func `knows tags by the beginnings of their words`(text: String, tags: [String]) throws {
        let found = try ask { try $0.tags(beginning: text, limit: 5, for: .anonymous) }
        #expect(found.map { "\($0.tag.folded) \($0.count)" } == tags)
        let all = try ask { try $0.tags(beginning: "fal", limit: 5, for: everyone) }
        #expect(all.map { "\($0.tag.folded) \($0.count)" } == ["falcon 1"])
    }

    @Test(arguments: [
        ("detectr", 1, ["detect", "detector"]), ("dettector", 1, ["detector"]), ("dtector", 1, ["detector"]),
        ("edtector", 1, ["detector"]), ("dxtxctor", 1, []), ("dxtxctor", 2, ["detector"]),
        ("radiolocatiom", 2, []), ("licence", 1, ["license"]), ("falcom", 1, []), ("불법주전차", 1, ["불법주정차"]),
    ])
    func `knows what a mistyped word may mean`(word: String, distance: Int, words: [String]) throws {
        let found = try ask { try $0.words(near: word, distance: distance, limit: 5) }
        #expect(found.map(\.word) == words)
        #expect(found.allSatisfy { $0.distance <= distance && $0.count > 0 })
    }

    @Test func `learns what goes together from public models`() throws {
        let plate = try tag("object", "license-plate")
        let service = try tag("service", "illegal-parking")
        let found = try ask { try $0.neighbours(of: .tags([service]), keys: ["object", "env"], seeds: [], limit: 5) }
        #expect(found.map(\.tag.id) == [plate])
        // Always together: 1, shrunk by 8 / 18.
        #expect(
            found.first == TagNeighbour(tag: try #require(try ask { try $0.tag(plate) }), strength: 444, support: 8))
        // No public model matches: 20 more of 36 do, and 28 have the tag.
        let seeded = try ask { try $0.neighbours(of: .terms(["whidden"]), keys: ["object"], seeds: [plate], limit: 5) }
        #expect(seeded.map(\.tag.id) == [plate] && seeded.map(\.support) == [0] && seeded.map(\.strength) == [285])
        #expect(try ask { try $0.neighbours(of: .terms(["whidden"]), keys: ["codename"], seeds: [], limit: 5) } == [])
        #expect(try ask { try $0.neighbours(of: .tags([service]), keys: ["task"], seeds: [], limit: 5) } == [])
    }
}
