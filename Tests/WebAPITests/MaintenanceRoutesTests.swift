import Foundation
import HTTPServer
import JSON
import Registry
import Services
import Storage
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

    @Test(arguments: ["check", "backup"])
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

    @Test(arguments: ["check", "backup"])
    func `is not for pages of other sites, which a cookie would follow`(what: String) throws {
        let signedIn = try server.send(
            "POST", "/api/v1/session", json: #"{"username":"admin","password":"\#(TestServer.password)"}"#)
        let cookie = String(try #require(signedIn.fields["Set-Cookie"]).prefix { $0 != ";" })
        for (site, status) in [("cross-site", 403), ("same-site", 403), ("none", 200), ("same-origin", 200)] {
            let fields: Fields = ["Cookie": cookie, "Sec-Fetch-Site": site]
            let answer = try server.get("/api/v1/storage/\(what)", fields: fields)
            #expect(answer.status == status, "\(site)")
            if status == 403 { #expect(answer.problem == "csrf-failed") }
        }
        let byToken = try server.get(
            "/api/v1/storage/\(what)", token: admin, fields: ["Sec-Fetch-Site": "cross-site"])
        #expect(byToken.status == 200 && incoming == 0)
    }

    @Test func `two backups at a time are made, and their copies bounded`() throws {
        let big = String(repeating: "big ", count: 2_000_000)
        try #require(
            server.publish("demo/big", TestForm().field("version", "1.0.0").artifact("a.onnx", big), token: admin)
                .status == 201)
        var open: [Int32] = []
        defer { for descriptor in open { close(descriptor) } }
        let head = "GET /api/v1/storage/backup HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(admin)\r\n\r\n"
        for _ in 0..<2 {
            let descriptor = try server.client.open()
            open.append(descriptor)
            #expect(
                Array(head.utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) } == head.utf8.count)
            var byte: UInt8 = 0
            #expect(recv(descriptor, &byte, 1, 0) == 1)
        }
        let third = try server.get("/api/v1/storage/backup", token: admin)
        #expect(third.status == 409 && third.problem == "store-busy" && incoming == 2)
        for descriptor in open { close(descriptor) }
        open = []
        var next = third.status
        for _ in 0..<500 where next == 409 {
            usleep(10_000)
            next = try server.get("/api/v1/storage/backup", token: admin).status
        }
        #expect(next == 200)
        for _ in 0..<5 { #expect(try server.get("/api/v1/storage/backup", token: admin).status == 200) }
    }

    private var incoming: Int { server.directory.fileCount(in: "data/incoming") }

    private func damage() throws {
        let files = server.directory.path + "/data/blobs/sha256"
        let blob = try #require(FileManager.default.subpathsOfDirectory(atPath: files).first { $0.count > 60 })
        try Data("bytez".utf8).write(to: URL(filePath: "\(files)/\(blob)"))
    }

    @Test func `a backup is a tar that restores`() throws {
        let backup = try server.get("/api/v1/storage/backup", token: admin)
        #expect(backup.status == 200 && backup.fields["Content-Type"] == "application/x-tar")
        #expect(backup.fields["Cache-Control"] == "no-store")
        #expect(backup.fields["Content-Disposition"]?.contains("moru-backup-") == true)
        #expect(backup.fields["Content-Length"] == "\(backup.body.count)")
        let file = server.directory.path + "/backup.tar"
        try Data(backup.body).write(to: URL(filePath: file))
        #expect(try Restoration.restore(ArchivedBackup(file), into: server.directory.path + "/restored") > 5)
        #expect(incoming == 0)
        #expect(try CollectionLock.exclusive(server.repository.directory) != nil)
    }

    @Test func `a backup of a damaged blob is cut short`() throws {
        try damage()
        let backup = try server.get("/api/v1/storage/backup", token: admin)
        #expect(backup.status == 200 && (backup.fields["Content-Length"].flatMap { Int($0) } ?? 0) > backup.body.count)
        #expect(incoming == 0)
        #expect(try CollectionLock.exclusive(server.repository.directory) != nil)
    }

    @Test func `a backup whose client goes away leaves nothing`() throws {
        let big = String(repeating: "big ", count: 2_000_000)
        let published = try server.publish(
            "demo/big", TestForm().field("version", "1.0.0").artifact("a.onnx", big), token: admin)
        try #require(published.status == 201)
        for _ in 0..<3 {
            let descriptor = try server.client.open()
            let head = "GET /api/v1/storage/backup HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(admin)\r\n\r\n"
            #expect(
                Array(head.utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) } == head.utf8.count)
            var byte: UInt8 = 0
            #expect(recv(descriptor, &byte, 1, 0) == 1)
            close(descriptor)
        }
        for _ in 0..<500 where incoming > 0 { usleep(10_000) }
        #expect(incoming == 0)
        var isFree = false
        for _ in 0..<500 where !isFree {
            isFree = try CollectionLock.exclusive(server.repository.directory) != nil
            if !isFree { usleep(10_000) }
        }
        #expect(isFree)
    }
}
