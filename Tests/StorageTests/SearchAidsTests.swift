import Registry
import SQLite
import Search
import Storage
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
        try fixture.database.read { db in
            try SearchStore.suggest(text, limit: limit, for: .anonymous, vocabulary: .standard, in: db)
                .map { "\($0.kind.rawValue) \($0.value) \($0.count ?? 0)" }
        }
    }

    @Test(arguments: [
        (
            "pers",
            [
                "context object:person 2", "context object:personal-item 1", "model demo/persona 0",
                "model demo/people 0",
            ]
        ),
        ("사", ["context object:person 2"]),
        ("방", ["service crime-prevention 1"]),
        ("crime", ["service crime-prevention 1"]),
        ("fire", []),
        ("  ", []),
    ])
    func `to finish a word`(text: String, expected: [String]) throws {
        #expect(try suggest(text) == expected)
    }

    @Test func `with no more than is asked for`() throws {
        #expect(try suggest("pers", limit: 3).count == 3)
        #expect(try suggest("pers", limit: 1).count == 1)
    }

    @Test func `with the keys and values in use`() throws {
        try fixture.database.read { db in
            let keys = try SearchStore.contextKeys(for: .anonymous, vocabulary: .standard, in: db)
            #expect(keys.map { "\($0.key) \($0.values) \($0.count)" } == ["object 2 2", "service 2 2"])
            #expect(keys.first?.label == Label(ko: "대상", en: "Object"))
            let values = try SearchStore.contextValues(of: "object", for: .anonymous, vocabulary: .standard, in: db)
            #expect(values.map { "\($0.value) \($0.count)" } == ["person 2", "personal-item 1"])
            #expect(try SearchStore.contextValues(of: "task", for: .anonymous, vocabulary: .standard, in: db) == [])
            #expect(throws: RegistryError.self) {
                _ = try SearchStore.contextValues(of: "zz", for: .anonymous, vocabulary: .standard, in: db)
            }
        }
    }

    @Test func `with the models of each service type`() throws {
        try fixture.database.read { db in
            let types = try ServiceTypeStore.all(in: db)
            let home = try SearchStore.sections(of: types, limit: 5, for: .anonymous, in: db)
            #expect(home.total == 2)
            #expect(home.sections.map { "\($0.serviceType.id) \($0.count)" } == ["crime-prevention 1", "voice 1"])
        }
    }

    @Test func `by statements that fit the schema and read no table whole`() throws {
        func check<SQL: SQLStatement>(_ type: SQL.Type, scanning: Set<SQL>) throws {
            for sql in SQL.allCases {
                try fixture.database.prepareCheck(sql)
                let plan = try fixture.database.plan(of: sql).split(separator: "\n")
                let scans = plan.filter { $0.hasPrefix("SCAN ") && !$0.contains("VIRTUAL TABLE") && !isSmall($0) }
                #expect(scans.isEmpty || scanning.contains(sql), "\(sql): \(plan)")
            }
        }
        // Lists in full order walk an index until the page is full; the keys in use are counted over all sets.
        try check(SearchSQL.self, scanning: [])
        try check(ListSQL.self, scanning: [])
        try check(SuggestSQL.self, scanning: [])
        try check(ContextSQL.self, scanning: [.sets])
        try check(OldIndexSQL.self, scanning: [.clearFacets])
        try check(SearchIndexSQL.self, scanning: [])
        try check(SearchSourceSQL.self, scanning: [])
        try check(SearchChangeSQL.self, scanning: [])
        try check(
            SearchRebuildSQL.self,
            scanning: [.clearNumbers, .clearDocuments, .clearSets, .clearChanges, .models, .state])
        try check(SearchBuildSQL.self, scanning: [.tags, .numbers])
        try check(SQLSearchSQL.self, scanning: [])
        try check(SQLLexiconSQL.self, scanning: [.tagsWith])
    }

    private func isSmall(_ line: Substring) -> Bool {
        ["json_each", "wanted", "keys", "CONSTANT ROW"].contains { line.contains($0) }
    }
}

@Suite struct `A set of models` {
    @Test func `is the same as a set of numbers, in memory and as rows`() {
        var generator = SystemRandomNumberGenerator()
        for width in [100, 4096, 20_000] {
            var numbers: Set<Int> = []
            var rows: [Int: [UInt8]] = [:]
            for _ in 0..<2000 {
                let id = Int.random(in: 0..<width, using: &generator)
                let isMember = Bool.random(using: &generator) || Bool.random(using: &generator)
                if isMember { numbers.insert(id) } else { numbers.remove(id) }
                rows[id / 4096] = ModelSet.row(rows[id / 4096] ?? [], setting: id % 4096, to: isMember)
            }
            var set = ModelSet()
            for (chunk, row) in rows {
                #expect(row.count <= 512)
                row.withUnsafeBytes { set.insert(chunk: chunk, $0) }
            }
            let others = Set((0..<500).map { _ in Int.random(in: 0..<width, using: &generator) })
            let otherSet = ModelSet(others)
            #expect(members(set) == numbers && set.count == numbers.count)
            #expect(
                rows.reduce(0) { $0 + commonCount(otherSet, $1.key, $1.value) }
                    == numbers.intersection(others).count)
            var (union, common, rest) = (set, set, set)
            union.formUnion(otherSet)
            common.formIntersection(otherSet)
            rest.subtract(otherSet)
            #expect(members(union) == numbers.union(others))
            #expect(members(common) == numbers.intersection(others))
            #expect(members(rest) == numbers.subtracting(others))
        }
    }

    private func commonCount(_ set: ModelSet, _ chunk: Int, _ row: [UInt8]) -> Int {
        row.withUnsafeBytes { set.commonCount(chunk: chunk, $0) }
    }

    private func members(_ set: ModelSet) -> Set<Int> {
        var members: Set<Int> = []
        set.forEach { members.insert($0) }
        return members
    }
}
