import Cryptography
import Encoding
import Foundation
import HTTPServer
import JSON
import Registry
import Services
import TestSupport
import Testing
import WebAPI

@Suite struct `Publishing from uploads` {
    private let server: TestServer
    private let tus: TusClient

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        tus = TusClient(server: server, token: try server.token(for: "author"))
    }

    private func publish(_ json: String, to model: String = "demo/a") throws -> TestResponse {
        try server.send("POST", "/api/v1/models/\(model)/versions", token: tus.token, json: json)
    }

    private func files(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: server.directory.path + "/data/\(folder)")
    }

    private static func digest(_ text: String) -> String { Hex.encode(SHA256.digest(of: text)) }

    @Test func `gives a version with all that a form can say`() throws {
        let (model, labels, none) = (try tus.upload("weights"), try tus.upload("labels"), try tus.upload(""))
        let response = try publish(
            """
            {"version":"1.2.0","title":"A model","summary":"s","service_type":"voice","visibility":"private",
             "license":"mit","notes":"n","readme":"# Hello","context":["task:object-detection"],"alias":["stable"],
             "variants":[{"name":"int8","context":["target:rpi5"]}],
             "artifacts":[{"path":"m.tflite","variant":"int8","upload":"\(model)","sha256":"\(Self.digest("weights"))"},
                          {"path":"labels.txt","upload":"\(labels)","sha256":"sha256:\(Self.digest("labels"))"},
                          {"path":"empty","upload":"\(none)"}]}
            """)
        #expect(response.status == 201, "\(response.text)")
        let variants = try #require(response.json?["variants"]?.array)
        #expect(Set(variants.compactMap { $0["name"]?.string }) == ["int8", "default"])
        let base = "/api/v1/models/demo/a/versions/stable"
        #expect(try server.get("\(base)/artifacts/m.tflite", token: tus.token).text == "weights")
        #expect(try server.get("\(base)/artifacts/labels.txt", token: tus.token).text == "labels")
        #expect(try server.get("\(base)/artifacts/empty", token: tus.token).status == 200)
        #expect(try server.get("\(base)/readme", token: tus.token).text == "# Hello")
        #expect(try server.get("/api/v1/models/demo/a", token: tus.token).json?["title"]?.string == "A model")
        // The uploads have ended, and their files with them.
        for id in [model, labels, none] { #expect(try tus.send("HEAD", "/api/v1/uploads/\(id)").status == 404) }
        #expect(try server.get("/api/v1/uploads", token: tus.token).json?["total"] == 0)
        #expect(try files("uploads").isEmpty && files("incoming").isEmpty)
        let check = try server.get("/api/v1/storage/check", token: try server.token(for: "admin"))
        #expect(check.text.contains(#""clean":true"#) && !check.text.contains("finding"), "\(check.text)")
    }

    @Test func `adds to what an older version had`() throws {
        _ = try server.publish("demo/a", TestForm().artifact("a", "1").artifact("b", "2"), token: tus.token)
        let upload = try tus.upload("3")
        let response = try publish(
            #"{"from":"1.0.0","remove":["a"],"artifacts":[{"path":"c","upload":"\#(upload)"}]}"#)
        #expect(response.status == 201, "\(response.text)")
        for (path, text) in [("b", "2"), ("c", "3")] {
            #expect(try server.get("/m/demo/a@1.0.1/\(path)").text == text)
        }
        #expect(try server.get("/m/demo/a@1.0.1/a").status == 404)
    }

    @Test func `refuses a second publication from the same upload`() throws {
        let upload = try tus.upload("bytes")
        let json = #"{"version":"1.0.0","artifacts":[{"path":"a","upload":"\#(upload)"}]}"#
        #expect(try publish(json).status == 201)
        let again = try publish(json, to: "demo/b")
        #expect(again.status == 422 && again.problem == "validation-failed", "\(again.text)")
        #expect(again.json?["errors"]?.array?.first?["field"]?.string == "artifacts[0].upload")
        #expect(try server.get("/api/v1/models/demo/b").status == 404)
    }

    @Test func `keeps the upload when nothing is published`() throws {
        let upload = try tus.upload("bytes")
        let artifact = #"{"path":"a","upload":"\#(upload)"}"#
        let wrong = #"{"path":"a","upload":"\#(upload)","sha256":"\#(Self.digest("other"))"}"#
        let mismatch = try publish(#"{"version":"1.0.0","artifacts":[\#(wrong)]}"#)
        #expect(mismatch.status == 422 && mismatch.problem == "digest-mismatch", "\(mismatch.text)")
        let rule = try publish(#"{"version":"1.0.0","notes":"\u0000","artifacts":[\#(artifact)]}"#)
        #expect(rule.status == 422, "\(rule.text)")
        _ = try server.publish("demo/a", TestForm().field("version", "1.0.0").artifact("a", "x"), token: tus.token)
        let taken = try publish(#"{"version":"1.0.0","artifacts":[\#(artifact)]}"#)
        #expect(taken.problem == "version-exists", "\(taken.text)")
        #expect(try tus.offset("/api/v1/uploads/\(upload)") == 5)
        let published = try publish(#"{"version":"1.1.0","artifacts":[\#(artifact)]}"#)
        #expect(published.status == 201, "\(published.text)")
        #expect(try server.get("/m/demo/a@1.1.0/a").text == "bytes")
        #expect(try files("uploads").isEmpty && files("incoming").isEmpty)
    }

    @Test func `takes the same version again, and the upload with it`() throws {
        for _ in 0..<2 {
            let upload = try tus.upload("bytes")
            let response = try publish(#"{"version":"1.0.0","artifacts":[{"path":"a","upload":"\#(upload)"}]}"#)
            #expect([200, 201].contains(response.status), "\(response.text)")
            #expect(try tus.send("HEAD", "/api/v1/uploads/\(upload)").status == 404)
        }
        #expect(try files("uploads").isEmpty)
    }

    @Test func `answers a repeat as the first time, though the upload is gone`() throws {
        let upload = try tus.upload("bytes")
        let json = """
            {"version":"1.0.0","artifacts":[{"path":"a","upload":"\(upload)","sha256":"\(Self.digest("bytes"))"}]}
            """
        #expect(try publish(json).status == 201)
        let again = try publish(json)
        #expect(again.status == 200 && again.json?["version"] == "1.0.0", "\(again.text)")
        // Only for the very artifact of the very version: a digest opens nothing.
        for other in [("1.0.0", "1.0.1"), (#""a""#, #""b""#)] {
            #expect(try publish(json.replacing(other.0, with: other.1)).status == 422)
        }
        #expect(try publish(json, to: "demo/b").status == 422)
        let form = TestForm().field("version", "1.0.0").field("sha256", Self.digest("bytes"))
            .file("upload", "a", Array(upload.utf8))
        #expect(try server.publish("demo/a", form, token: tus.token).status == 200)
    }

    @Test func `goes by a form too, beside other files`() throws {
        let upload = try tus.upload("bytes")
        let form = TestForm().field("version", "1.0.0").artifact("small", "s").field("variant", "x")
            .field("sha256", Self.digest("bytes")).file("upload", "big.onnx", Array(upload.utf8))
        let response = try server.publish("demo/a", form, token: tus.token)
        #expect(response.status == 201, "\(response.text)")
        #expect(try server.get("/m/demo/a/big.onnx?variant=x").text == "bytes")
        #expect(try server.get("/m/demo/a/small").text == "s")
        for id in [upload, "none", String(repeating: "a", count: 100)] {
            let refused = try server.publish("demo/b", TestForm().file("upload", "a", Array(id.utf8)), token: tus.token)
            #expect(refused.status == 422 && refused.json?["errors"]?.array?.first?["field"] == "upload")
        }
    }

    @Test func `takes one upload for several artifacts`() throws {
        let upload = try tus.upload("same")
        let response = try publish(
            #"{"artifacts":[{"path":"a","upload":"\#(upload)"},{"path":"b","variant":"x","upload":"\#(upload)"}]}"#)
        #expect(response.status == 201, "\(response.text)")
        #expect(try server.get("/m/demo/a/b?variant=x").text == "same")
    }

    @Test(arguments: [
        (#"{}"#, "artifacts"), (#"{"artifacts":[]}"#, "artifacts"), (#"{"artifacts":[{}]}"#, "artifacts[0].path"),
        (#"{"artifacts":[{"path":"../a","upload":"UPLOAD"}]}"#, "artifacts[0].path"),
        (#"{"artifacts":[{"path":"a","upload":"none"}]}"#, "artifacts[0].upload"),
        (#"{"artifacts":[{"path":"a","upload":"OTHERS"}]}"#, "artifacts[0].upload"),
        (#"{"artifacts":[{"path":"b","upload":"UPLOAD"},{"path":"a","upload":"PART"}]}"#, "artifacts[1].upload"),
        (#"{"artifacts":[{"path":"a","upload":"UPLOAD","sha256":"x"}]}"#, "artifacts[0].sha256"),
        (#"{"artifacts":[{"path":"a","upload":"UPLOAD","size":1}]}"#, "artifacts[0].size"),
        (#"{"artifacts":[{"path":"a","upload":"UPLOAD"},{"path":"a","upload":"UPLOAD"}]}"#, "artifact"),
        (#"{"artifacts":[{"path":"a","upload":"UPLOAD"}],"variants":[{"name":"x"}]}"#, "variants"),
        (#"{"artifacts":[{"path":"a","upload":"UPLOAD"}],"visibility":"x"}"#, "visibility"),
    ])
    func `refuses what breaks a rule`(json: String, field: String) throws {
        try server.addUser("other", .developer)
        let stranger = TusClient(server: server, token: try server.token(for: "other"))
        let part = try tus.create(10)
        _ = try tus.append(part, "abc", at: 0)
        let names = [
            "UPLOAD": try tus.upload("bytes"), "OTHERS": try stranger.upload("theirs"),
            "PART": String(part.split(separator: "/").last ?? ""),
        ]
        let response = try publish(names.reduce(json) { $0.replacing($1.key, with: $1.value) })
        #expect(response.status == 422 && response.problem == "validation-failed", "\(response.text)")
        #expect(response.json?["errors"]?.array?.first?["field"]?.string == field, "\(response.text)")
        #expect(try server.get("/api/v1/models/demo/a").status == 404)
        #expect(try server.get("/api/v1/uploads", token: tus.token).json?["total"] == 2)
    }
}
