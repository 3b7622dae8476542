import Foundation
import HTTPServer
import JSON
import Registry
import Services
import Storage
import TestSupport
import Testing

@Suite struct `The storage routes` {
    private let server: TestServer
    private let admin: String
    private let author: String

    init() throws {
        server = try TestServer()
        admin = try server.token(for: "admin")
        try server.addUser("author", .developer)
        author = try server.token(for: "author")
    }

    private func collect(_ json: String) throws -> TestResponse {
        try server.send("POST", "/api/v1/storage/collect", token: admin, json: json)
    }

    /// Has all blobs be a day older than they are.
    private func ageBlobs() throws {
        let blobs = server.directory.path + "/data/blobs"
        for name in FileManager.default.subpaths(atPath: blobs) ?? [] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -90_000)], ofItemAtPath: "\(blobs)/\(name)")
        }
    }

    @Test func `tell how much is stored`() throws {
        _ = try server.publish("demo/a", TestForm().artifact("a", "12345"), token: author)
        let response = try server.get("/api/v1/storage", token: admin)
        #expect(response.status == 200, "\(response.text)")
        #expect(response.fields["Cache-Control"] == "no-store")
        let json = try #require(response.json)
        #expect(json["blobs"]?["count"]?.integer == 1)
        #expect(json["blobs"]?["bytes"]?.integer == 5)
        #expect((json["database"]?["bytes"]?.integer ?? 0) > 4096)
        #expect((json["disk"]?["total"]?.integer ?? 0) >= (json["disk"]?["free"]?.integer ?? 0))
        #expect((0...100).contains(json["disk"]?["used_percent"]?.integer ?? -1))
        #expect((json["reserve"]?.integer ?? 0) > 0)
        #expect(json["warning"]?.bool == ((json["disk"]?["used_percent"]?.integer ?? 0) >= 80))
        #expect(json["collection"]?["last_at"]?.isNull == true)
    }

    @Test func `collect what nothing names, after a look at it`() throws {
        _ = try server.publish("demo/a", TestForm().artifact("a", "12345"), token: author)
        _ = try server.publish("demo/b", TestForm().artifact("a", "1234").artifact("b", "12345"), token: author)
        #expect(try server.send("DELETE", "/api/v1/models/demo/b", token: author).status == 204)
        #expect(try collect("{}").json?["kept_in_grace"]?.integer == 1)
        try ageBlobs()
        let look = try collect(#"{"dry_run":true}"#)
        #expect(look.status == 200, "\(look.text)")
        #expect(look.json?["dry_run"]?.bool == true && look.json?["removed"]?.integer == 1)
        #expect(look.json?["bytes"]?.integer == 4)
        #expect(
            look.json?["blobs"]?.array?.first?["digest"]?.string
                == "sha256:03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4")
        #expect(look.json?["blobs"]?.array?.first?["size"]?.integer == 4)
        let empty = try server.client.send(
            "POST", "/api/v1/storage/collect", fields: ["Authorization": "Bearer \(admin)"], body: [])
        #expect(empty.json?["removed"]?.integer == 1, "\(empty.text)")
        #expect(try collect(#"{"grace":0}"#).json?["removed"]?.integer == 0)
        #expect(try server.get("/api/v1/storage", token: admin).json?["blobs"]?["count"]?.integer == 1)
        #expect(try server.get("/m/demo/a/a").text == "12345")
    }

    @Test(arguments: [
        (#"{"grace":-1}"#, 422, "validation-failed"), (#"{"grace":315360001}"#, 422, "validation-failed"),
        (#"{"grace":"1h"}"#, 422, "validation-failed"), (#"{"dry_run":1}"#, 422, "validation-failed"),
        (#"{"force":true}"#, 422, "validation-failed"), ("[]", 422, "validation-failed"), ("{", 400, "form-invalid"),
    ])
    func `refuse what breaks a rule`(json: String, status: Int, code: String) throws {
        let response = try collect(json)
        #expect(response.status == status && response.problem == code, "\(response.text)")
    }

    @Test func `say that a backup is at work`() throws {
        let backup = try CollectionLock.shared(server.repository.directory)
        let response = try collect("{}")
        #expect(response.status == 409 && response.problem == "store-busy", "\(response.text)")
        #expect(try collect(#"{"dry_run":true}"#).status == 200)
        withExtendedLifetime(backup) {}
    }

    @Test(arguments: ["a", "README.md"])
    func `answer a download that comes too late as what it is`(path: String) throws {
        let form = TestForm().field("version", "1.0.0").artifact("a", "12345").artifact("README.md", "# A")
        _ = try server.publish("demo/a", form, token: author)
        let target = "/api/v1/models/demo/a/versions/1.0.0/artifacts/\(path)"
        let blobs = server.directory.path + "/data/blobs"
        // A blob that is named and lost is the server's fault, and is said to be.
        try FileManager.default.moveItem(atPath: blobs, toPath: blobs + "-away")
        #expect(try server.get(target).status == 500)
        try FileManager.default.moveItem(atPath: blobs + "-away", toPath: blobs)
        #expect(try server.get(target).status == 200)
        #expect(try server.send("DELETE", "/api/v1/models/demo/a", token: author).status == 204)
        #expect(try server.get(target).problem == "model-unknown")
    }
}
