import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

@Suite struct `A search document` {
    private let fixture: SearchFixture

    init() throws { fixture = try SearchFixture() }

    @Test func `holds the words, tags and numbers of a model`() throws {
        let model = try fixture.add(
            "demo/people", title: "Person detector", summary: "Finds people", service: "crime-prevention",
            tags: ["object:person", "size:5"], variantTags: ["format:onnx"], readme: "For CCTV", downloads: 20)
        let document = try #require(try fixture.document(model))
        #expect(
            document.words
                == SearchWords.tokens(
                    name: "demo/people", title: "Person detector", summary: "Finds people", readme: "For CCTV"))
        #expect(
            try fixture.tags(of: document) == ["format:onnx", "object:person", "service:crime-prevention", "size:5"])
        #expect(document.numbers == [SearchNumber(column: "size", value: 5)])
        #expect(document.isPublic)
        #expect(document.popularity == 17)
        #expect(try fixture.sets(of: model).count == 5)
    }

    @Test(arguments: [(0, 0), (1, 4), (3, 8), (1000, 39), (50_000, 62), (10_000_000, 63)])
    func `counts downloads in quarters of a doubling`(downloads: Int64, popularity: Int) throws {
        let model = try fixture.add("demo/people", downloads: downloads)
        #expect(try fixture.document(model)?.popularity == popularity)
    }

    @Test func `takes the licence of the model where no tag says one`() throws {
        let plain = try fixture.add("demo/plain", license: "MIT")
        let tagged = try fixture.add("demo/tagged", variantTags: ["license:apache-2.0"], license: "MIT")
        let none = try fixture.add("demo/none")
        #expect(try fixture.tags(of: try #require(try fixture.document(plain))) == ["license:mit", "service:other"])
        #expect(
            try fixture.tags(of: try #require(try fixture.document(tagged))) == ["license:apache-2.0", "service:other"])
        #expect(try fixture.tags(of: try #require(try fixture.document(none))) == ["service:other"])
    }

    @Test func `holds measured numbers, and they count more than declared ones`() throws {
        let model = try fixture.add("demo/fast", tags: ["latency_ms:90@rpi5"], variantTags: ["latency_ms:35@rpi5"])
        try fixture.database.write { db in
            try db.run(FixtureSQL.measurement, ["$model": .integer(model.rawValue), "$value": .real(41)])
            try SearchStore.index(model: model, in: db)
        }
        let document = try #require(try fixture.document(model))
        #expect(
            document.numbers == [
                SearchNumber(column: "latency_ms", value: 41), SearchNumber(column: "latency_ms@rpi5", value: 41),
            ])
        #expect(try fixture.tags(of: document) == ["service:other"])
    }

    @Test func `of a model without versions holds what the model says`() throws {
        let model = try fixture.add("demo/empty", title: "Soon", tags: ["env:night"], readme: "hidden words")
        try fixture.database.write { db in
            try db.run(FixtureSQL.withdrawn, ["$model": .integer(model.rawValue)])
            try SearchStore.index(model: model, in: db)
        }
        let document = try #require(try fixture.document(model))
        #expect(try fixture.tags(of: document) == ["env:night", "service:other"])
        #expect(!document.words.contains("hidden"))
    }

    @Test func `goes with its model`() throws {
        let model = try fixture.add("demo/people", tags: ["object:person", "size:5"], visibility: .private)
        try fixture.remove("demo/people")
        #expect(try fixture.document(model) == nil)
        #expect(try fixture.sets(of: model) == [])
        try fixture.database.write { db in
            try SearchStore.index(model: model, in: db)
            try SearchStore.remove(model: model, in: db)
        }
        #expect(try fixture.document(model) == nil)
    }

    @Test func `waits for no merge of the whole full-text index where it is written`() throws {
        for number in 0..<24 { try fixture.add("demo/camera-\(number)") }
        let segments = try fixture.database.read { db in try db.first(FixtureSQL.segments) { $0.int("count") } }
        // The sixteenth of a level would be merged with all others, but for `crisismerge`.
        #expect(try #require(segments) >= 24)
        try fixture.database.write { db in _ = try SearchStore.rebuild(in: db) }
        #expect(try fixture.database.read { db in try db.first(FixtureSQL.segments) { $0.int("count") } } == 1)
    }

    @Test func `is the same written one by one and rebuilt`() throws {
        for number in 0..<60 {
            try fixture.add(
                "demo/camera-\(number)", title: "Camera \(number % 7)", service: number % 2 == 0 ? "voice" : "other",
                tags: ["env:night", "size:\(number)"] + (number % 3 == 0 ? ["object:person"] : []),
                variantTags: ["format:onnx"], readme: "Number \(number)",
                visibility: number % 5 == 0 ? .private : .public, downloads: Int64(number * 10), license: "MIT")
        }
        for number in stride(from: 0, to: 60, by: 4) { try fixture.remove("demo/camera-\(number)") }
        for number in stride(from: 1, to: 60, by: 4) {
            try fixture.add("demo/camera-\(number)", title: "Again", tags: ["env:day"])
        }
        let before = try fixture.contents()
        #expect(before.documents.count == 45)
        let count = try fixture.database.write { db in try SearchStore.rebuild(in: db) }
        #expect(count == 45)
        let after = try fixture.contents()
        #expect(before.documents == after.documents)
        #expect(before.sets == after.sets)
        #expect(before.terms == after.terms)
        #expect(before.tagTerms.isSuperset(of: after.tagTerms))
    }
}

@Suite struct `The log of changes` {
    private let fixture: SearchFixture

    init() throws { fixture = try SearchFixture() }

    private func sequence() throws -> Int64 { try fixture.database.read { db in try SearchStore.sequence(in: db) } }

    private func changes(_ since: Int64, limit: Int = 100) throws -> (
        changes: [SearchChange], tags: [KnownTag], sequence: Int64
    )? {
        try fixture.database.read { db in try SearchStore.changes(since: since, limit: limit, in: db) }
    }

    @Test func `names each changed model once, as it is now`() throws {
        let start = try sequence()
        let people = try fixture.add("demo/people", tags: ["object:person"])
        let fire = try fixture.add("demo/fire")
        try fixture.database.write { db in try SearchStore.index(model: people, in: db) }
        #expect(try sequence() == start + 2)
        try fixture.remove("demo/fire")
        let found = try #require(try changes(start))
        #expect(found.sequence == start + 3)
        #expect(
            found.changes == [
                .put(try #require(try fixture.document(people))), .remove(fire.rawValue),
            ])
        #expect(found.tags.map(\.folded).sorted() == ["other", "person"])
        #expect(try #require(try changes(found.sequence)).changes == [])
    }

    @Test func `is told in parts`() throws {
        let start = try sequence()
        for number in 0..<5 { try fixture.add("demo/camera-\(number)") }
        let first = try #require(try changes(start, limit: 3))
        #expect(first.changes.count == 3)
        let second = try #require(try changes(first.sequence, limit: 3))
        #expect(second.changes.count == 2)
        #expect(try second.sequence == sequence())
    }

    @Test func `says when it no longer reaches back`() throws {
        for number in 0..<5 { try fixture.add("demo/camera-\(number)") }
        let before = try sequence()
        #expect(try changes(before + 1) == nil)
        #expect(try changes(-1) == nil)
        try fixture.database.write { db in try SearchStore.rebuild(in: db) }
        #expect(try sequence() > before)
        #expect(try changes(before) == nil)
        #expect(try changes(before + 1)?.changes == [.remove(0)])
        #expect(try changes(sequence())?.changes == [])
    }

    @Test func `keeps the last changes when it is trimmed, some thousand at once`() throws {
        let model = try fixture.add("demo/camera")
        let last = try fixture.database.write { db in
            for _ in 0..<30_050 { try db.run(FixtureSQL.change, ["$model": .integer(model.rawValue)]) }
            return try SearchStore.sequence(in: db)
        }
        var times = 1
        while try fixture.database.write({ db in try SearchStore.trim(before: .max, in: db) }), times < 10 {
            times += 1
        }
        #expect(times == 3)
        #expect(try changes(last - 10_000) != nil)
        #expect(try changes(last - 10_001) == nil)
        #expect(try !fixture.database.write { db in try SearchStore.trim(before: 3, in: db) })
        #expect(try changes(last - 10_000) != nil)
    }

    @Test func `notes a download only when it changes the popularity`() throws {
        let model = try fixture.add("demo/camera")
        let version = try fixture.version(of: model)
        func download(_ count: Int, day: Int64) throws {
            try fixture.database.write { db in
                try DownloadStore.add(count, to: version, day: day, in: db)
                try DownloadStore.recount(model, today: day, in: db)
            }
        }
        try download(1000, day: 100)
        #expect(try fixture.document(model)?.popularity == 39)
        let noted = try sequence()
        try download(1, day: 100)
        #expect(try sequence() == noted)
        try download(1000, day: 101)
        #expect(try sequence() == noted + 1)
        try fixture.database.write { db in try DownloadStore.recountAll(today: 200, in: db) }
        #expect(try fixture.document(model)?.popularity == 0)
        #expect(try sequence() == noted + 2)
    }
}
