import HTTPServer
import JSON
import Registry
import TestSupport
import Testing
import WebAPI

@Suite struct `Links over HTTP` {
    private let server: TestServer
    private let admin: String

    init() throws {
        server = try TestServer()
        admin = try server.token(for: "admin")
    }

    /// Makes a link, and gives its secret.
    private func link(to name: String) throws -> String {
        let response = try server.send("POST", "/api/v1/users/\(name)/link", token: admin, json: "{}")
        try #require(response.status == 201, "\(response.text)")
        let url = try #require(response.json?["url"]?.string)
        return String(url.drop { $0 != "#" }.dropFirst())
    }

    private func lookUp(_ secret: String, fields: Fields = [:]) throws -> TestResponse {
        try server.send("POST", "/api/v1/links/lookup", fields: fields, json: #"{"token":"\#(secret)"}"#)
    }

    private func redeem(_ secret: String, _ more: String = "", fields: Fields = [:]) throws -> TestResponse {
        try server.send(
            "POST", "/api/v1/links/redeem", fields: fields,
            json: #"{"token":"\#(secret)","password":"a long enough password"\#(more)}"#)
    }

    @Test func `invite a user who then is signed in`() throws {
        let made = try server.send(
            "POST", "/api/v1/users", token: admin, json: #"{"username":"kim","role":"developer"}"#)
        #expect(made.status == 201 && made.json?["has_password"] == false)
        let response = try server.send("POST", "/api/v1/users/kim/link", token: admin)
        #expect(response.status == 201 && response.json?["purpose"] == "invitation", "\(response.text)")
        #expect(response.fields["Cache-Control"] == "no-store")
        let url = try #require(response.json?["url"]?.string)
        #expect(url.hasPrefix("http://127.0.0.1:\(server.port)/setup#"))
        let secret = try link(to: "kim")
        let found = try lookUp(secret)
        #expect(found.status == 200 && found.json?["username"] == "kim" && found.json?["purpose"] == "invitation")
        #expect(found.json?["expires_at"]?.string?.hasSuffix("Z") == true)
        let done = try redeem(secret, #","display_name":"김","language":"en""#)
        #expect(done.status == 201 && done.json?["user"]?["display_name"] == "김", "\(done.text)")
        let cookie = String(try #require(done.fields["Set-Cookie"]).prefix { $0 != ";" })
        let me = try server.get("/api/v1/me", fields: ["Cookie": cookie])
        #expect(me.json?["user"]?["username"] == "kim" && me.json?["csrf_token"] == done.json?["csrf_token"])
        #expect(try server.get("/api/v1/users/kim", token: admin).json?["has_password"] == true)
        for used in try [redeem(secret), lookUp(secret)] {
            #expect(used.status == 403 && used.problem == "link-invalid")
        }
        #expect(try server.send("POST", "/api/v1/users/kim/link", token: admin, json: "{}").json?["purpose"] == "reset")
    }

    @Test func `lead to the public address`() throws {
        let server = try TestServer(configure: { $1.publicURL = "https://moru.example" })
        try server.addUser("kim", .viewer)
        let response = try server.send(
            "POST", "/api/v1/users/kim/link", token: server.token(for: "admin"), fields: ["Host": "evil.example"])
        #expect(response.json?["url"]?.string?.hasPrefix("https://moru.example/setup#") == true)
    }

    @Test func `are refused from another site, and with what breaks a rule`() throws {
        try server.addUser("kim", .viewer)
        let secret = try link(to: "kim")
        for fields: Fields in [["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"]] {
            for response in try [lookUp(secret, fields: fields), redeem(secret, fields: fields)] {
                #expect(response.status == 403 && response.problem == "csrf-failed")
            }
        }
        for json in ["{}", #"{"token":1}"#, #"{"token":"x","more":1}"#, "[]"] {
            #expect(try server.send("POST", "/api/v1/links/lookup", json: json).status == 422, "\(json)")
        }
        for more in [#","language":"fr""#, #","display_name":"\u0000""#, #","role":"admin""#] {
            #expect(try redeem(secret, more).status == 422, "\(more)")
        }
        let unknown = try server.send("POST", "/api/v1/users/nobody/link", token: admin, json: "{}")
        #expect(unknown.status == 404 && unknown.problem == "user-unknown")
        let body = try server.send("POST", "/api/v1/users/kim/link", token: admin, json: #"{"purpose":"reset"}"#)
        #expect(body.status == 422)
        #expect(try redeem(secret).status == 201)
    }

    @Test func `that are wrong look like those that were used`() throws {
        try server.addUser("kim", .viewer)
        let secret = try link(to: "kim")
        #expect(try redeem(secret).status == 201)
        let (used, wrong) = (try lookUp(secret), try lookUp("guess"))
        #expect(used.json?["detail"] == wrong.json?["detail"] && used.status == wrong.status)
        #expect(!used.text.contains("kim"))
    }
}
