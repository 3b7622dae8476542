import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Publishing over HTTP` {
    private let server: TestServer
    private let token: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        token = try server.token(for: "author")
    }

    @Test func `makes the model, its variants and their context in one request`() throws {
        let form = TestForm().field("title", "Pitch").field("service_type", "voice").field("context", "task:pitch")
            .field("variant", "onnx-fp32").field("context", "precision:fp32").artifact("nmp.onnx", "onnx")
            .field("variant", "coreml").artifact("nmp.mlpackage/Manifest.json", "{}")
            .artifact("nmp.mlpackage/데이터/weights.bin", "w").file("readme", "README.md", Array("# Pitch".utf8))
        let response = try server.publish("demo/pitch", form, token: token)
        #expect(response.status == 201, "\(response.text)")
        #expect(response.fields["Location"] == "/api/v1/models/demo/pitch/versions/1.0.0")
        let variants = response.json?["variants"]?.array ?? []
        #expect(variants.compactMap { $0["name"]?.string } == ["onnx-fp32", "coreml"])
        #expect(variants.first?["context"]?.array?.contains { $0["value"] == "fp32" } == true)
        #expect(variants.last?["artifacts"]?.array?.count == 2)
        #expect(response.json?["context"]?.array?.first?["key"] == "task")
        let weights = try server.get("/m/demo/pitch/nmp.mlpackage/%EB%8D%B0%EC%9D%B4%ED%84%B0/weights.bin")
        #expect(weights.text == "w")
    }

    @Test func `sent again answers 200, with other bytes 409`() throws {
        let form = TestForm().field("version", "1.0.0")
        let first = try server.publish("demo/a", form.artifact("a", "1"), token: token)
        let again = try server.publish("demo/a", form.artifact("a", "1"), token: token)
        let other = try server.publish("demo/a", form.artifact("a", "2"), token: token)
        #expect([first.status, again.status, other.status] == [201, 200, 409])
        #expect(other.problem == "version-exists")
        #expect(first.json?["manifest_digest"] == again.json?["manifest_digest"])
    }

    @Test func `from an old version sends nothing again`() throws {
        let form = TestForm().field("version", "1.0.0").artifact("a", "1").artifact("b", "2")
        _ = try server.publish("demo/a", form, token: token)
        let json = #"{"from":"1.0.0","remove":["a"],"notes":"less"}"#
        let response = try server.send("POST", "/api/v1/models/demo/a/versions", token: token, json: json)
        #expect(response.status == 201, "\(response.text)")
        #expect(response.json?["version"] == "1.0.1")
        #expect(try server.get("/m/demo/a/b").text == "2")
        #expect(try server.get("/m/demo/a/a").status == 404)
    }

    @Test(arguments: [
        (TestForm().field("version", "1.0"), 422, "validation-failed"),
        (TestForm().field("version", "1.0.0"), 422, "validation-failed"),
        (TestForm().field("version", "1.0.0").field("version", "1.0.1").artifact("a", "a"), 422, "validation-failed"),
        (TestForm().field("vresion", "1.0.0").artifact("a", "a"), 422, "validation-failed"),
        (TestForm().field("artifact", "no filename"), 422, "validation-failed"),
        (TestForm().artifact("../a", "a"), 422, "validation-failed"),
        (TestForm().artifact("a/../../b", "a"), 422, "validation-failed"),
        (TestForm().artifact("C:/a", "a"), 422, "validation-failed"),
        (TestForm().artifact("model.sig", "a"), 422, "validation-failed"),
        (TestForm().artifact("a", "a").artifact("A", "a"), 422, "validation-failed"),
        (TestForm().field("variant", "No!").artifact("a", "a"), 422, "validation-failed"),
        (TestForm().field("variant", "empty"), 422, "validation-failed"),
        (TestForm().field("sha256", String(repeating: "0", count: 64)).artifact("a", "a"), 422, "digest-mismatch"),
        (TestForm().field("sha256", "abc").artifact("a", "a"), 422, "validation-failed"),
        (
            TestForm().artifact("a", "a").field("sha256", String(repeating: "0", count: 64)), 422,
            "validation-failed"
        ),
        (TestForm().field("draft", "perhaps").artifact("a", "a"), 422, "validation-failed"),
        (TestForm().field("service_type", "none").artifact("a", "a"), 422, "validation-failed"),
        (TestForm().field("from", "1.0.0"), 404, "version-unknown"),
        (TestForm().file("archive", "a.zip", Array("no archive".utf8)), 422, "archive-invalid"),
        (
            TestForm().file("readme", "README.md", [UInt8](repeating: 0x61, count: (1 << 20) + 1)), 422,
            "validation-failed"
        ),
    ])
    func `refuses what breaks a rule and stores nothing`(form: TestForm, status: Int, code: String) throws {
        let response = try server.publish("demo/refused", form, token: token)
        #expect(response.status == status && response.problem == code, "\(response.text)")
        #expect(try server.get("/api/v1/models/demo/refused").status == 404)
        #expect(server.directory.fileCount(in: "data/incoming") == 0)
    }

    @Test func `refuses before the body is read`() throws {
        let head = "POST /api/v1/models/demo/x/versions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n"
        let type = "Content-Type: \(TestForm.contentType)\r\nExpect: 100-continue\r\n\r\n"
        let answer = try String(decoding: server.client.exchange(Array((head + type).utf8)), as: UTF8.self)
        #expect(answer.hasPrefix("HTTP/1.1 401 "))
        #expect(!answer.contains("100 Continue"))
    }

    @Test func `keeps nothing of a form that breaks off`() throws {
        let body = TestForm().field("version", "1.0.0").artifact("a", "a").body.dropLast(30)
        let response = try server.client.send(
            "POST", "/api/v1/models/demo/cut/versions",
            fields: ["Authorization": "Bearer \(token)", "Content-Type": TestForm.contentType], body: Array(body))
        #expect(response.status == 400, "\(response.text)")
        #expect(try server.get("/api/v1/models/demo/cut").status == 404)
        #expect(server.directory.fileCount(in: "data/incoming") == 0)
    }
}
