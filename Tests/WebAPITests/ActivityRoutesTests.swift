import HTTPServer
import JSON
import Registry
import Services
import Storage
import TestSupport
import Testing

@Suite struct `The record of changes over HTTP` {
    private let server: TestServer
    private let admin: String
    private let author: String

    init() throws {
        server = try TestServer()
        admin = try server.token(for: "admin")
        try server.addUser("author", .developer)
        author = try server.token(for: "author")
    }

    private func rows(_ query: String = "limit=100") throws -> [JSONValue] {
        let response = try server.get("/api/v1/activity?\(query)", token: admin)
        try #require(response.status == 200, "\(response.text)")
        return response.json?["items"]?.array ?? []
    }

    private func changes(_ query: String = "limit=100") throws -> [String] {
        try rows(query).map { row in
            ["actor", "action", "subject"].map { row[$0]?.string ?? "" }.joined(separator: " ")
        }
    }

    private func publish(_ model: String = "demo/vad", _ version: String = "1.0.0", draft: Bool = false) throws {
        let form = TestForm().field("version", version).field("draft", "\(draft)").artifact("a", version)
        let response = try server.publish(model, form, token: author)
        try #require(response.status == 201, "\(response.text)")
    }

    @Test func `tells of refused sign-ins who was meant, if there is such a user, and from where`() throws {
        let server = try TestServer(configure: { server, _ in server.trustedProxies = ["127.0.0.0/8"] })
        let admin = try server.token(for: "admin")
        try server.addUser("invited", .viewer)
        func send(_ username: String, _ address: String) throws -> Int {
            try server.send(
                "POST", "/api/v1/session", fields: ["X-Forwarded-For": address],
                json: #"{"username":"\#(username)","password":"not this one"}"#
            ).status
        }
        func refusals() throws -> [JSONValue] {
            try server.get("/api/v1/activity?limit=100&action=session.refuse", token: admin).json?["items"]?.array ?? []
        }
        #expect(try send("admin", "192.0.2.7") == 401)
        #expect(try send("correct horse battery", "192.0.2.8") == 401)
        #expect(try send("invited", "192.0.2.6") == 401)
        let rows = try refusals()
        #expect(rows.map { $0["subject"]?.string } == ["invited", "-", "admin"])
        #expect(rows.map { $0["actor"]?.string } == ["system", "system", "system"])
        #expect(rows.map { $0["detail"]?["address"]?.string } == ["192.0.2.6", "192.0.2.8", "192.0.2.7"])
        for number in 0..<40 { _ = try send("user\(number)", "192.0.2.9") }
        let fromOne = try refusals().filter { $0["detail"]?["address"]?.string == "192.0.2.9" }
        #expect(fromOne.count == 20)
        #expect(fromOne.map { $0["detail"]?["last"]?.bool } == [true] + Array(repeating: false, count: 19))
    }

    /// What is done, and the row that it leaves.
    private struct Step: CustomTestStringConvertible {
        let method: String
        let path: String
        var json: String?
        let row: String
        var testDescription: String { row }
    }

    private static let steps = [
        Step(
            method: "POST", path: "models",
            json: #"{"name":"demo/other","title":"t","service_type":"voice"}"#, row: "model.create demo/other"),
        Step(method: "PATCH", path: "models/demo/vad", json: #"{"summary":"s"}"#, row: "model.edit demo/vad"),
        Step(
            method: "PATCH", path: "models/demo/vad/versions/1.0.0", json: #"{"state":"deprecated"}"#,
            row: "version.edit demo/vad@1.0.0"),
        Step(method: "DELETE", path: "models/demo/vad/versions/3.0.0", row: "version.delete demo/vad@3.0.0"),
        Step(
            method: "PUT", path: "models/demo/vad/aliases/stable", json: #"{"version":"1.0.0"}"#,
            row: "alias.set demo/vad@stable"),
        Step(method: "POST", path: "models/demo/vad/aliases/trial/rollback", row: "alias.rollback demo/vad@trial"),
        Step(method: "DELETE", path: "models/demo/vad/aliases/trial", row: "alias.remove demo/vad@trial"),
        Step(
            method: "PUT", path: "namespaces/demo/members/friend", json: #"{"role":"reader"}"#,
            row: "namespace.member.set demo"),
        Step(
            method: "POST", path: "namespaces/demo/transfer", json: #"{"to":"friend"}"#, row: "namespace.transfer demo"),
        Step(
            method: "POST", path: "users", json: #"{"username":"new","role":"viewer"}"#, row: "user.create new"),
        Step(method: "PATCH", path: "users/friend", json: #"{"role":"operator"}"#, row: "user.edit friend"),
        Step(method: "DELETE", path: "users/friend", row: "user.delete friend"),
        Step(method: "POST", path: "users/friend/link", json: "{}", row: "link.create friend"),
        Step(
            method: "POST", path: "tokens", json: #"{"name":"ci","scopes":["model:read"]}"#, row: "token.create admin"),
        Step(
            method: "POST", path: "service-types", json: #"{"id":"harbour","label":{"ko":"항만","en":"Harbour"}}"#,
            row: "service-type.create harbour"),
        Step(
            method: "PATCH", path: "service-types/voice", json: #"{"label":{"ko":"말","en":"Speech"}}"#,
            row: "service-type.edit voice"),
        Step(method: "DELETE", path: "service-types/retail", row: "service-type.delete retail"),
        Step(
            method: "PUT", path: "context/object", json: #"{"label":{"ko":"물체","en":"Thing"}}"#,
            row: "context.edit object"),
        Step(
            method: "PUT", path: "context/object/person", json: #"{"label":{"ko":"사람","en":"Human"}}"#,
            row: "context.edit object:person"),
        Step(method: "DELETE", path: "models/demo/vad", row: "model.delete demo/vad"),
    ]

    @Test(arguments: steps.indices)
    func `has a row for each change that was acknowledged`(index: Int) throws {
        let step = Self.steps[index]
        try server.addUser("friend", .developer)
        try publish()
        try publish("demo/vad", "2.0.0")
        try publish("demo/vad", "3.0.0", draft: true)
        for version in ["1.0.0", "2.0.0"] {
            _ = try server.send(
                "PUT", "/api/v1/models/demo/vad/aliases/trial", token: author, json: #"{"version":"\#(version)"}"#)
        }
        let before = try changes()
        let response = try server.send(step.method, "/api/v1/\(step.path)", token: admin, json: step.json)
        #expect((200...299).contains(response.status), "\(response.text)")
        let after = try changes()
        #expect(after.first == "admin \(step.row)", "\(after)")
        #expect(Array(after.dropFirst(after.count - before.count)) == before)
    }

    @Test(arguments: [
        ("PATCH", "models/demo/vad", #"{"title":""}"#),
        ("PATCH", "models/demo/vad/versions/1.0.0", #"{"state":"odd"}"#),
        ("DELETE", "models/demo/vad/versions/1.0.0", ""),
        ("PUT", "models/demo/vad/aliases/latest", #"{"version":"1.0.0"}"#),
        ("PUT", "models/demo/vad/aliases/a", #"{"version":"9.9.9"}"#),
        ("POST", "users", #"{"username":"author","role":"viewer"}"#),
        ("PATCH", "users/admin", #"{"role":"viewer"}"#), ("DELETE", "users/admin", ""), ("DELETE", "users/nobody", ""),
        ("DELETE", "service-types/other", ""),
        ("POST", "service-types", #"{"id":"voice","label":{"ko":"가","en":"a"}}"#),
        ("PUT", "context/object/person", #"{"label":{"ko":"","en":"x"}}"#), ("DELETE", "context/object/person", ""),
        ("PUT", "context/service/voice", #"{"label":{"ko":"가","en":"a"}}"#),
        ("PUT", "namespaces/demo/members/author", #"{"role":"reader"}"#), ("POST", "storage/collect", "{}"),
    ])
    func `has no row for a change that was refused or changed nothing`(
        method: String, path: String, json: String
    ) throws {
        try publish()
        let before = try changes()
        _ = try server.send(method, "/api/v1/\(path)", token: admin, json: json.isEmpty ? nil : json)
        #expect(try changes() == before)
    }

    @Test(arguments: [FaultyBlobStore.Point.begin, .write, .finish, .size, .finished])
    func `has no row for a publication whose bytes cannot be kept`(point: FaultyBlobStore.Point) throws {
        let faulty = try TestServer(blobs: { directory in
            let store = FaultyBlobStore(over: DirectoryBlobStore(directory))
            store.fail(at: point)
            return store
        })
        let token = try faulty.token(for: "admin")
        let response = try faulty.publish("demo/a", TestForm().artifact("a", "12345"), token: token)
        #expect(response.status >= 500, "\(response.text)")
        let rows = try faulty.get("/api/v1/activity?subject=demo/a", token: token).json?["items"]?.array
        #expect(rows?.isEmpty == true)
    }

    @Test func `is walked page by page, the newest first`() throws {
        try publish()
        for _ in 0..<5 {
            _ = try server.send("PATCH", "/api/v1/models/demo/vad", token: author, json: #"{"summary":"s"}"#)
        }
        let all = try rows().compactMap { $0["id"]?.integer }
        #expect(all == all.sorted(by: >) && all.count > 5)
        var (walked, next): ([Int64], String?) = ([], "/api/v1/activity?limit=2")
        for _ in 0..<20 {
            guard let target = next else { break }
            let page = try server.get(target, token: admin)
            walked += page.json?["items"]?.array?.compactMap { $0["id"]?.integer } ?? []
            next = page.json?["next"]?.string.map { "/api/v1/activity?limit=2&cursor=\($0)" }
        }
        #expect(walked == all)
    }

    @Test(arguments: [
        ("actor=author", ["token.create", "namespace.create", "model.create", "version.publish"]), ("actor=nobody", []),
        ("action=version.publish", ["version.publish"]), ("action=version", ["version.publish"]),
        ("action=vers", []), ("subject=demo/vad", ["model.create", "version.publish"]),
        ("subject=demo/va", []), ("subject=demo/vad%401.0.0", ["version.publish"]),
        ("actor=author&action=model", ["model.create"]), ("actor=admin&subject=demo/vad", []),
        ("subject=demo/vad&action=version", ["version.publish"]),
        ("actor=&action=&subject=demo/vad%401.0.0", ["version.publish"]),
    ])
    func `is narrowed by actor, action and subject`(query: String, expected: [String]) throws {
        try publish()
        #expect(Set(try rows(query).compactMap { $0["action"]?.string }) == Set(expected))
    }

    @Test(arguments: [
        "cursor=x", "cursor=-1", "cursor=0", "limit=0", "limit=101", "actor=\(String(repeating: "a", count: 257))",
    ])
    func `refuses what breaks a rule`(query: String) throws {
        let response = try server.get("/api/v1/activity?\(query)", token: admin)
        #expect(response.status == 422 && response.problem == "validation-failed", "\(response.text)")
    }

    @Test func `tells no secret`() throws {
        let made = try server.send(
            "POST", "/api/v1/tokens", token: admin, json: #"{"name":"ci","scopes":["model:read"]}"#)
        let secret = try #require(made.json?["token"]?.string)
        try server.addUser("guest", .viewer, password: TestServer.password)
        let link = try server.send("POST", "/api/v1/users/guest/link", token: admin, json: "{}")
        let address = try #require(link.json?["url"]?.string)
        let secretOfLink = String(address.split(separator: "#").last ?? "#")
        let text = try server.get("/api/v1/activity?limit=100", token: admin).text
        #expect(!text.contains(secret) && !text.contains(TestServer.password))
        #expect(!text.contains(secretOfLink))
    }
}
