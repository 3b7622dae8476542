import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Namespaces` {
    private let server: TestServer
    private let admin: String
    private let owner: String
    private let publisher: String
    private let outsider: String

    init() throws {
        server = try TestServer()
        for name in ["owner", "publisher", "reader", "outsider"] { try server.addUser(name, .developer) }
        try server.addUser("watcher", .viewer)
        admin = try server.token(for: "admin")
        owner = try server.token(for: "owner", scopes: Set(Scope.allCases))
        publisher = try server.token(for: "publisher", scopes: Set(Scope.allCases))
        outsider = try server.token(for: "outsider", scopes: Set(Scope.allCases))
        for (model, visibility) in [("team/open", "public"), ("team/secret", "private")] {
            let form = TestForm().field("title", "t").field("visibility", visibility).field("service_type", "voice")
                .artifact("m.onnx", "bytes")
            try #require(server.publish(model, form, token: owner).status == 201)
        }
        try server.join("publisher", to: "team", as: .publisher)
        try server.join("reader", to: "team", as: .reader)
    }

    private func put(
        _ user: String, _ role: String, in namespace: String = "team", token: String
    ) throws -> TestResponse {
        try server.send(
            "PUT", "/api/v1/namespaces/\(namespace)/members/\(user)", token: token, json: #"{"role":"\#(role)"}"#)
    }

    private func remove(_ user: String, token: String) throws -> TestResponse {
        try server.send("DELETE", "/api/v1/namespaces/team/members/\(user)", token: token)
    }

    private func transfer(to user: String, token: String) throws -> TestResponse {
        try server.send("POST", "/api/v1/namespaces/team/transfer", token: token, json: #"{"to":"\#(user)"}"#)
    }

    private func roles() throws -> [String: String] {
        let items = try server.get("/api/v1/namespaces/team/members", token: admin).json?["items"]?.array ?? []
        return Dictionary(
            items.compactMap { item in
                item["username"]?.string.flatMap { name in item["role"]?.string.map { (name, $0) } }
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `are listed for their members, and all of them for admins`() throws {
        let form = TestForm().field("title", "t").field("service_type", "voice").artifact("m.onnx", "bytes")
        try #require(server.publish("lone/model", form, token: outsider).status == 201)
        let own = try server.get("/api/v1/namespaces", token: publisher)
        #expect(own.json?["total"] == 1 && own.json?["next"] == .null)
        #expect(
            own.json?["items"]?.array == [["name": "team", "role": "publisher", "members": 3, "models": 2]])
        let first = try server.get("/api/v1/namespaces?limit=1", token: admin)
        #expect(first.json?["total"] == 2 && first.json?["next"] == "lone")
        #expect(
            first.json?["items"]?.array == [["name": "lone", "role": .null, "members": 1, "models": 1]])
        #expect(first.fields["Link"]?.contains("cursor=lone") == true)
        let second = try server.get("/api/v1/namespaces?limit=1&cursor=lone", token: admin)
        #expect(second.json?["items"]?.array?.first?["name"] == "team" && second.json?["next"] == .null)
        #expect(try server.get("/api/v1/namespaces?cursor=No%20Name", token: admin).status == 422)
        #expect(try server.get("/api/v1/namespaces").status == 401)
    }

    @Test func `show their members to members only`() throws {
        let page = try server.get("/api/v1/namespaces/team/members?limit=2", token: publisher)
        #expect(page.json?["total"] == 3 && page.json?["next"] == "publisher")
        #expect(
            page.json?["items"]?.array?.first == [
                "username": "owner", "display_name": "owner", "role": "owner", "disabled": false,
            ])
        let rest = try server.get("/api/v1/namespaces/team/members?cursor=publisher", token: publisher)
        #expect(rest.json?["items"]?.array?.map { $0["username"] } == ["reader"])
        #expect(try server.get("/api/v1/namespaces/team/members/reader", token: admin).json?["role"] == "reader")
        for name in ["outsider", "nobody", "Not%20A%20Name"] {
            let response = try server.get("/api/v1/namespaces/team/members/\(name)", token: publisher)
            #expect(response.status == 404 && response.problem == "member-unknown", "\(name)")
        }
        for namespace in ["team", "nothing", "Not%20A%20Name"] {
            for path in ["members", "members/owner", "members/nobody", "members/Not%20A%20Name"] {
                let response = try server.get("/api/v1/namespaces/\(namespace)/\(path)", token: outsider)
                #expect(response.status == 404 && response.problem == "namespace-unknown", "\(namespace) \(path)")
            }
        }
    }

    @Test func `take members from their owners and from admins`() throws {
        let added = try put("outsider", "reader", token: owner)
        #expect(added.status == 201 && added.json?["role"] == "reader", "\(added.text)")
        #expect(try server.get("/api/v1/models/team/secret", token: outsider).status == 200)
        #expect(try put("outsider", "reader", token: owner).status == 200)
        #expect(try put("outsider", "publisher", token: admin).status == 200)
        let form = TestForm().artifact("m.onnx", "more bytes")
        #expect(try server.publish("team/open", form, token: outsider).status == 201)
        #expect(try remove("outsider", token: owner).status == 204)
        #expect(try server.get("/api/v1/models/team/secret", token: outsider).status == 404)
        #expect(try server.publish("team/open", form, token: outsider).status == 403)
        #expect(try remove("outsider", token: owner).problem == "member-unknown")
        #expect(try put("nobody", "reader", token: owner).problem == "user-unknown")
        #expect(try put("Not%20A%20Name", "reader", token: owner).problem == "user-unknown")
        #expect(try put("outsider", "king", token: owner).status == 422)
        let unknown = try server.send(
            "PUT", "/api/v1/namespaces/team/members/outsider", token: owner, json: #"{"role":"reader","x":1}"#)
        #expect(unknown.status == 422)
        #expect(try roles() == ["owner": "owner", "publisher": "publisher", "reader": "reader"])
    }

    @Test func `take none from others, and tell outsiders nothing`() throws {
        let readsOnly = try server.token(for: "owner", scopes: [.modelRead, .modelWrite])
        let narrow = try server.token(for: "owner", scopes: Set(Scope.allCases), models: ["team/*"])
        let reader = try server.token(for: "reader", scopes: Set(Scope.allCases))
        for (token, status, code) in [
            (publisher, 403, "forbidden"), (reader, 403, "forbidden"), (readsOnly, 403, "forbidden"),
            (narrow, 404, "namespace-unknown"), (outsider, 404, "namespace-unknown"),
        ] {
            for response in try [
                put("outsider", "owner", token: token), put("nobody", "owner", token: token),
                put("owner", "reader", token: token), remove("owner", token: token),
                remove("nobody", token: token), transfer(to: "outsider", token: token),
            ] {
                // An owner's token that may only read cannot make its owner leave either.
                #expect(response.status == status && response.problem == code, "\(response.text)")
            }
        }
        #expect(try put("outsider", "owner", in: "free", token: outsider).problem == "namespace-unknown")
        #expect(try roles() == ["owner": "owner", "publisher": "publisher", "reader": "reader"])
    }

    @Test func `are made by an admin who names the first owner`() throws {
        #expect(try put("outsider", "publisher", in: "fresh", token: admin).problem == "namespace-unknown")
        #expect(try put("watcher", "owner", in: "fresh", token: admin).problem == "validation-failed")
        #expect(try put("outsider", "owner", in: "Not%20A%20Name", token: admin).problem == "namespace-unknown")
        #expect(try put("outsider", "owner", in: "fresh", token: admin).status == 201)
        #expect(try server.get("/api/v1/namespaces", token: outsider).json?["items"]?.array?.first?["name"] == "fresh")
        let form = TestForm().field("title", "t").field("service_type", "voice").artifact("m.onnx", "bytes")
        #expect(try server.publish("fresh/model", form, token: publisher).status == 404)
        #expect(try server.publish("fresh/model", form, token: outsider).status == 201)
    }

    @Test func `give those who never publish nothing but reading`() throws {
        for role in ["owner", "publisher"] {
            let response = try put("watcher", role, token: owner)
            #expect(response.status == 422 && response.json?["errors"]?.array?.first?["field"] == "role")
        }
        #expect(try transfer(to: "watcher", token: owner).json?["errors"]?.array?.first?["field"] == "to")
        #expect(try put("watcher", "reader", token: owner).status == 201)
    }

    @Test func `can be left, but not by the last owner`() throws {
        for response in try [
            remove("owner", token: owner), put("owner", "reader", token: owner),
            put("owner", "publisher", token: admin),
            remove("owner", token: admin),
        ] { #expect(response.status == 409 && response.problem == "last-owner", "\(response.text)") }
        #expect(try remove("publisher", token: publisher).status == 204)
        #expect(try server.get("/api/v1/namespaces/team/members", token: publisher).problem == "namespace-unknown")
        #expect(try put("outsider", "owner", token: owner).status == 201)
        let disabled = try server.send(
            "PATCH", "/api/v1/users/outsider", token: admin, json: #"{"disabled":true}"#)
        #expect(disabled.status == 200)
        // Who is disabled looks after nothing.
        #expect(try remove("owner", token: owner).problem == "last-owner")
        #expect(try put("reader", "owner", token: owner).status == 200)
        #expect(try remove("owner", token: owner).status == 204)
    }

    @Test func `change hands in one step`() throws {
        #expect(try put("reader", "owner", token: owner).status == 200)
        let response = try transfer(to: "outsider", token: owner)
        #expect(response.status == 200 && response.json?["total"] == 4, "\(response.text)")
        #expect(
            try roles() == [
                "owner": "publisher", "publisher": "publisher", "reader": "publisher", "outsider": "owner",
            ])
        #expect(try transfer(to: "owner", token: owner).problem == "forbidden")
        #expect(try transfer(to: "nobody", token: outsider).problem == "user-unknown")
        _ = try server.send("PATCH", "/api/v1/users/reader", token: admin, json: #"{"disabled":true}"#)
        #expect(try transfer(to: "reader", token: outsider).problem == "validation-failed")
        #expect(try transfer(to: "outsider", token: outsider).status == 200)
        #expect(try roles()["outsider"] == "owner")
    }

    @Test func `keep a user who alone owns them`() throws {
        let refused = try server.send("DELETE", "/api/v1/users/owner", token: admin)
        #expect(refused.status == 409 && refused.problem == "last-owner")
        #expect(refused.json?["errors"]?.array?.map { $0["field"] } == ["team"])
        #expect(try transfer(to: "publisher", token: admin).status == 200)
        #expect(try server.send("DELETE", "/api/v1/users/owner", token: admin).status == 204)
        #expect(try roles() == ["publisher": "owner", "reader": "reader"])
    }
}
