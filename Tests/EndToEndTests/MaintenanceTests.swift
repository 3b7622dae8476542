import Foundation
import JSON
import Registry
import RegistryClient
import Testing

@Suite struct `Care of the data by commands` {
    private let server: LiveServer
    private let moru: Moru
    private let data: String

    init() throws {
        server = try LiveServer()
        moru = server.moru()
        data = server.folder.path + "/data"
        let source = try server.files("source", ["a.onnx": noise(300_000), "b/labels.txt": [1, 2]])
        try #require(try moru.run("push", source, "demo/detector@1.0.0").status == 0)
        try #require(try moru.run("push", source, "demo/hidden@1.0.0", "--private").status == 0)
    }

    private var blobs: [String] {
        let root = data + "/blobs/sha256"
        return (FileManager.default.subpaths(atPath: root) ?? []).filter { $0.count > 60 }.map { "\(root)/\($0)" }
    }

    @Test func `a check asks the server or reads the directory, and ends with 5 for damage`() throws {
        for arguments in [["fsck"], ["fsck", "--data-dir", data], ["fsck", "--json"]] {
            let result = try moru.run(arguments)
            #expect(result.status == 0, "\(result.errors)")
            if arguments.contains("--json") {
                #expect(result.json?["summary"]?["clean"] == true && result.json?["findings"] == .array([]))
            } else {
                #expect(result.output.isEmpty && result.errors.contains("0 faults, 0 notes"), "\(result.errors)")
            }
        }
        let stray = data + "/blobs/sha256/ff/" + String(repeating: "f", count: 64)
        try FileManager.default.createDirectory(atPath: data + "/blobs/sha256/ff", withIntermediateDirectories: true)
        try Data("stray".utf8).write(to: URL(fileURLWithPath: stray))
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: stray)
        #expect(try moru.run("fsck").output.hasPrefix("blob-stray\t"))
        let lost = try #require(blobs.first { !$0.hasSuffix("ff") })
        try FileManager.default.removeItem(atPath: lost)
        for arguments in [["fsck"], ["fsck", "--data-dir", data]] {
            let result = try moru.run(arguments)
            #expect(result.status == 5)
            let hex = try #require(lost.split(separator: "/").last)
            #expect(result.output.contains("blob-lost\tsha256:\(hex)\tdemo/detector@1.0.0/"), "\(result.output)")
        }
        #expect(try moru.run("fsck", "--data-dir", server.folder.path).status == 1)
        #expect(try Moru(home: server.folder.path, server: server.url).run("fsck").status == 4)
    }
}
