import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Models` {
    private let fixture: RepositoryFixture

    init() throws { fixture = try RepositoryFixture() }

    private func create(_ name: String, by caller: Caller, _ visibility: Visibility = .public) throws -> ModelDetail {
        try fixture.repository.models.create(
            ModelName(name), ModelDescription(title: "A model", visibility: visibility), by: fixture.now(caller))
    }

    @Test func `are made in free and own namespaces`() throws {
        #expect(failure(try create("a/one", by: .anonymous)) == .unauthenticated)
        #expect(failure(try create("a/one", by: fixture.viewer)) == .forbidden)
        let detail = try create("a/one", by: fixture.dev)
        let may = detail.permissions
        #expect(may.publish && may.edit && may.delete && may.alias)
        #expect(failure(try create("a/one", by: fixture.dev)) == .modelExists)
        #expect(failure(try create("a/two", by: fixture.other)) == .forbidden)
        #expect(failure(try create("a/one", by: fixture.other)) == .forbidden)
        #expect(failure(try create("a/two", by: fixture.admin)) == nil)
    }

    @Test func `that are private exist for their namespace only`() throws {
        _ = try create("a/hidden", by: fixture.dev, .private)
        let (models, name) = (fixture.repository.models, try ModelName("a/hidden"))
        for caller in [Caller.anonymous, fixture.other, fixture.viewer] {
            #expect(failure(try models.get(name, for: caller)) == .modelUnknown)
            #expect(failure(try models.stats(of: name, for: caller)) == .modelUnknown)
            #expect(try models.serviceTypes(for: caller).map(\.count).max() == 0)
        }
        for caller in [try fixture.now(fixture.dev), fixture.admin] {
            #expect(try models.get(name, for: caller).summary.model.name == name)
            #expect(try models.serviceTypes(for: caller).first { $0.type.id == "other" }?.count == 1)
        }
        #expect(failure(try models.delete(name, ifMatch: nil, by: fixture.other)) == .modelUnknown)
    }

    @Test func `are edited by revision`() throws {
        let old = try create("a/one", by: fixture.dev)
        let (models, name) = (fixture.repository.models, try ModelName("a/one"))
        let dev = try fixture.now(fixture.dev)
        fixture.clock.advance(by: 5)
        let patch = ModelPatch(title: "New", serviceType: "voice", context: [try ContextTag("service:retail")])
        let revision = old.summary.model.revision
        let new = try models.edit(name, patch, ifMatch: [revision], by: dev)
        #expect(new.summary.model.title == "New")
        #expect(new.summary.model.updatedAt == fixture.clock.now)
        #expect(new.summary.serviceTypes.map(\.id) == ["voice", "retail"])
        #expect(failure(try models.edit(name, patch, ifMatch: [revision], by: dev)) == .preconditionFailed)
        #expect(
            failure(try models.edit(name, ModelPatch(serviceType: "none"), ifMatch: nil, by: dev)) == .validationFailed)
        #expect(failure(try models.edit(name, patch, ifMatch: nil, by: fixture.other)) == .forbidden)
        let counts = try models.serviceTypes(for: .anonymous).filter { $0.count > 0 }
        #expect(counts.map(\.type.id) == ["retail", "voice"])
    }

    @Test func `that are deleted never give their numbers out again`() throws {
        try fixture.publish("demo/model", "1.0.0", aliases: ["stable"])
        try fixture.publish("demo/model", "1.5.0")
        try fixture.publish("demo/model", "2.0.0", draft: true)
        let (models, name) = (fixture.repository.models, try ModelName("demo/model"))
        #expect(failure(try models.delete(name, ifMatch: nil, by: fixture.other)) == .forbidden)
        try models.delete(name, ifMatch: nil, by: fixture.now(fixture.dev))
        #expect(failure(try models.get(name, for: fixture.admin)) == .modelUnknown)
        #expect(failure(try fixture.publish("demo/model", "1.5.0")) == .numberRetired)
        #expect(try fixture.publish("demo/model").version.version.number.description == "1.5.1")
        #expect(try fixture.publish("demo/model", "2.0.0").created)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `are listed under service types that admins keep`() throws {
        let models = fixture.repository.models
        let type = try ServiceType(id: "parks", label: Label(ko: "공원", en: "Parks"), description: "")
        #expect(failure(try models.createServiceType(type, by: fixture.dev)) == .forbidden)
        try models.createServiceType(type, by: fixture.admin)
        #expect(failure(try models.createServiceType(type, by: fixture.admin)) == .serviceTypeExists)
        #expect(try models.serviceTypes(for: .anonymous).last?.type == type)
        let edited = try models.editServiceType("parks", label: nil, description: "green", by: fixture.admin)
        #expect(edited.type.label.ko == "공원" && edited.type.description == "green")
        #expect(
            failure(try models.editServiceType("none", label: nil, description: nil, by: fixture.admin))
                == .serviceTypeUnknown)
        try fixture.publish("a/one") {
            $0.description = try ModelDescription(title: "x", serviceType: "parks", visibility: .private)
        }
        #expect(failure(try models.deleteServiceType("parks", by: fixture.admin)) == .serviceTypeInUse)
        try models.deleteServiceType("school-zone", by: fixture.admin)
        #expect(failure(try models.deleteServiceType("school-zone", by: fixture.admin)) == .serviceTypeUnknown)
    }

    @Test func `count their downloads without a write for each`() throws {
        let version = try fixture.publish("demo/model", "1.0.0").version.version
        let repository = fixture.repository
        let generation = repository.database.generation
        _ = try concurrently(4) { _ in
            for _ in 0..<100 { repository.downloads.note(model: version.model, version: version.id) }
        }
        repository.maintain()
        fixture.clock.advance(by: 86_400)
        repository.downloads.note(model: version.model, version: version.id)
        repository.maintain()
        #expect(repository.database.generation == generation)
        let stats = try repository.models.stats(of: ModelName("demo/model"), for: .anonymous).statistics
        #expect(stats.total == 401)
        #expect(stats.days.suffix(2).map(\.count) == [400, 1])
        #expect(stats.days.count == 30)
        #expect(stats.versions.map(\.count) == [401])
        fixture.clock.advance(by: 29 * 86_400)
        repository.maintain()
        let summary = try repository.models.get(ModelName("demo/model"), for: .anonymous).summary
        #expect(summary.downloads.reduce(0, +) == 1)
    }

    @Test func `record each change in an unbroken chain`() throws {
        try fixture.publish("demo/model", "1.0.0", aliases: ["stable"])
        _ = try fixture.edit("1.0.0", VersionPatch(state: .deprecated))
        #expect(try fixture.repository.database.read { db in try EventStore.firstBroken(in: db) } == nil)
        #expect(throws: (any Error).self) {
            try fixture.repository.database.write { db in try db.run(Tampering.edit) }
        }
        try fixture.repository.database.write { db in
            try db.run(Tampering.unlock)
            try db.run(Tampering.edit)
        }
        #expect(try fixture.repository.database.read { db in try EventStore.firstBroken(in: db) } == 2)
    }

    private enum Tampering: String, SQLStatement {
        case unlock = "DROP TRIGGER event_is_never_changed"
        case edit = "UPDATE event SET actor = 'nobody' WHERE id = 2"
    }
}
