import Foundation
import JSON
import Registry
import RegistryClient
import Testing

@Suite struct `moru gc` {
    private let server: LiveServer
    private let moru: Moru
    private static let digest = "sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"

    /// A model whose only file is one byte, deleted again; another one stays.
    init() throws {
        server = try LiveServer()
        moru = server.moru()
        let gone = try server.files("gone", ["a.onnx": [1]])
        let kept = try server.files("kept", ["a.onnx": [2, 2]])
        #expect(try moru.run("push", gone, "demo/gone@1.0.0", "--draft").status == 0)
        #expect(try moru.run("push", kept, "demo/kept@1.0.0").status == 0)
        #expect(try moru.run("version", "delete", "demo/gone@1.0.0").status == 0)
    }

    private var data: String { server.folder.path + "/data" }

    private func gc(_ line: String) throws -> Moru.Result {
        try moru.run(["gc"] + line.split(separator: " ").map(String.init))
    }

    private func age() throws {
        for name in FileManager.default.subpaths(atPath: data + "/blobs") ?? [] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -90_000)], ofItemAtPath: "\(data)/blobs/\(name)")
        }
    }

    @Test(arguments: [true, false])
    func `works beside a server, by asking it or on its directory`(onDirectory: Bool) throws {
        let place = onDirectory ? "--data-dir \(data)" : ""
        #expect(try gc("--dry-run \(place)").output.isEmpty)
        try age()
        let look = try gc("--dry-run \(place)")
        #expect(look.status == 0 && look.output == "\(Self.digest)\t1\n", "\(look.errors)")
        #expect(look.errors.contains("would remove 1 blob"))
        let json = try gc("--dry-run --json \(place)")
        #expect(json.json?["blobs"]?.array?.first?["digest"]?.string == Self.digest)
        #expect(json.errors.isEmpty)
        #expect(try gc("--grace 7d \(place)").output == "removed 0 blobs, 0 B\n")
        let done = try gc("--json \(place)")
        #expect(done.json?["removed"]?.integer == 1 && done.json?["dry_run"]?.bool == false, "\(done.errors)")
        #expect(try gc(place).output == "removed 0 blobs, 0 B\n")
        let kept = try moru.run("pull", "demo/kept", "--into", server.folder.path + "/pulled")
        #expect(kept.status == 0, "\(kept.errors)")
    }

    @Test(
        arguments: [
            ("--grace tomorrow", 2), ("--grace -1h", 2), ("--grace 11y", 2), ("--data-dir /nothing/there", 1),
            ("--data-dir .", 1), ("--server http://127.0.0.1:1", 6),
        ] as [(String, Int32)])
    func `refuses what it cannot do`(line: String, status: Int32) throws {
        let result = try gc(line)
        #expect(result.status == status, "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func `is for administrators`() throws {
        let nobody = Moru(home: server.folder.path, server: server.url)
        #expect(try nobody.run("gc").status == 4)
        let token = try server.client.createToken(TokenRequest(name: "narrow", scopes: [.modelRead, .modelWrite]))
        let narrow = Moru(home: server.folder.path, server: server.url, token: token.secret)
        #expect(try narrow.run("gc", "--dry-run").status == 4)
    }

    @Test(arguments: [("--gc-grace", "soon"), ("--gc-interval", "-1s"), ("--gc-interval", "1.5h")])
    func `is scheduled by times that can be read`(option: String, value: String) throws {
        let result = try moru.run("serve", "--data-dir", server.folder.path + "/other", option, value)
        #expect(result.status == 2 && result.errors.contains(option), "\(result.errors)")
    }
}
