import Registry
import Services
import Storage
import TestSupport
import Testing

@Suite struct `The search service` {
    private let directory: TemporaryDirectory
    private let repository: Repository
    private let admin: Caller

    init() throws {
        directory = try TemporaryDirectory()
        repository = try Repository(
            directory: try DataDirectory.open(directory.path + "/data"), migrations: PackageFolder.migrations,
            vocabulary: .standard, log: { _ in })
        let user = try repository.accounts.createUserLocally(
            Username("admin"), role: .admin, password: "a long enough password")
        admin = Caller(user: user, namespaces: [:], token: nil)
        try add("demo/people", "Person detector", "crime-prevention", ["object:person", "task:object-detection"])
        try add("demo/parking", "Parking", "illegal-parking", ["object:car", "service:traffic-flow"])
        try add("demo/hidden", "Person counter", "crowd-density", ["object:person"], .private)
    }

    private func add(
        _ name: String, _ title: String, _ service: String, _ tags: [String], _ visibility: Visibility = .public
    ) throws {
        let description = try ModelDescription(
            title: title, serviceType: service, visibility: visibility, context: tags.map { try ContextTag($0) })
        _ = try repository.models.create(try ModelName(name), description, by: admin)
    }

    @Test(arguments: [
        ("방범", ["demo/people"]), ("불법주정차", ["demo/parking"]), ("사람 탐지", ["demo/people"]),
        ("교통", ["demo/parking"]),
    ])
    func `finds models as soon as they are registered`(text: String, names: [String]) throws {
        let result = try repository.search.search(SearchQuery(text: text), for: .anonymous)
        #expect(result.page.items.map { "\($0.summary.model.name)" } == names)
        #expect(result.page.items.first?.why?.terms.isEmpty == false)
    }

    @Test func `gives up when the time is over, and can be asked again`() throws {
        let hurried = repository.search.answeringBySQL(milliseconds: 0)
        // SQLite looks at the clock every thousand instructions of a statement; one search of few models has fewer.
        let error = #expect(throws: RegistryError.self) {
            for _ in 0..<1000 { _ = try hurried.search(SearchQuery(text: "person"), for: admin) }
        }
        #expect(error?.code == .searchTooSlow)
        #expect(try repository.search.search(SearchQuery(text: "person"), for: admin).page.total == 2)
    }

    @Test func `groups models by service type`() throws {
        let home = try repository.search.home(limit: 5, for: .anonymous)
        #expect(home.total == 2)
        #expect(home.sections.map(\.serviceType.id) == ["crime-prevention", "illegal-parking", "traffic-flow"])
        #expect(try repository.search.home(limit: 5, for: admin).sections.map(\.count) == [1, 1, 1, 1])
        #expect(home.serviceTypes.count > home.sections.count)
        #expect(home.serviceTypes.filter { $0.count > 0 }.map(\.count) == home.sections.map(\.count))
    }

    @Test func `lists without a question give no reason`() throws {
        let result = try repository.search.search(SearchQuery(), for: .anonymous)
        #expect(result.page.total == 2)
        #expect(result.page.items.allSatisfy { $0.why == nil })
    }

    @Test func `suggests, and tells the context in use`() throws {
        #expect(
            try repository.search.suggest("pers", limit: 5, for: .anonymous).items.map(\.value) == [
                "object:person", "demo/people",
            ])
        #expect(
            try repository.search.suggest("detector", limit: 5, for: .anonymous).items.map(\.value).last
                == "demo/people")
        #expect(
            try repository.search.contextKeys(for: .anonymous).map(\.description.key) == ["object", "service", "task"])
        let values = try repository.search.contextKey("object", limit: 10, cursor: nil, for: .anonymous).values
        #expect(values.items.map(\.facet.count) == [1, 1])
        #expect(throws: RegistryError.self) {
            _ = try repository.search.contextKey("unheard-of", limit: 10, cursor: nil, for: admin)
        }
    }
}
