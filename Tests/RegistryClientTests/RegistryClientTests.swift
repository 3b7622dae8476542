import JSON
import Registry
import RegistryClient
import Testing

/// Quick enough for tests, patient enough to try again.
let quick = RetryPolicy(attempts: 3, firstDelay: 1, longestDelay: 1000)

@Suite struct `A request` {
    private let name = #"{"name":"demo/a","title":"A"}"#

    private func ask(_ server: ScriptedServer, token: String? = "mr_secret") throws -> RemoteModel {
        defer { server.stop() }
        let client = RegistryClient(server: try ServerURL(server.url), token: token, language: "ko", retries: quick)
        return try client.model(named: ModelName("demo/a"))
    }

    @Test func `carries the token and the language`() throws {
        let server = try ScriptedServer { [name] _, _ in answer(200, text: name) }
        #expect(try ask(server).title == "A")
        #expect(server.requests.first?["Authorization"] == "Bearer mr_secret")
        #expect(server.requests.first?["Accept-Language"] == "ko")
        #expect(server.requests.first?.target == "/api/v1/models/demo/a")
    }

    @Test(arguments: [500, 502, 503, 429])
    func `is tried again when the server is in trouble`(status: Int) throws {
        let server = try ScriptedServer { [name] _, index in
            index < 2 ? answer(status, "Retry-After: 0") : answer(200, text: name)
        }
        #expect(try ask(server).title == "A")
        #expect(server.requests.count == 3)
    }

    @Test func `is tried again when the connection is lost`() throws {
        let server = try ScriptedServer { [name] _, index in
            index == 0 ? [] : index == 1 ? answer(200, body: Array(name.utf8), sent: 5) : answer(200, text: name)
        }
        #expect(try ask(server).title == "A")
        #expect(server.requests.count == 3)
    }

    @Test(arguments: [(503, "0", 3), (503, "86400", 1), (404, "0", 1), (403, "0", 1), (507, "0", 1)])
    func `is given up in the end`(status: Int, retryAfter: String, expected: Int) throws {
        let problem = #"{"type":"/problems/model-unknown","title":"T","status":\#(status),"detail":"D","instance":"i"}"#
        let server = try ScriptedServer { _, _ in answer(status, "Retry-After: \(retryAfter)", text: problem) }
        let error = #expect(throws: ClientError.self) { try ask(server) }
        #expect(error?.problem?.status == status)
        #expect(error?.problem?.code == "model-unknown")
        #expect(error?.problem?.detail == "D")
        #expect(server.requests.count == expected)
    }

    @Test func `that changes something is not repeated when the server failed over it`() throws {
        let server = try ScriptedServer { _, _ in answer(500) }
        defer { server.stop() }
        let client = RegistryClient(server: try ServerURL(server.url), retries: quick)
        #expect(throws: ClientError.self) { try client.createToken(TokenRequest(name: "a", scopes: [])) }
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [301, 302, 307, 308])
    func `does not follow a server that has moved, but says where`(status: Int) throws {
        let other = try ScriptedServer { [name] _, _ in answer(200, text: name) }
        defer { other.stop() }
        let server = try ScriptedServer { [url = other.url] _, _ in answer(status, "Location: \(url)/elsewhere") }
        let error = #expect(throws: ClientError.self) { try ask(server) }
        #expect(error?.description.contains("\(other.url)/elsewhere") == true)
        #expect(other.requests.isEmpty)
    }

    @Test func `says that nobody listens`() throws {
        let server = try ScriptedServer { _, _ in [] }
        let url = try ServerURL(server.url)
        server.stop()
        let client = RegistryClient(server: url, retries: RetryPolicy(attempts: 1))
        let error = #expect(throws: ClientError.self) { try client.model(named: ModelName("demo/a")) }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["", "<html>", "[]", #"{"name":"../a"}"#, #"{"title":"A"}"#])
    func `refuses an answer that is none`(body: String) throws {
        let server = try ScriptedServer { _, _ in answer(200, text: body) }
        #expect(throws: ClientError.self) { try ask(server) }
    }

    @Test func `reads a list page by page`() throws {
        let server = try ScriptedServer { _, index in
            let next = index == 0 ? #""two words&""# : "null"
            return answer(
                200, text: #"{"items":[{"username":"u\#(index)","role":"viewer"}],"total":2,"next":\#(next)}"#)
        }
        defer { server.stop() }
        let client = RegistryClient(server: try ServerURL(server.url), retries: quick)
        #expect(try client.users().map(\.username) == ["u0", "u1"])
        #expect(
            server.requests.map(\.target) == [
                "/api/v1/users?limit=100", "/api/v1/users?limit=100&cursor=two%20words%26",
            ])
    }

    @Test func `signs in, makes a token and signs out`() throws {
        let server = try ScriptedServer { _, index in
            switch index {
            case 0:
                answer(
                    201, "Set-Cookie: moru=abc; HttpOnly; Path=/", text: #"{"user":{},"csrf_token":"proof"}"#)
            case 1: answer(201, text: #"{"id":7,"name":"host","scopes":["model:read"],"token":"mr_new"}"#)
            default: answer(204)
            }
        }
        defer { server.stop() }
        let client = RegistryClient(server: try ServerURL(server.url), retries: quick)
        let request = TokenRequest(name: "host", scopes: [.modelRead])
        #expect(try client.signIn("kim", password: "correct horse", token: request).secret == "mr_new")
        let requests = server.requests
        #expect(
            requests.map(\.line).map { $0.prefix(24) } == [
                "POST /api/v1/session HTT", "POST /api/v1/tokens HTTP", "DELETE /api/v1/session H",
            ])
        #expect(requests.dropFirst().allSatisfy { $0["Cookie"] == "moru=abc" && $0["X-CSRF-Token"] == "proof" })
        #expect(requests.allSatisfy { $0["Authorization"] == nil })
    }
}
