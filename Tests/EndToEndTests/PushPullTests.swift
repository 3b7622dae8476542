import Foundation
import JSON
import Registry
import RegistryClient
import Testing

@Suite struct `Push and pull` {
    private let server: LiveServer
    private let moru: Moru

    init() throws {
        server = try LiveServer()
        moru = server.moru()
    }

    /// A directory with everything that is easy to get wrong.
    private static let shapes: [String: [UInt8]] = [
        "model.onnx": noise(300_000), "empty.bin": [], "라벨/한국어 이름.txt": Array("사람\n".utf8),
        "deep/a/b/c/d.json": Array("{}".utf8), "quo\"te.txt": [1], "a b+c%20d&e=f#g?.txt": [2],
        "copy.onnx": noise(300_000),
        "crlf.txt": Array("\r\n--\r\n".utf8), "README.md": Array("# 제목\n\n본문\n".utf8),
    ]

    @Test func `bring back every byte`() throws {
        let source = try server.files("source", Self.shapes.merging([".hidden": [9]]) { $1 })
        let pushed = try moru.run(
            "push", source, "demo/shapes@1.0.0", "--service", "voice", "--context", "task:voice-activity-detection")
        #expect(pushed.status == 0, "\(pushed.errors)")
        let target = server.folder.path + "/target"
        let pulled = try moru.run("pull", "demo/shapes", "--into", target)
        #expect(pulled.status == 0, "\(pulled.errors)")
        #expect(tree(target) == Self.shapes)
        #expect(!FileManager.default.fileExists(atPath: server.folder.path + "/.target.moru"))
    }

    @Test func `publish all variants in one request, and pull one of them`() throws {
        let source = try server.files(
            "source", ["a.onnx": noise(1000), "b.tflite": noise(1000, seed: 2), "c/x": [1], "c/y": [2], "extra": [3]])
        let pushed = try moru.run(
            "push", source, "demo/pitch@1.0.0", "--variant", "onnx=a.onnx,format:onnx", "--variant", "tflite=b.tflite",
            "--variant", "coreml=c/,os:ios", "--json")
        #expect(pushed.status == 0, "\(pushed.errors)")
        #expect(pushed.errors.contains("extra"))
        let version = try server.client.version(.alias(.latest), of: ModelName("demo/pitch"))
        #expect(version.variants.map(\.description) == ["onnx", "tflite", "coreml"])
        let target = server.folder.path + "/target"
        #expect(try moru.run("pull", "demo/pitch", "--variant", "coreml", "--into", target).status == 0)
        #expect(tree(target) == ["c/x": [1], "c/y": [2]])
        #expect(try moru.run("pull", "demo/pitch", "--variant", "onnx", "--into", target).status == 0)
        #expect(Set(tree(target).keys) == ["a.onnx"])
        #expect(try moru.run("pull", "demo/pitch", "--variant", "none", "--into", target).status == 3)
        #expect(Set(tree(target).keys) == ["a.onnx"])
    }

    @Test(arguments: [["demo/twice@1.0.0"], ["demo/twice"]])
    func `sent twice change nothing`(name: [String]) throws {
        let source = try server.files("source", ["a.onnx": noise(1000), "README.md": Array("# A".utf8)])
        let arguments = ["push", source] + name + ["--context", "task:x", "--alias", "stable"]
        let push = { try moru.run(arguments + ["--json"]) }
        let first = try push()
        let second = try push()
        #expect((first.status, second.status) == (0, 0), "\(first.errors) \(second.errors)")
        #expect(first.json?["created"]?.bool == true)
        #expect(second.json?["created"]?.bool == false)
        #expect(first.json?["version"]?["manifest_digest"] == second.json?["version"]?["manifest_digest"])
        #expect(try server.client.versions(of: ModelName("demo/twice")).count == 1)
        try Data([7]).write(to: URL(fileURLWithPath: source + "/a.onnx"))
        let third = try push()
        #expect(third.status == (name[0].contains("@") ? 1 : 0), "\(third.errors)")
    }

    @Test func `tell of context that the version before had`() throws {
        let push = { (number: String, context: [String]) in
            let source = try server.files("source", ["a.onnx": Array(number.utf8)])
            return try moru.run(["push", source, "demo/context@\(number)"] + context.flatMap { ["--context", $0] })
        }
        let first = try push("1.0.0", ["task:segmentation", "scene:night"])
        #expect(first.status == 0 && !first.errors.contains("context"), "\(first.errors)")
        let same = try push("1.1.0", ["scene:night", "task:segmentation"])
        #expect(same.status == 0 && !same.errors.contains("context"), "\(same.errors)")
        let fewer = try push("1.2.0", ["scene:day"])
        #expect(fewer.status == 0 && fewer.errors.contains("1.1.0 had context that 1.2.0 has not"), "\(fewer.errors)")
        #expect(fewer.errors.contains("task:segmentation") && fewer.errors.contains("scene:night"))
        let source = try server.files("source", ["a.onnx": [1]])
        let variant = try moru.run("push", source, "demo/context@1.3.0", "--variant", "x=a.onnx,scene:day")
        #expect(variant.status == 0 && !variant.errors.contains("had context"), "\(variant.errors)")
    }

    @Test func `take all of it from moru json`() throws {
        let description = #"""
            {"model": "demo/described", "version": "2.0.0", "title": "Described", "service_type": "voice",
             "license": "MIT", "context": ["task:keyword-spotting"], "notes": "first", "readme": "about.md",
             "aliases": ["stable"], "variants": [{"name": "onnx", "paths": ["a.onnx"], "context": ["os:linux"]}]}
            """#
        let source = try server.files(
            "source", ["a.onnx": [1], "about.md": Array("# About".utf8), "moru.json": Array(description.utf8)])
        #expect(try moru.run("push", source).status == 0)
        let model = try server.client.model(named: ModelName("demo/described"))
        #expect(model.title == "Described")
        #expect(model.aliases.map(\.name.rawValue).sorted() == ["latest", "stable"])
        #expect(try moru.run("push", source, "demo/other@1.0.0", "--title", "Other").status == 0)
        #expect(try server.client.model(named: ModelName("demo/other")).title == "Other")
        try Data(#"{"modle": "demo/a"}"#.utf8).write(to: URL(fileURLWithPath: source + "/moru.json"))
        let refused = try moru.run("push", source, "demo/described@2.0.1")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("modle"))
    }

    @Test func `keep to what may be sent`() throws {
        let source = try server.files("source", ["a.onnx": [1]])
        let outside = server.folder.path + "/outside"
        try Data([9]).write(to: URL(fileURLWithPath: outside))
        try FileManager.default.createSymbolicLink(atPath: source + "/link", withDestinationPath: outside)
        let refused = try moru.run("push", source, "demo/a@1.0.0")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("outside of the directory"))
        try FileManager.default.removeItem(atPath: source + "/link")
        try FileManager.default.createSymbolicLink(atPath: source + "/link", withDestinationPath: "a.onnx")
        #expect(try moru.run("push", source, "demo/a@1.0.0", "--dry-run", "--json").json?["size"] == 2)
        #expect(try moru.run("pull", "demo/a").status == 3)
    }

    @Test func `ask once when nothing is new`() throws {
        let source = try server.files("source", ["a.onnx": noise(100_000)])
        #expect(try moru.run("push", source, "demo/same@1.0.0").status == 0)
        let proxy = try CuttingProxy(to: server.port)
        defer { proxy.stop() }
        let through = server.moru(at: proxy.url)
        let target = server.folder.path + "/target"
        #expect(try through.run("pull", "demo/same", "--into", target).status == 0)
        let before = proxy.passed
        let again = try through.run("pull", "demo/same", "--into", target, "--json")
        #expect(again.status == 0)
        #expect(again.json?["changed"]?.bool == false)
        #expect(proxy.passed - before < 1000)
    }

    @Test func `put back what was changed, and keep what is the user's`() throws {
        let source = try server.files("source", ["a.onnx": noise(1000), "d/b": [1]])
        #expect(try moru.run("push", source, "demo/mend@1.0.0").status == 0)
        let target = server.folder.path + "/target"
        #expect(try moru.run("pull", "demo/mend", "--into", target).status == 0)
        try Data([0]).write(to: URL(fileURLWithPath: target + "/a.onnx"))
        try Data([5]).write(to: URL(fileURLWithPath: target + "/d/mine"))
        #expect(try moru.run("pull", "demo/mend", "--into", target).status == 0)
        #expect(tree(target) == ["a.onnx": noise(1000), "d/b": [1], "d/mine": [5]])
        let next = try server.files("source", ["a.onnx": noise(1000), "e": [2]])
        #expect(try moru.run("push", next, "demo/mend@1.1.0").status == 0)
        let moved = try moru.run("pull", "demo/mend", "--into", target, "--json")
        #expect(moved.json?["received"] == 1)
        #expect(tree(target) == ["a.onnx": noise(1000), "e": [2], "d/mine": [5]])
    }

    @Test func `never take over a directory that is the user's`() throws {
        let source = try server.files("source", ["a.onnx": [1]])
        #expect(try moru.run("push", source, "demo/own@1.0.0").status == 0)
        let own = try server.files("own", ["letter.txt": [1]])
        #expect(try moru.run("pull", "demo/own", "--into", own).status == 2)
        #expect(try moru.run("pull", "demo/own", "--into", ".", in: own).status == 2)
        #expect(tree(own) == ["letter.txt": [1]])
    }
}
