public import HTTPServer
public import Registry
public import Services
import SQLite
import Search
public import Storage
public import WebAPI

/// The real server on a free port over a fresh data directory.
///
/// The user `admin` is there; others are made by ``addUser(_:_:)``.
public final class TestServer: Sendable {
    public static let password = "a long enough password"

    public let directory: TemporaryDirectory
    public let repository: Repository
    public let api: API
    public let client: TestClient
    public let port: UInt16
    private let server: Server
    private let admin: Caller

    /// Starts a server; `blobs` stand in for the blob directory, such as ones that fail, and `configure` changes limits.
    /// Requests are not counted unless it says so.
    public init(
        clock: any Clock = SystemClock(), blobs: (@Sendable (DataDirectory) -> any BlobStore)? = nil,
        configure: (inout ServerConfiguration, inout WebAPI.Configuration) -> Void = { _, _ in }
    ) throws {
        directory = try TemporaryDirectory()
        let data = try DataDirectory.open(directory.path + "/data")
        repository = try Repository(
            directory: data, migrations: PackageFolder.migrations, vocabulary: .standard, clock: clock,
            blobs: blobs?(data), log: { _ in })
        var serverConfiguration = ServerConfiguration()
        serverConfiguration.port = 0
        serverConfiguration.threads = 2
        serverConfiguration.log = .off
        var configuration = WebAPI.Configuration()
        configuration.requestRate = 0
        configure(&serverConfiguration, &configuration)
        api = try API(
            repository: repository, configuration: configuration, publicDirectory: PackageFolder.publicFiles)
        let database = repository.database
        server = Server(
            configuration: serverConfiguration, router: api.router, generation: { database.generation })
        port = try server.start()
        client = TestClient(port: port)
        let user = try repository.accounts.createUserLocally(
            Username("admin"), role: .admin, password: Self.password)
        admin = Caller(user: user, namespaces: [:], token: nil)
    }

    deinit {
        server.stop(drainSeconds: 1)
        repository.close()
    }

    /// Does at once what a running server does every few seconds.
    public func writeCounts() { repository.maintain() }

    // MARK: People

    /// Adds a user without a password: tests act by tokens, which cost no slow hash.
    public func addUser(_ name: String, _ role: Role, password: String? = nil) throws {
        _ = try repository.accounts.createUser(Username(name), role: role, password: password, by: admin)
    }

    /// A token of a user, by default with every scope the user may have.
    public func token(
        for name: String, scopes: Set<Scope>? = nil, models: [String] = [], expiresAt: Int64? = nil
    ) throws -> String {
        let user = try repository.accounts.user(named: Username(name), for: admin)
        let all = Set(Scope.allCases).subtracting(user.role == .admin ? [] : [.admin])
        let (_, secret) = try repository.accounts.createToken(
            name: "of-\(name)-for-tests", scopes: scopes ?? all, models: models.map { try ModelPattern($0) },
            expiresAt: expiresAt, by: Caller(user: user, namespaces: [:], token: nil))
        return secret
    }

    /// Makes a user a member of a namespace.
    public func join(_ name: String, to namespace: String, as role: NamespaceRole) throws {
        let user = try repository.accounts.user(named: Username(name), for: admin)
        try repository.database.write { db in
            guard let id = try NamespaceStore.id(of: namespace, in: db) else { return }
            try NamespaceStore.setMember(user.id, role, of: id, in: db)
        }
    }

    // MARK: Requests

    public func get(_ target: String, token: String? = nil, fields: Fields = [:]) throws -> TestResponse {
        try send("GET", target, token: token, fields: fields)
    }

    public func send(
        _ method: String, _ target: String, token: String? = nil, fields: Fields = [:], json: String? = nil
    ) throws -> TestResponse {
        var fields = fields
        if let token { fields["Authorization"] = "Bearer \(token)" }
        if json != nil, !fields.contains("Content-Type") { fields["Content-Type"] = "application/json" }
        return try client.send(method, target, fields: fields, body: json.map { Array($0.utf8) })
    }

    public func publish(_ model: String, _ form: TestForm, token: String) throws -> TestResponse {
        try client.send(
            "POST", "/api/v1/models/\(model)/versions",
            fields: ["Authorization": "Bearer \(token)", "Content-Type": TestForm.contentType], body: form.body)
    }
}
