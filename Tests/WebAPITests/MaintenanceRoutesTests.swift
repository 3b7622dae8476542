import Foundation
import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Care of the data` {
    private let server: TestServer
    private let admin: String

    init() throws {
        server = try TestServer()
        admin = try server.token(for: "admin")
        let response = try server.publish(
            "demo/model", TestForm().field("version", "1.0.0").artifact("a.onnx", "bytes"), token: admin)
        try #require(response.status == 201, "\(response.text)")
    }

    private func lines(_ response: TestResponse) throws -> [JSONValue] {
        try response.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    @Test func `a check tells how far it is, what it finds, and a summary`() throws {
        let clean = try server.get("/api/v1/storage/check", token: admin)
        #expect(clean.status == 200 && clean.fields["Content-Type"] == "application/jsonl")
        #expect(clean.fields["Cache-Control"] == "no-store")
        let reports = try lines(clean)
        #expect(reports.count > 2 && reports.dropLast().allSatisfy { $0["kind"] == "progress" })
        #expect(reports.last?["kind"] == "summary" && reports.last?["clean"] == true)
        #expect(reports.last?["versions"] == 1 && reports.last?["blobs"] == 1)

        let files = server.directory.path + "/data/blobs/sha256"
        let blob = try #require(
            FileManager.default.subpathsOfDirectory(atPath: files).first { $0.count > 60 })
        try Data("bytez".utf8).write(to: URL(filePath: "\(files)/\(blob)"))
        let damaged = try lines(server.get("/api/v1/storage/check", token: admin))
        let finding = try #require(damaged.first { $0["kind"] == "finding" })
        #expect(finding["problem"] == "blob-damaged" && finding["severity"] == "fault")
        #expect(finding["subject"] == "demo/model@1.0.0/a.onnx")
        #expect(finding["digest"]?.string?.hasPrefix("sha256:") == true && finding["detail"]?.string != nil)
        #expect(damaged.last?["clean"] == false && damaged.last?["faults"] == 1)
    }

    @Test(arguments: ["check"])
    func `is for administrators`(what: String) throws {
        try server.addUser("author", .developer)
        for method in ["GET", "HEAD"] {
            let target = "/api/v1/storage/\(what)"
            #expect(try server.send(method, target).status == 401)
            #expect(try server.send(method, target, token: server.token(for: "author")).status == 403)
            let narrow = try server.token(for: "admin", scopes: [.modelRead, .modelWrite, .aliasWrite])
            #expect(try server.send(method, target, token: narrow).status == 403)
            #expect(try server.send(method, target, token: admin).status == 200)
        }
    }
}
