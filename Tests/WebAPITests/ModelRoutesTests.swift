import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Describing models` {
    private let server: TestServer
    private let token: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        token = try server.token(for: "author")
        for name in ["a", "b", "c"] {
            let json = #"{"name":"demo/\#(name)","title":"모델 \#(name)","context":["task:pitch"]}"#
            let response = try server.send("POST", "/api/v1/models", token: token, json: json)
            try #require(response.status == 201 && response.fields["Location"] == "/api/v1/models/demo/\(name)")
        }
    }

    @Test func `a stale edit is refused, a fresh one taken`() throws {
        let target = "/api/v1/models/demo/a"
        let tag = try #require(try server.get(target, token: token).fields["ETag"])
        func edit(_ summary: String, _ ifMatch: String) throws -> TestResponse {
            try server.send(
                "PATCH", target, token: token,
                fields: ["If-Match": ifMatch, "Content-Type": "application/merge-patch+json"],
                json: #"{"summary":"\#(summary)"}"#)
        }
        let first = try edit("one", tag)
        #expect(first.status == 200 && first.fields["ETag"] != tag)
        let stale = try edit("two", tag)
        #expect(stale.status == 412 && stale.problem == "precondition-failed")
        let fresh = try #require(first.fields["ETag"])
        #expect(try edit("weak", "W/\(fresh)").status == 412)
        // The tag of the compressed form, which a browser was given.
        #expect(try edit("three", "\(fresh.dropLast())-gzip\"").status == 200)
        #expect(try edit("four", "*").status == 200)
        #expect(try edit("five", "nonsense").status == 400)
        #expect(try server.get(target).json?["summary"] == "four")
    }

    @Test func `tells the model's own context apart from that of its latest version`() throws {
        let target = "/api/v1/models/demo/a"
        let form = TestForm().field("context", "env:night").artifact("a.onnx", "a")
        try #require(try server.publish("demo/a", form, token: token).status == 201)
        func keys(_ member: String) throws -> [String] {
            try server.get(target).json?[member]?.array?.compactMap { $0["key"]?.string } ?? []
        }
        #expect(try keys("own_context") == ["task"])
        #expect(try Set(keys("context")).isSuperset(of: ["task", "env"]))
        _ = try server.send("PATCH", target, token: token, json: #"{"context":["object:person"]}"#)
        #expect(try keys("own_context") == ["object"])
    }

    @Test func `answers 304 until it changes, for each caller on its own`() throws {
        let target = "/api/v1/models/demo/b"
        let anonymous = try server.get(target)
        let author = try server.get(target, token: token)
        #expect(anonymous.json?["permissions"] == nil && author.json?["permissions"]?["edit"] == true)
        #expect(anonymous.fields["ETag"] != author.fields["ETag"])
        for _ in 1...3 {
            let again = try server.get(target, fields: ["If-None-Match": anonymous.fields["ETag"] ?? ""])
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(try server.get(target, token: token).json?["permissions"]?["edit"] == true)
        }
        _ = try server.send("PATCH", target, token: token, json: #"{"title":"new"}"#)
        #expect(try server.get(target, fields: ["If-None-Match": anonymous.fields["ETag"] ?? ""]).status == 200)
        #expect(try server.get(target).json?["title"] == "new")
    }

    @Test func `becomes unknown to others the moment it turns private`() throws {
        let target = "/api/v1/models/demo/c"
        for _ in 1...3 { #expect(try server.get(target).status == 200) }
        _ = try server.send("PATCH", target, token: token, json: #"{"visibility":"private"}"#)
        #expect(try server.get(target).status == 404)
        #expect(try server.get("/api/v1/models").json?["total"] == 2)
    }

    @Test func `pages follow each other by Link`() throws {
        var names: [String] = []
        var target: String? = "/api/v1/models?sort=name&limit=1"
        for _ in 1...4 {
            guard let next = target else { break }
            let page = try server.get(next)
            names += page.json?["items"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(page.json?["total"] == 3)
            let link = page.fields["Link"]
            #expect((link == nil) == (page.json?["next"] == .null))
            target = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
        }
        #expect(names == ["demo/a", "demo/b", "demo/c"])
    }

    @Test func `a deleted model's numbers are never given out again`() throws {
        let form = TestForm().field("version", "1.0.0").artifact("a", "a")
        _ = try server.publish("demo/a", form, token: token)
        #expect(try server.send("DELETE", "/api/v1/models/demo/a", token: token).status == 204)
        let again = try server.publish("demo/a", form, token: token)
        #expect(again.status == 409 && again.problem == "number-retired", "\(again.text)")
        #expect(try server.publish("demo/a", TestForm().artifact("a", "b"), token: token).json?["version"] == "1.0.1")
    }
}
