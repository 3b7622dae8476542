import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

/// Bad input of every kind: the right status and code, and nothing changed.
@Suite struct `A refusal` {
    static let shared = Result {
        let server = try TestServer()
        try server.addUser("author", .developer)
        let token = try server.token(for: "author")
        let form = TestForm().field("version", "1.0.0").field("variant", "a").artifact("a.onnx", "a")
        _ = try server.publish("demo/model", form, token: token)
        return (server, token)
    }

    @Test(arguments: [
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/models/demo/none", 404, "model-unknown"),
        ("/api/v1/models/Demo/model", 404, "model-unknown"),
        ("/api/v1/models/demo/model/versions/9.9.9", 404, "version-unknown"),
        ("/api/v1/models/demo/model/versions/stable", 404, "version-unknown"),
        ("/api/v1/models/demo/model/versions/1..2", 400, "selector-invalid"),
        ("/api/v1/models/demo/model/versions/sha256:abc", 400, "selector-invalid"),
        ("/api/v1/models/demo/model/versions/1.0.0/artifacts/none", 404, "artifact-unknown"),
        ("/api/v1/models/demo/model/versions/1.0.0/artifacts/a.onnx?variant=b", 404, "variant-unknown"),
        ("/api/v1/models/demo/model/versions/1.0.0/artifacts/a.onnx?variant=B!", 422, "validation-failed"),
        ("/api/v1/models/demo/model/versions/1.0.0/artifacts/a%2Fb", 400, "bad-request"),
        ("/api/v1/models/demo/model/versions/1.0.0/archive.zip?variant=b", 404, "variant-unknown"),
        ("/api/v1/models/demo/model/versions/1.0.0/readme", 404, "readme-unknown"),
        ("/api/v1/models/demo/model/versions/1.0.0/readme?format=pdf", 422, "validation-failed"),
        ("/api/v1/models?limit=0", 422, "validation-failed"),
        ("/api/v1/models?limit=101", 422, "validation-failed"),
        ("/api/v1/models?limit=-1", 422, "validation-failed"),
        ("/api/v1/models?limit=99999999999999999999", 422, "validation-failed"),
        ("/api/v1/models?cursor=nonsense", 422, "validation-failed"),
        ("/api/v1/models?sort=random", 422, "validation-failed"),
        ("/api/v1/models?group=model", 422, "validation-failed"),
        ("/api/v1/models?facets=A,B", 422, "validation-failed"),
        ("/api/v1/models?tag=", 422, "validation-failed"),
        ("/api/v1/models?q=%ff", 400, "bad-request"),
        ("/api/v1/models?access_token=mr_x", 400, "bad-request"),
        ("/api/v1/models/demo/model?token=mr_x", 400, "bad-request"),
        ("/m/demo/model/a.onnx?api_key=x", 400, "bad-request"),
        ("/api/v1/suggest", 422, "validation-failed"),
        ("/api/v1/context/none", 404, "context-key-unknown"),
        ("/api/v1/users", 401, "unauthenticated"),
        ("/api/v1/tokens", 401, "unauthenticated"),
        ("/m/demo/model@1..2/a.onnx", 400, "selector-invalid"),
        ("/m/demo/model@2.0.0/a.onnx", 404, "version-unknown"),
    ])
    func `of reading is a problem`(target: String, status: Int, code: String) throws {
        let (server, _) = try Self.shared.get()
        let response = try server.get(target)
        #expect(response.status == status && response.problem == code, "\(target): \(response.text)")
        #expect(response.fields["Cache-Control"] == "no-store")
        #expect(response.json?["instance"]?.string == response.fields["X-Request-Id"])
    }

    @Test(arguments: [
        ("", 400, "form-invalid"),
        ("{", 400, "form-invalid"),
        (#"{"name":"demo/a","name":"demo/b","title":"t"}"#, 400, "form-invalid"),
        (#"{"name":"demo/a","title":"\#("\\ud800")"}"#, 400, "form-invalid"),
        (String(repeating: "[", count: 100), 400, "form-invalid"),
        ("[]", 422, "validation-failed"),
        (#"{"name":"demo/a"}"#, 422, "validation-failed"),
        (#"{"name":"demo","title":"t"}"#, 422, "validation-failed"),
        (#"{"name":"Demo/A","title":"t"}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":""}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":7}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":"t","owner":"me"}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":"t","created_by":"root"}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":"t","visibility":"secret"}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":"t","service_type":"none"}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":"t","context":["task:"]}"#, 422, "validation-failed"),
        (#"{"name":"demo/a","title":"t","context":"task:x"}"#, 422, "validation-failed"),
        (#"{"name":"demo/model","title":"t"}"#, 409, "model-exists"),
    ])
    func `of a new model changes nothing`(body: String, status: Int, code: String) throws {
        let (server, token) = try Self.shared.get()
        let response = try server.send("POST", "/api/v1/models", token: token, json: body)
        #expect(response.status == status && response.problem == code, "\(body): \(response.text)")
        #expect(try server.get("/api/v1/models/demo/a").status == 404)
    }

    @Test func `names every field, in the language that was asked for`() throws {
        let (server, token) = try Self.shared.get()
        let body = Array(#"{"name":"X","title":"","extra":1}"#.utf8)
        let response = try server.client.send(
            "POST", "/api/v1/models",
            fields: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/json",
                "Accept-Language": "fr, ko;q=0.8",
            ], body: body)
        let fields = response.json?["errors"]?.array?.compactMap { $0["field"]?.string }
        #expect(fields == ["name", "extra"] || fields == ["name", "title", "extra"])
        #expect(response.json?["title"] == "입력값이 규칙에 맞지 않습니다")
        #expect(response.fields["Content-Language"] == "ko")
    }

    @Test(arguments: [
        ("text/plain", 415, "unsupported-media-type"),
        ("multipart/form-data", 400, "bad-request"),
    ])
    func `of another media type`(type: String, status: Int, code: String) throws {
        let (server, token) = try Self.shared.get()
        let fields: Fields = ["Authorization": "Bearer \(token)", "Content-Type": type]
        let target = "/api/v1/models/demo/model/versions"
        let response = try server.client.send("POST", target, fields: fields, body: Array("x".utf8))
        #expect(response.status == status && response.problem == code, "\(response.text)")
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func `of a method tells the allowed ones`(method: String) throws {
        let (server, _) = try Self.shared.get()
        let response = try server.client.send(method, "/healthz", body: [])
        #expect(response.status == 405 && response.problem == "method-not-allowed")
        #expect(response.fields["Allow"]?.contains("GET") == true)
    }
}
