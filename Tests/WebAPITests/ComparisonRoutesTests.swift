import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Comparing versions` {
    private static let base = "/api/v1/models/demo/a"
    private let server: TestServer
    private let token: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        token = try server.token(for: "author")
        let first = TestForm().field("version", "1.0.0").field("title", "모델").field("context", "top1:0.70@imagenet")
            .field("context", "env:night").file("readme", "README.md", Array("# 하나".utf8))
            .field("variant", "cpu").field("context", "latency_ms:35@rpi5").artifact("a.onnx", "one")
            .artifact("gone.txt", "g")
        let second = TestForm().field("version", "1.1.0").field("notes", "다시 학습").field("context", "top1:0.75@imagenet")
            .field("context", "env:day").file("readme", "README.md", Array("# 둘".utf8))
            .field("variant", "cpu").field("context", "latency_ms:20 ms@rpi5").artifact("a.onnx", "longer")
            .field("variant", "npu").artifact("b.onnx", "b")
        let draft = TestForm().field("version", "2.0.0").field("draft", "true").artifact("a.onnx", "three")
        for form in [first, second, draft] {
            let response = try server.publish("demo/a", form, token: token)
            try #require(response.status == 201, "\(response.text)")
        }
    }

    private func compare(_ a: String, _ b: String) throws -> JSONValue {
        let response = try server.get("\(Self.base)/compare?a=\(a)&b=\(b)")
        return try #require(response.json, "\(response.text)")
    }

    private func row(_ key: String, _ variant: JSONValue, of comparison: JSONValue) -> JSONValue? {
        comparison["context"]?.array?.first { $0["key"]?.string == key && $0["variant"] == variant }
    }

    @Test func `tells sizes, context, artifacts and README apart`() throws {
        let found = try compare("1.0.0", "latest")
        #expect(found["a"]?["version"] == "1.0.0" && found["b"]?["version"] == "1.1.0")
        #expect(found["b"]?["notes"] == "다시 학습" && found["readme"] == "changed")
        #expect(found["size_difference"] == 3)
        let accuracy = try #require(row("top1", .null, of: found))
        #expect(accuracy["change"] == "changed" && accuracy["place"] == "imagenet")
        #expect(accuracy["difference"] == .number(0.05))
        #expect(row("latency_ms", "cpu", of: found)?["difference"] == -15)
        let surroundings = try #require(row("env", .null, of: found))
        #expect(surroundings["change"] == "changed" && surroundings["difference"] == .null)
        #expect(row("format", "npu", of: found)?["change"] == "added")
        let changes = found["artifacts"]?.array?.map { "\($0["path"]?.string ?? "") \($0["change"]?.string ?? "")" }
        #expect(changes == ["a.onnx changed", "b.onnx added", "gone.txt removed"])
    }

    @Test func `finds no change between a version and itself`() throws {
        let found = try compare("1.0.0", "1.0.0")
        #expect(found["size_difference"] == 0 && found["readme"] == "same")
        for member in ["context", "artifacts"] {
            let rows = try #require(found[member]?.array)
            #expect(!rows.isEmpty && rows.allSatisfy { $0["change"] == "same" })
        }
        let back = try compare("1.1.0", "1.0.0")
        #expect(back["size_difference"] == -3)
    }

    @Test(arguments: [
        ("compare", 422, "validation-failed"), ("compare?a=1.0.0", 422, "validation-failed"),
        ("compare?a=1.0.0&b=", 400, "selector-invalid"), ("compare?a=1.0.0&b=9.9.9", 404, "version-unknown"),
        ("compare?a=1.0.0&b=2.0.0", 404, "version-unknown"), ("compare?a=x..y&b=1.0.0", 400, "selector-invalid"),
    ])
    func `is refused without two versions that the caller sees`(path: String, status: Int, problem: String) throws {
        let response = try server.get("\(Self.base)/\(path)")
        #expect(response.status == status && response.problem == problem, "\(response.text)")
    }

    @Test func `shows drafts to those who make them, and caches nothing of them`() throws {
        let target = "\(Self.base)/compare?a=1.1.0&b=2.0.0"
        let response = try server.get(target, token: token)
        #expect(response.json?["b"]?["state"] == "draft" && response.fields["Cache-Control"] == "no-store")
        let answer = try server.get("\(Self.base)/compare?a=1.0.0&b=1.1.0")
        let tag = try #require(answer.fields["ETag"])
        #expect(try server.get("\(Self.base)/compare?a=1.0.0&b=1.1.0", fields: ["If-None-Match": tag]).status == 304)
    }

    @Test func `one request brings a model, a version and its README`() throws {
        let target = "\(Self.base)?include=version,readme"
        let answer = try server.get(target)
        #expect(answer.json?["version"]?["version"] == "1.1.0" && answer.json?["version_count"] == 2)
        #expect(answer.json?["readme"]?["kind"] == "document")
        let tag = try #require(answer.fields["ETag"])
        #expect(try server.get(target, fields: ["If-None-Match": tag]).status == 304)
        let older = try server.get("\(target)&v=1.0.0")
        #expect(older.json?["version"]?["version"] == "1.0.0" && older.fields["ETag"] != tag)
        let draft = try server.get("\(Self.base)?include=version&v=2.0.0", token: token)
        #expect(draft.json?["version"]?["state"] == "draft" && draft.fields["Cache-Control"] == "no-store")
        #expect(draft.json?["readme"] == nil && draft.json?["version_count"] == 3)
        #expect(try server.get(Self.base).json?["version"] == nil)
        let patched = try server.send(
            "PATCH", Self.base, token: token, fields: ["If-Match": tag], json: #"{"summary":"새 설명"}"#)
        #expect(patched.status == 200, "\(patched.text)")
        #expect(try server.get(target, fields: ["If-None-Match": tag]).status == 200)
    }

    @Test(arguments: [
        ("include=files", 422, "validation-failed"), ("include=version&v=9.9.9", 404, "version-unknown"),
        ("v=1.0.0", 422, "validation-failed"), ("include=version&v=2.0.0", 404, "version-unknown"),
        ("include=version&v=x..y", 400, "selector-invalid"),
    ])
    func `what cannot go along is refused`(query: String, status: Int, problem: String) throws {
        let response = try server.get("\(Self.base)?\(query)")
        #expect(response.status == status && response.problem == problem, "\(response.text)")
    }

    @Test func `a model without versions says so`() throws {
        _ = try server.send("POST", "/api/v1/models", token: token, json: #"{"name":"demo/empty","title":"빈"}"#)
        let answer = try server.get("/api/v1/models/demo/empty?include=version,readme")
        #expect(answer.json?["version"] == .null && answer.json?["readme"] == .null)
        #expect(answer.json?["version_count"] == 0)
    }

    @Test func `pages of versions name the one before`() throws {
        let page = try server.get("\(Self.base)/versions?limit=1")
        #expect(page.json?["before"]?["version"] == "1.0.0")
        #expect(try server.get("\(Self.base)/versions").json?["before"] == .null)
    }

    @Test func `numbers have a name with their unit and place`() throws {
        let context = try server.get("\(Self.base)/versions/1.1.0").json?["context"]?.array
        let label = context?.first { $0["key"] == "top1" }?["label"]
        #expect(label?["ko"] == "Top-1 정확도 0.75 · 이미지넷" && label?["en"] == "Top-1 accuracy 0.75 · ImageNet")
    }
}
