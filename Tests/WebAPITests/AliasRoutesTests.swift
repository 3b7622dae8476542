import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Moving aliases` {
    private static let base = "/api/v1/models/demo/model/aliases"
    private let server: TestServer
    private let token: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        token = try server.token(for: "author")
        for number in ["1.0.0", "1.1.0"] {
            let response = try server.publish(
                "demo/model", TestForm().field("version", number).artifact("a.onnx", number), token: token)
            try #require(response.status == 201, "\(response.text)")
        }
    }

    private func point(_ alias: String, at number: String) throws -> TestResponse {
        try server.send("PUT", "\(Self.base)/\(alias)", token: token, json: #"{"version":"\#(number)"}"#)
    }

    @Test func `takes an empty object for a way back, and nothing else`() throws {
        for number in ["1.0.0", "1.1.0"] { try #require(try point("stable", at: number).status == 200) }
        let more = try server.send("POST", "\(Self.base)/stable/rollback", token: token, json: #"{"to":"1.0.0"}"#)
        #expect(more.status == 422, "\(more.text)")
        #expect(try server.get("/api/v1/models/demo/model/versions/stable").json?["version"] == "1.1.0")
        let back = try server.send("POST", "\(Self.base)/stable/rollback", token: token, json: "{}")
        #expect(back.status == 200 && back.json?["version"] == "1.0.0", "\(back.text)")
    }

    @Test func `goes back to the version before, which the history tells`() throws {
        for number in ["1.0.0", "1.1.0"] { try #require(try point("stable", at: number).status == 200) }
        let back = try server.send("POST", "\(Self.base)/stable/rollback", token: token)
        #expect(back.status == 200 && back.json?["version"] == "1.0.0", "\(back.text)")
        #expect(try server.get("/api/v1/models/demo/model/versions/stable").json?["version"] == "1.0.0")
        #expect(try server.send("DELETE", "\(Self.base)/stable", token: token).status == 204)

        let first = try server.get("\(Self.base)/stable/history?limit=2")
        #expect(first.json?["total"] == 4 && first.fields["Cache-Control"] == "no-cache")
        let next = try #require(first.fields["Link"]?.dropFirst().prefix { $0 != ">" })
        let second = try server.get(String(next))
        let changes = [first, second].flatMap { $0.json?["items"]?.array ?? [] }
        #expect(changes.map { $0["version"] ?? "" } == [.null, "1.0.0", "1.1.0", "1.0.0"])
        #expect(changes.allSatisfy { $0["changed_by"] == "author" && $0["changed_at"]?.string != nil })
        #expect(second.json?["next"] == .null)
    }

    private func edit(_ number: String, _ json: String) throws -> TestResponse {
        try server.send("PATCH", "/api/v1/models/demo/model/versions/\(number)", token: token, json: json)
    }

    private func rollBack(_ alias: String) throws -> TestResponse {
        try server.send("POST", "\(Self.base)/\(alias)/rollback", token: token)
    }

    private func history(_ alias: String) throws -> [String] {
        try server.get("\(Self.base)/\(alias)/history").json?["items"]?.array?.map { $0["version"]?.string ?? "-" }
            ?? []
    }

    @Test func `takes a way back when it is done twice`() throws {
        for number in ["1.0.0", "1.1.0"] { try #require(try point("stable", at: number).status == 200) }
        for number in ["1.0.0", "1.1.0", "1.0.0"] { #expect(try rollBack("stable").json?["version"]?.string == number) }
        #expect(try history("stable") == ["1.0.0", "1.1.0", "1.0.0", "1.1.0", "1.0.0"])
    }

    @Test func `goes back to no version that was withdrawn, and says which that is`() throws {
        for number in ["1.0.0", "1.1.0"] { try #require(try point("stable", at: number).status == 200) }
        try #require(try edit("1.0.0", #"{"state":"withdrawn"}"#).status == 200)
        for (language, word) in [("en", "withdrawn"), ("ko", "지정")] {
            let refused = try server.send(
                "POST", "\(Self.base)/stable/rollback", token: token, fields: ["Accept-Language": language])
            #expect(refused.status == 409 && refused.problem == "state-conflict")
            let detail = refused.json?["detail"]?.string ?? ""
            #expect(detail.contains("1.0.0") && detail.contains(word), "\(detail)")
        }
        #expect(try history("stable") == ["1.1.0", "1.0.0"])
        try #require(try edit("1.0.0", #"{"state":"published"}"#).status == 200)
        #expect(try rollBack("stable").json?["version"] == "1.0.0")
    }

    @Test func `happens with a withdrawal, all or nothing`() throws {
        for alias in ["stable", "production"] { try #require(try point(alias, at: "1.1.0").status == 200) }
        let version = "/api/v1/models/demo/model/versions/1.1.0"
        let refusals: [(String, Int, String)] = [
            (#"{"state":"withdrawn"}"#, 409, "version-aliased"),
            (#"{"state":"withdrawn","replace_with":"9.9.9"}"#, 404, "version-unknown"),
            (#"{"state":"withdrawn","replace_with":"1.1.0"}"#, 422, "validation-failed"),
            (#"{"state":"withdrawn","replace_with":"stable"}"#, 422, "validation-failed"),
            (#"{"state":"deprecated","replace_with":"1.0.0"}"#, 422, "validation-failed"),
            (#"{"replace_with":"1.0.0"}"#, 422, "validation-failed"),
        ]
        for (json, status, code) in refusals {
            let refused = try edit("1.1.0", json)
            #expect(refused.status == status && refused.problem == code, "\(json): \(refused.text)")
            #expect(try server.get(version).json?["state"] == "published")
        }
        let named = try edit("1.1.0", #"{"state":"withdrawn"}"#).json?["errors"]?.array?.map { $0["detail"]?.string }
        #expect(named == ["production", "stable"])
        let done = try edit("1.1.0", #"{"state":"withdrawn","reason":"crashes","replace_with":"1.0.0"}"#)
        #expect(done.status == 200 && done.json?["state"] == "withdrawn" && done.json?["aliases"] == [])
        for alias in ["stable", "production", "latest"] {
            #expect(try server.get("/api/v1/models/demo/model/versions/\(alias)").json?["version"] == "1.0.0")
        }
        #expect(try history("stable") == ["1.0.0", "1.1.0"])
        #expect(try rollBack("stable").problem == "state-conflict")
    }

    @Test(arguments: [
        ("GET", "stable/history", 404, "alias-unknown"),
        ("GET", "Stable/history", 422, "validation-failed"),
        ("GET", "trial/history?cursor=x", 422, "validation-failed"),
        ("POST", "stable/rollback", 404, "alias-unknown"),
        ("POST", "trial/rollback", 409, "state-conflict"),
        ("POST", "latest/rollback", 409, "alias-reserved"),
        ("POST", "Stable/rollback", 422, "validation-failed"),
    ])
    func `refuses with a problem`(method: String, rest: String, status: Int, code: String) throws {
        try #require(try point("trial", at: "1.0.0").status == 200)
        let response = try server.send(method, "\(Self.base)/\(rest)", token: token)
        #expect(response.status == status && response.problem == code, "\(response.text)")
    }
}
