import HTTPServer
import JSON
import Registry
import TestSupport
import Testing
import WebAPI

@Suite struct `Signing in` {
    private struct Session {
        let cookie: String
        let csrfToken: String
        let setCookie: String
    }

    private func signIn(_ server: TestServer, fields: Fields = [:]) throws -> Session {
        let json = #"{"username":"admin","password":"\#(TestServer.password)"}"#
        let response = try server.send("POST", "/api/v1/session", fields: fields, json: json)
        try #require(response.status == 201, "\(response.text)")
        let setCookie = try #require(response.fields["Set-Cookie"])
        return Session(
            cookie: String(setCookie.prefix { $0 != ";" }),
            csrfToken: try #require(response.json?["csrf_token"]?.string), setCookie: setCookie)
    }

    @Test func `gives a cookie that scripts cannot read, and changes need more than the cookie`() throws {
        let server = try TestServer()
        let session = try signIn(server)
        #expect(session.setCookie.contains("HttpOnly") && session.setCookie.contains("SameSite=Lax"))
        let me = try server.get("/api/v1/me", fields: ["Cookie": session.cookie])
        #expect(me.json?["user"]?["username"] == "admin")
        #expect(me.json?["csrf_token"]?.string == session.csrfToken)
        let proof: Fields = ["Cookie": session.cookie, "X-CSRF-Token": session.csrfToken]
        let refused: [Fields] = [
            ["Cookie": session.cookie],
            ["Cookie": session.cookie, "X-CSRF-Token": "wrong"],
            ["Cookie": session.cookie, "X-CSRF-Token": session.csrfToken, "Origin": "https://evil.example"],
            ["Cookie": session.cookie, "X-CSRF-Token": session.csrfToken, "Origin": "null"],
            ["Cookie": session.cookie, "X-CSRF-Token": session.csrfToken, "Sec-Fetch-Site": "cross-site"],
            ["Cookie": session.cookie, "X-CSRF-Token": session.csrfToken, "Sec-Fetch-Site": "same-site"],
        ]
        let body = #"{"name":"demo/m","title":"t"}"#
        for fields in refused {
            let response = try server.send("POST", "/api/v1/models", fields: fields, json: body)
            #expect(response.status == 403 && response.problem == "csrf-failed", "\(fields)")
        }
        #expect(try server.get("/api/v1/models/demo/m").status == 404)
        #expect(try server.send("POST", "/api/v1/models", fields: proof, json: body).status == 201)
        #expect(try server.send("DELETE", "/api/v1/session", fields: proof).status == 204)
        #expect(try server.get("/api/v1/me", fields: ["Cookie": session.cookie]).json?["user"] == .null)
        #expect(try server.send("POST", "/api/v1/models", fields: proof, json: body).status == 401)
    }

    @Test func `ends the other sessions when the password changes, not the one that asked`() throws {
        let server = try TestServer()
        let (asking, other) = (try signIn(server), try signIn(server))
        let proof: Fields = ["Cookie": asking.cookie, "X-CSRF-Token": asking.csrfToken]
        let json = #"{"password":"another long password","current_password":"\#(TestServer.password)"}"#
        let changed = try server.send("PATCH", "/api/v1/me", fields: proof, json: json)
        #expect(changed.status == 200, "\(changed.text)")
        func user(_ session: Session) throws -> JSONValue? {
            try server.get("/api/v1/me", fields: ["Cookie": session.cookie]).json?["user"]?["username"]
        }
        #expect(try user(asking) == "admin")
        #expect(try user(other) == nil)
    }

    @Test func `binds the cookie to the host over TLS`() throws {
        let server = try TestServer(configure: { $1.publicURL = "https://moru.example" })
        let session = try signIn(server, fields: ["Origin": "https://moru.example"])
        #expect(session.cookie.hasPrefix("__Host-moru_session="))
        #expect(session.setCookie.contains("Secure") && session.setCookie.contains("Path=/"))
    }

    @Test func `is refused from another site`() throws {
        let server = try TestServer()
        let json = #"{"username":"admin","password":"\#(TestServer.password)"}"#
        let response = try server.send(
            "POST", "/api/v1/session", fields: ["Origin": "https://evil.example"], json: json)
        #expect(response.status == 403 && response.problem == "csrf-failed")
    }

    @Test func `after five failures waits, and says how long`() throws {
        let server = try TestServer()
        for attempt in 1...6 {
            let json = #"{"username":"admin","password":"wrong password"}"#
            let response = try server.send("POST", "/api/v1/session", json: json)
            guard attempt == 6 else {
                #expect(response.status == 401 && response.problem == "credentials-invalid")
                continue
            }
            #expect(response.status == 429 && response.problem == "too-many-attempts")
            #expect(Int(response.fields["Retry-After"] ?? "") ?? 0 > 800)
        }
    }

    @Test func `a token beats a cookie, and shows its secret once`() throws {
        let server = try TestServer()
        let session = try signIn(server)
        let proof: Fields = ["Cookie": session.cookie, "X-CSRF-Token": session.csrfToken]
        let json = #"{"name":"ci","scopes":["model:read"],"models":["demo/*"],"expires_at":null}"#
        let made = try server.send("POST", "/api/v1/tokens", fields: proof, json: json)
        let secret = try #require(made.json?["token"]?.string)
        #expect(made.status == 201 && secret.hasPrefix("mr_"))
        #expect(try !server.get("/api/v1/tokens", fields: ["Cookie": session.cookie]).text.contains(secret))
        let both: Fields = ["Cookie": session.cookie, "Authorization": "Bearer \(secret)"]
        #expect(try server.get("/api/v1/users", fields: both).status == 403)
        let id = try #require(made.json?["id"]?.integer)
        #expect(try server.send("DELETE", "/api/v1/tokens/\(id)", fields: proof).status == 204)
        #expect(try server.get("/api/v1/me", token: secret).status == 401)
    }

    @Test func `the last administrator stays`() throws {
        let server = try TestServer()
        let token = try server.token(for: "admin")
        let demoted = try server.send("PATCH", "/api/v1/users/admin", token: token, json: #"{"role":"viewer"}"#)
        let disabled = try server.send("PATCH", "/api/v1/users/admin", token: token, json: #"{"disabled":true}"#)
        let deleted = try server.send("DELETE", "/api/v1/users/admin", token: token)
        #expect([demoted, disabled, deleted].allSatisfy { $0.status == 409 && $0.problem == "last-admin" })
    }

    @Test func `set-up is over once there is a user`() throws {
        let server = try TestServer()
        #expect(try server.get("/api/v1/setup").json?["needed"] == false)
        let json = #"{"token":"x","username":"mallory","password":"a long enough password"}"#
        let response = try server.send("POST", "/api/v1/setup", json: json)
        #expect(response.status == 409 && response.problem == "setup-done")
    }
}
