import Cryptography
import Encoding
import Foundation
import JSON
import Registry
import RegistryClient
import Testing

@Suite struct `A publication` {
    private let folder = NSTemporaryDirectory() + "moru-publication-\(UUID().uuidString)"

    private func file(_ name: String, _ text: String) throws -> Publication.LocalFile {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let location = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: location))
        let digest = try Digest("sha256:" + Hex.encode(SHA256.digest(of: text)))
        return Publication.LocalFile(location: location, size: Int64(text.utf8.count), digest: digest)
    }

    private func publication(_ context: String = "task:x", _ text: String = "one", variant: String = "onnx") throws
        -> Publication
    {
        var publication = Publication(model: try ModelName("demo/a"))
        publication.description = [("title", "제목")]
        publication.version = try VersionNumber("1.0.0")
        publication.context = [try ContextTag(context)]
        publication.readme = try file("README.md", "# A")
        publication.variants = [
            Publication.LocalVariant(
                name: try VariantName(variant), context: [try ContextTag("os:linux")],
                artifacts: [(try ArtifactPath("m/라벨 \".onnx"), try file("a", text))])
        ]
        return publication
    }

    /// The manifest that a server would make of ``publication(_:_:variant:)``.
    private func manifest() throws -> RemoteManifest {
        let one = "sha256:" + Hex.encode(SHA256.digest(of: "one"))
        let readme = "sha256:" + Hex.encode(SHA256.digest(of: "# A"))
        let json: JSONValue = [
            "model": "demo/a", "version": "1.0.0", "readme": .string(readme),
            "artifacts": [["path": "m/라벨 \".onnx", "size": 3, "digest": .string(one)]],
            "variants": [["name": "onnx", "paths": ["m/라벨 \".onnx"], "context": ["os:linux"]]],
            "context": [["key": "task", "value": "x"]],
        ]
        let bytes = json.canonicalBytes
        return try RemoteManifest(bytes, digest: Digest("sha256:" + Hex.encode(SHA256.digest(of: bytes))))
    }

    @Test func `has the content of a version with the same files, variants, context and README`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let manifest = try manifest()
        #expect(try publication().hasContent(of: manifest))
        #expect(try !publication("task:y").hasContent(of: manifest))
        #expect(try !publication("task:x", "two").hasContent(of: manifest))
        #expect(try !publication("task:x", "one", variant: "tflite").hasContent(of: manifest))
        var other = try publication()
        other.readme = nil
        #expect(!other.hasContent(of: manifest))
    }

    @Test func `sends each variant before its artifacts, and each digest before its file`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let version = #"{"model":"demo/a","version":"1.0.0","manifest_digest":"\#(try manifest().digest)"}"#
        let server = try ScriptedServer { _, _ in answer(201, text: version) }
        defer { server.stop() }
        let client = RegistryClient(server: try ServerURL(server.url), retries: quick)
        #expect(try client.publish(publication()).isNew)
        let body = String(decoding: server.requests.first?.body ?? [], as: UTF8.self)
        let names = body.components(separatedBy: "name=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        let fields = names.enumerated().filter { $0.offset == 0 || !"README.md m/라벨 %22.onnx".contains($0.element) }
        #expect(
            fields.map { String($0.element) }
                == ["title", "version", "context", "readme", "variant", "context", "sha256", "artifact"])
        #expect(body.contains("filename=\"m/라벨 %22.onnx\""))
    }

    @Test(arguments: [[], answer(503)])
    func `is sent again after a lost connection or a 503 only when its number is given`(reply: [UInt8]) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (number, expected) in [("1.0.0", quick.attempts), (nil, 1)] {
            let server = try ScriptedServer { _, _ in reply }
            defer { server.stop() }
            let client = RegistryClient(server: try ServerURL(server.url), retries: quick)
            var publication = try publication()
            publication.version = try number.map { try VersionNumber($0) }
            #expect(throws: ClientError.self) { try client.publish(publication) }
            #expect(server.requests.count == expected)
        }
    }

    @Test func `is not compared with a manifest that is not the one asked for`() throws {
        let digest = try Digest("sha256:" + String(repeating: "0", count: 64))
        #expect(throws: ClientError.self) { try RemoteManifest(Array("{}".utf8), digest: digest) }
    }

    @Test(arguments: ["../x", "/x", "a/../b", "a\\b", ".git/config", "con"])
    func `is refused by the reader when its names are not safe to create`(path: String) throws {
        let digest = "sha256:" + String(repeating: "0", count: 64)
        let json: JSONValue = [
            "model": "demo/a", "version": "1.0.0", "readme": nil, "context": [], "variants": [],
            "artifacts": [["path": .string(path), "size": 3, "digest": .string(digest)]],
        ]
        let bytes = json.canonicalBytes
        let named = try Digest("sha256:" + Hex.encode(SHA256.digest(of: bytes)))
        #expect(throws: ClientError.self) { try RemoteManifest(bytes, digest: named) }
    }
}
