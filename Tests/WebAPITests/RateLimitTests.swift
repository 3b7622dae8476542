import HTTPServer
import JSON
import TestSupport
import Testing
import WebAPI

@Suite struct `The rate limit` {
    private let clock = TestClock()

    /// One request a second, ten at once.
    private func server(proxies: [String] = []) throws -> TestServer {
        try TestServer(
            clock: clock,
            configure: { server, configuration in
                server.trustedProxies = proxies
                configuration.requestRate = 1
            })
    }

    private static func statuses(_ count: Int, _ send: () throws -> TestResponse) rethrows -> [Int] {
        try (0..<count).map { _ in try send().status }
    }

    @Test(arguments: [("en", "Too many requests"), ("ko", "요청이 너무 많습니다")])
    func `is a problem that says when to come back`(language: String, title: String) throws {
        let server = try server()
        #expect(try Self.statuses(10) { try server.get("/api/v1/me") }.allSatisfy { $0 == 200 })
        let refused = try server.get("/api/v1/me", fields: ["Accept-Language": language])
        #expect(refused.status == 429 && refused.problem == "rate-limited")
        #expect(refused.json?["title"]?.string == title)
        #expect(refused.json?["detail"]?.string?.isEmpty == false && refused.json?["status"] == 429)
        #expect(refused.fields["Retry-After"] == "1" && refused.fields["Cache-Control"] == "no-store")
        clock.advance(by: 1)
        #expect(try Self.statuses(2) { try server.get("/api/v1/me") } == [200, 429])
    }

    @Test func `counts tokens, portal users and addresses for themselves`() throws {
        let server = try server()
        let tokens = [try server.token(for: "admin"), try server.token(for: "admin")]
        let signedIn = try server.send(
            "POST", "/api/v1/session", json: #"{"username":"admin","password":"\#(TestServer.password)"}"#)
        let cookie: Fields = ["Cookie": String(try #require(signedIn.fields["Set-Cookie"]).prefix { $0 != ";" })]
        #expect(try Self.statuses(11) { try server.get("/api/v1/me") }.last == 429)
        for token in tokens {
            #expect(try Self.statuses(11) { try server.get("/api/v1/me", token: token) }.count { $0 == 200 } == 10)
        }
        #expect(try Self.statuses(11) { try server.get("/api/v1/me", fields: cookie) }.count { $0 == 200 } == 10)
        #expect(try server.get("/api/v1/me", fields: ["Cookie": "moru_session=made-up"]).status == 429)
    }

    @Test func `counts secrets that do not hold for the address`() throws {
        let server = try server()
        let token = try server.token(for: "admin")
        let wrong = ["\(token)x", "mr_short", token.uppercased()]
        let tried = try (0..<12).map { try server.get("/api/v1/me", token: wrong[$0 % 3]).status }
        #expect(tried == Array(repeating: 401, count: 10) + [429, 429])
        #expect(try server.get("/api/v1/me?access_token=x").status == 429)
        #expect(try server.get("/api/v1/me").status == 429)
        #expect(try server.get("/api/v1/me", token: token).status == 200)
    }

    @Test func `leaves out the portal's files and what tells whether the server lives`() throws {
        let server = try server()
        _ = try Self.statuses(11) { try server.get("/api/v1/me") }
        for path in ["/healthz", "/readyz", "/", "/sign-in", "/openapi.json", "/api/v1/about", "/problems"] {
            #expect(try Self.statuses(12) { try server.get(path) }.allSatisfy { $0 == 200 }, "\(path)")
        }
    }

    @Test func `counts who asks whether the server waits for its first user`() throws {
        let server = try server()
        #expect(try Self.statuses(11) { try server.get("/api/v1/setup") }.last == 429)
    }

    @Test func `takes an upload and a download for one request each`() throws {
        let server = try server()
        let token = try server.token(for: "admin")
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        let form = TestForm().file("artifact", "a.bin", bytes).file("artifact", "b.bin", bytes)
        #expect(try server.publish("demo/m", form, token: token).status == 201)
        let path = "/api/v1/models/demo/m/versions/latest/artifacts/a.bin"
        let ranges: Fields = ["Range": "bytes=0-9,20-29"]
        #expect(try server.get(path, token: token, fields: ranges).status == 206)
        #expect(
            try Self.statuses(9) { try server.get("/api/v1/me", token: token) } == .init(repeating: 200, count: 8) + [
                429
            ])
        let refused = try server.publish("demo/m", form, token: token)
        #expect(refused.status == 429 && refused.problem == "rate-limited")
        #expect(try server.get("/api/v1/models/demo/m/versions").json?["total"] == 1)
    }

    @Test func `knows each client behind a trusted proxy, however the field is made up`() throws {
        let server = try server(proxies: ["127.0.0.0/8", "10.0.0.0/8"])
        func status(_ forwardedFor: String) throws -> Int {
            try server.get("/api/v1/me", fields: ["X-Forwarded-For": forwardedFor]).status
        }
        #expect(try (0..<11).map { _ in try status("192.0.2.1") }.last == 429)
        // What the client itself wrote stands before what the proxies added.
        for forged in ["198.51.100.1, 192.0.2.1", "nonsense,192.0.2.1", "192.0.2.1, 10.0.0.1", "::ffff:192.0.2.1"] {
            #expect(try status(forged) == 429, "\(forged)")
        }
        #expect(try status("192.0.2.2") == 200)
        // The first counts with the others.
        #expect(try (0..<11).map { try status("2001:db8::\($0)") }.last == 429)
        #expect(try status("2001:db8:0:1::1") == 200)
    }

    @Test func `believes no one else's word about the address`() throws {
        let server = try server(proxies: ["10.0.0.0/8"])
        let statuses = try (0..<12).map {
            try server.get("/api/v1/me", fields: ["X-Forwarded-For": "192.0.2.\($0)"]).status
        }
        #expect(statuses == Array(repeating: 200, count: 10) + [429, 429])
    }

    @Test func `can be off`() throws {
        let server = try TestServer(clock: clock)
        #expect(try Self.statuses(50) { try server.get("/api/v1/me") }.allSatisfy { $0 == 200 })
    }
}
