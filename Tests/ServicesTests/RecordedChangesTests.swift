import Registry
import SQLite
import Search
import Services
import Storage
import Testing

@Suite struct `The record of changes` {
    private let fixture: RepositoryFixture

    init() throws {
        fixture = try RepositoryFixture()
        try fixture.publish("demo/model", "1.0.0")
        try fixture.publish("demo/model", "2.0.0")
    }

    private enum Fault: String, SQLStatement {
        case set = """
            CREATE TRIGGER fault BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no record'); END
            """
        case take = "DROP TRIGGER fault"
        case alter = "UPDATE event SET actor = 'somebody'"
        case remove = "DELETE FROM event"
    }

    private static let changes: [(String, @Sendable (RepositoryFixture) throws -> Void)] = [
        ("publish", { fixture in try fixture.publish("demo/other", "1.0.0") }),
        (
            "alias",
            { fixture in
                _ = try fixture.repository.versions.setAlias(
                    AliasName("stable"), of: ModelName("demo/model"), to: VersionNumber("1.0.0"),
                    by: fixture.now(fixture.dev))
            }
        ),
        (
            "model",
            { fixture in
                try fixture.repository.models.delete(
                    ModelName("demo/model"), ifMatch: nil, by: fixture.now(fixture.dev))
            }
        ),
        (
            "user",
            { fixture in
                _ = try fixture.repository.accounts.createUser(Username("new"), role: .viewer, by: fixture.admin)
            }
        ),
        (
            "service type",
            { fixture in try fixture.repository.models.deleteServiceType("retail", by: fixture.admin) }
        ),
        (
            "name of context",
            { fixture in
                _ = try fixture.repository.vocabulary.set(
                    ContextLabel(key: "object", value: "boat", label: Label(ko: "배", en: "Ship"), synonyms: []),
                    by: fixture.admin)
            }
        ),
    ]

    private func state() throws -> [String] {
        let repository = fixture.repository
        let aliases = try? repository.versions.aliases(of: ModelName("demo/model"), for: .anonymous).aliases
        var state = try repository.models.serviceTypes(for: .anonymous).map { "\($0.type.id) \($0.count)" }
        state += try repository.accounts.users(limit: 100, cursor: nil, for: fixture.admin).items.map {
            "\($0.username)"
        }
        state += try repository.search.search(SearchQuery(), for: .anonymous).page.items.map {
            "\($0.summary.model.name)"
        }
        state += (aliases ?? []).map { "\($0.name) \($0.version)" }
        state.append(try repository.vocabulary.current().label(key: "object", folded: "boat")?.en ?? "")
        return state
    }

    @Test(arguments: changes.indices)
    func `is written with its change or neither is`(index: Int) throws {
        let change = Self.changes[index].1
        let (before, rows) = (try state(), try activity())
        try fixture.repository.database.write { db in _ = try db.run(Fault.set) }
        #expect(throws: (any Error).self) { try change(fixture) }
        try fixture.repository.database.write { db in _ = try db.run(Fault.take) }
        #expect(try state() == before)
        #expect(try activity() == rows)
        try change(fixture)
        #expect(try state() != before)
        #expect(try activity().count > rows.count)
    }

    @Test func `can be neither altered nor deleted`() throws {
        let before = try activity()
        for fault in [Fault.alter, .remove] {
            #expect(throws: SQLiteError.self) {
                try fixture.repository.database.write { db in _ = try db.run(fault) }
            }
        }
        #expect(try activity() == before)
    }

    @Test func `is read by administrators only`() throws {
        for caller in [Caller.anonymous, fixture.dev, fixture.viewer] {
            #expect(throws: RegistryError.self) {
                _ = try fixture.repository.activity.activity(.init(), limit: 1, cursor: nil, for: caller)
            }
            #expect(throws: RegistryError.self) { _ = try fixture.repository.activity.summary(for: caller) }
            #expect(throws: RegistryError.self) { _ = try fixture.repository.activity.usage(for: caller) }
        }
    }

    private func activity() throws -> [String] {
        try fixture.repository.activity.activity(.init(), limit: 100, cursor: nil, for: fixture.admin).items.map {
            "\($0.id) \($0.action) \($0.subject)"
        }
    }
}

@Suite struct `What the models need of the storage` {
    @Test func `is told apart, and adds up`() throws {
        let fixture = try RepositoryFixture()
        try fixture.publish("demo/a", "1.0.0", ["own": "12345", "both": "123"])
        try fixture.publish("demo/a", "2.0.0", ["own": "12345", "more": "1234567"])
        try fixture.publish("demo/b", "1.0.0", ["both": "123", "b": "1234"])
        try fixture.publish("demo/gone", "1.0.0", ["gone": "123456"])
        try fixture.repository.models.delete(
            ModelName("demo/gone"), ifMatch: nil, by: fixture.now(fixture.dev))
        let usage = try fixture.repository.activity.usage(for: fixture.admin)
        #expect(usage.items.map { "\($0.name) \($0.versions) \($0.bytes)" } == ["demo/a 2 12", "demo/b 1 4"])
        #expect(usage.shared == 3 && usage.unreferenced == 6 && usage.others == (0, 0))
        let summary = try fixture.repository.activity.summary(for: fixture.admin)
        #expect(summary.counts.models == 2 && summary.counts.versions == 3 && summary.blobBytes == 25)
        #expect(summary.downloads.count == 30)
    }
}
