import Cryptography
import Encoding
import Foundation
import Registry
import RegistryClient
import Testing

@Suite struct `A download` {
    private static let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 251) }
    private let folder = NSTemporaryDirectory() + "moru-download-\(UUID().uuidString)"
    private var destination: String { folder + "/blob" }

    private func digest(_ bytes: [UInt8]) throws -> Digest {
        try Digest("sha256:" + Hex.encode(SHA256.digest(of: bytes)))
    }

    @discardableResult
    private func run(_ server: ScriptedServer, path: String = "a.bin") throws -> Int64 {
        defer { server.stop() }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let client = RegistryClient(server: try ServerURL(server.url), token: "mr_secret", retries: quick)
        return try client.download(
            ArtifactPath(path), of: ModelName("demo/a"), VersionNumber("1.0.0"), digest: digest(Self.bytes),
            size: Int64(Self.bytes.count), to: destination
        ).run(with: client)
    }

    /// What an interrupted run left.
    private func leave(_ part: [UInt8], tag: String?) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(part).write(to: URL(fileURLWithPath: destination + ".part"))
        guard let tag else { return }
        try Data(tag.utf8).write(to: URL(fileURLWithPath: destination + ".part.etag"))
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private var content: [UInt8]? { FileManager.default.contents(atPath: destination).map { Array($0) } }

    /// A server that keeps to `Range` and `If-Range`, and sends at most `limit` bytes of each answer.
    private static func server(tag: String = "\"one\"", limit: Int? = nil) throws -> ScriptedServer {
        try ScriptedServer { request, _ in
            guard let range = request["Range"], request["If-Range"] == tag,
                let start = Int(range.dropFirst("bytes=".count).dropLast())
            else { return answer(200, "ETag: \(tag)", body: bytes, sent: limit) }
            return answer(
                206, "ETag: \(tag)", "Content-Range: bytes \(start)-\(bytes.count - 1)/\(bytes.count)",
                body: Array(bytes[start...]), sent: limit)
        }
    }

    private func clean() { try? FileManager.default.removeItem(atPath: folder) }

    @Test func `brings every byte`() throws {
        defer { clean() }
        let server = try Self.server()
        #expect(try run(server, path: "모델/a b%2F?.bin") == 100_000)
        #expect(content == Self.bytes)
        #expect(files == ["blob"])
        #expect(
            server.requests.first?.target
                == "/api/v1/models/demo/a/versions/1.0.0/artifacts/%EB%AA%A8%EB%8D%B8/a%20b%252F%3F.bin")
    }

    @Test func `may come from elsewhere, where the token does not go`() throws {
        defer { clean() }
        let other = try Self.server()
        defer { other.stop() }
        let server = try ScriptedServer { [url = other.url] _, _ in answer(302, "Location: \(url)/elsewhere") }
        try run(server)
        #expect(content == Self.bytes)
        #expect(server.requests.first?["Authorization"] == "Bearer mr_secret")
        #expect(other.requests.first?.target == "/elsewhere")
        #expect(other.requests.first?["Authorization"] == nil)
    }

    @Test func `goes on where the connection was lost, as often as there is something new`() throws {
        defer { clean() }
        let server = try Self.server(limit: 15_000)
        #expect(try run(server) == 100_000)
        #expect(content == Self.bytes)
        #expect(server.requests.count == 7)
        #expect(server.requests.last?["Range"] == "bytes=90000-")
        #expect(server.requests.last?["If-Range"] == "\"one\"")
    }

    @Test func `goes on where an earlier run stopped`() throws {
        defer { clean() }
        try leave(Array(Self.bytes.prefix(60_000)), tag: "\"one\"")
        let server = try Self.server()
        #expect(try run(server) == 40_000)
        #expect(content == Self.bytes)
        #expect(files == ["blob"])
    }

    @Test func `asks for nothing when the earlier run had all`() throws {
        defer { clean() }
        try leave(Self.bytes, tag: "\"one\"")
        let server = try Self.server()
        #expect(try run(server) == 0)
        #expect(content == Self.bytes)
        #expect(server.requests.isEmpty)
    }

    @Test func `begins anew when the artifact changed on the server`() throws {
        defer { clean() }
        try leave([UInt8](repeating: 7, count: 60_000), tag: "\"zero\"")
        let server = try Self.server()
        #expect(try run(server) == 100_000)
        #expect(content == Self.bytes)
        #expect(server.requests.first?["If-Range"] == "\"zero\"")
    }

    @Test(arguments: [(60_000, nil), (60_000, "W/\"weak\""), (100_001, "\"one\"")] as [(Int, String?)])
    func `begins anew when what is there cannot be trusted`(count: Int, tag: String?) throws {
        defer { clean() }
        try leave([UInt8](repeating: 7, count: count), tag: tag)
        let server = try Self.server()
        try run(server)
        #expect(content == Self.bytes)
        #expect(server.requests.map { $0["Range"] } == [nil])
    }

    @Test func `gets one fresh start when the earlier half was damaged`() throws {
        defer { clean() }
        try leave([UInt8](repeating: 7, count: 60_000), tag: "\"one\"")
        let server = try Self.server()
        #expect(try run(server) == 40_000 + 100_000)
        #expect(content == Self.bytes)
        #expect(server.requests.count == 2)
    }

    @Test func `leaves nothing of bytes that are not those of the digest`() throws {
        defer { clean() }
        let server = try ScriptedServer { _, _ in
            var wrong = Self.bytes
            wrong[5] ^= 1
            return answer(200, "ETag: \"one\"", body: wrong)
        }
        let error = #expect(throws: ClientError.self) { try run(server) }
        guard case .digestMismatch = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(files.isEmpty)
    }

    @Test func `refuses more bytes than there should be`() throws {
        defer { clean() }
        let server = try ScriptedServer { _, _ in answer(200, "ETag: \"one\"", body: Self.bytes + [0]) }
        #expect(throws: ClientError.self) { try run(server) }
        #expect(content == nil)
    }

    @Test func `begins anew when the server cannot satisfy the range`() throws {
        defer { clean() }
        try leave(Array(Self.bytes.prefix(60_000)), tag: "\"one\"")
        let server = try ScriptedServer { request, _ in
            request["Range"] == nil ? answer(200, "ETag: \"one\"", body: Self.bytes) : answer(416)
        }
        try run(server)
        #expect(content == Self.bytes)
    }

    @Test func `ends when a server keeps breaking off`() throws {
        defer { clean() }
        let server = try ScriptedServer { _, _ in answer(200, "ETag: \"one\"", body: Self.bytes, sent: 0) }
        #expect(throws: ClientError.self) { try run(server) }
        #expect(server.requests.count == quick.attempts)
    }

    @Test func `ends when a server ignores ranges and never sends all`() throws {
        defer { clean() }
        let server = try ScriptedServer { _, _ in answer(200, "ETag: \"one\"", body: Self.bytes, sent: 50_000) }
        #expect(throws: ClientError.self) { try run(server) }
        #expect(server.requests.count <= 2 * quick.attempts)
    }
}
