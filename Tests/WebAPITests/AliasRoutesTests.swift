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
