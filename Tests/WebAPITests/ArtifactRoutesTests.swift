import Cryptography
import Encoding
import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Downloading` {
    private let server: TestServer
    private let token: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        token = try server.token(for: "author")
        for visibility in ["public", "private"] {
            let form = TestForm().field("version", "1.0.0").field("visibility", visibility)
                .file("artifact", "모델 1.onnx", Array("0123456789".utf8)).artifact("plain.bin", "plain")
                .file(
                    "artifact", "p.png",
                    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 9))
            let response = try server.publish("demo/\(visibility)", form, token: token)
            try #require(response.status == 201, "\(response.text)")
        }
    }

    private static let path = "artifacts/%EB%AA%A8%EB%8D%B8%201.onnx"

    @Test func `gives the bytes with everything that a device checks`() throws {
        let response = try server.get("/api/v1/models/demo/public/versions/1.0.0/\(Self.path)")
        let digest = SHA256.digest(of: Array("0123456789".utf8))
        #expect(response.text == "0123456789")
        #expect(response.fields["ETag"] == "\"sha256:\(Hex.encode(digest))\"")
        #expect(response.fields["Repr-Digest"] == "sha-256=:\(Base64.encode(digest)):")
        #expect(response.fields["Content-Type"] == "application/octet-stream")
        #expect(response.fields["Accept-Ranges"] == "bytes")
        #expect(response.fields["X-Model-Version"] == "1.0.0")
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
        #expect(response.fields["Content-Security-Policy"] == "sandbox; default-src 'none'")
        #expect(
            response.fields["Content-Disposition"]
                == "attachment; filename=\"__ 1.onnx\"; filename*=UTF-8''%EB%AA%A8%EB%8D%B8%201.onnx")
    }

    @Test(arguments: [
        ("public", "1.0.0", "public, max-age=31536000, immutable"),
        ("public", "latest", "no-cache"),
        ("public", "%5E1", "no-cache"),
        ("private", "1.0.0", "private, no-cache"),
        ("private", "latest", "private, no-cache"),
    ])
    func `says who may keep it for how long`(model: String, selector: String, expected: String) throws {
        for path in ["artifacts/plain.bin", "manifest", "archive.zip"] {
            let target = "/api/v1/models/demo/\(model)/versions/\(selector)/\(path)"
            #expect(try server.get(target, token: token).fields["Cache-Control"] == expected, "\(path)")
        }
    }

    @Test func `is not kept as a draft, and not told to others`() throws {
        let form = TestForm().field("version", "2.0.0").field("draft", "true").artifact("a", "a")
        try #require(try server.publish("demo/public", form, token: token).status == 201)
        let target = "/api/v1/models/demo/public/versions/2.0.0/artifacts/a"
        #expect(try server.get(target, token: token).fields["Cache-Control"] == "no-store")
        #expect(try server.get(target).status == 404)
        #expect(try server.get("/api/v1/models/demo/public").json?["latest"]?["version"] == "1.0.0")
    }

    @Test func `tells of a deprecated version why, and of no withdrawn one but by its number`() throws {
        let base = "/api/v1/models/demo/public/versions"
        let patch = #"{"state":"deprecated","reason":"새 버전을 쓰세요"}"#
        try #require(try server.send("PATCH", "\(base)/1.0.0", token: token, json: patch).status == 200)
        let fields = try server.get("\(base)/latest/artifacts/plain.bin").fields
        let since = try #require(try server.get("\(base)/1.0.0").json?["state_changed_at"]?.string)
        #expect(fields["Deprecation"] == Timestamp.parse(since).map { "@\($0)" })
        #expect(PercentEncoding.decode(fields["X-Model-State-Reason"] ?? "") == "새 버전을 쓰세요")
        let withdraw = try server.send("PATCH", "\(base)/1.0.0", token: token, json: #"{"state":"withdrawn"}"#)
        try #require(withdraw.status == 200, "\(withdraw.text)")
        #expect(try server.get("\(base)/latest").status == 404)
        #expect(try server.get("\(base)/1.0.0").json?["state"] == "withdrawn")
    }

    @Test func `sends pictures as such only when asked, and nothing else`() throws {
        let base = "/m/demo/public"
        #expect(try server.get("\(base)/p.png").fields["Content-Type"] == "application/octet-stream")
        #expect(try server.get("\(base)/p.png?inline=1").fields["Content-Type"] == "image/png")
        let plain = try server.get("\(base)/plain.bin?inline=1").fields
        #expect(plain["Content-Type"] == "application/octet-stream")
        #expect(plain["Content-Disposition"]?.hasPrefix("attachment") == true)
    }

    @Test func `counts whole downloads, not checks and later parts`() throws {
        let target = "/m/demo/public/plain.bin"
        let tag = try server.get(target).fields["ETag"] ?? ""
        _ = try server.get(target, fields: ["If-None-Match": tag])
        _ = try server.send("HEAD", target)
        _ = try server.get(target, fields: ["Range": "bytes=2-"])
        // Told when the connection is done, a moment after the client has read the end.
        var total: JSONValue?
        for _ in 0..<200 where total != 1 {
            server.writeCounts()
            total = try server.get("/api/v1/models/demo/public/stats").json?["total"]
        }
        #expect(total == 1)
    }

    @Test func `counts drafts too, but names none`() throws {
        let form = TestForm().field("version", "2.0.0").field("draft", "true").artifact("a", "a")
        try #require(try server.publish("demo/public", form, token: token).status == 201)
        let artifact = try server.get("/api/v1/models/demo/public/versions/2.0.0/artifacts/a", token: token)
        try #require(artifact.status == 200)
        var stats: JSONValue?
        for _ in 0..<200 where stats?["total"] != 1 {
            server.writeCounts()
            stats = try server.get("/api/v1/models/demo/public/stats").json
        }
        #expect(stats?["total"] == 1 && stats?["versions"] == .array([]))
    }
}
