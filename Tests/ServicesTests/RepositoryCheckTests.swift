import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Checking a repository` {
    private let fixture: RepositoryFixture
    /// The blob of `demo/model@1.0.0/model.onnx`.
    private let digest: Digest

    init() throws {
        fixture = try RepositoryFixture()
        try fixture.publish("demo/model", "1.0.0", ["model.onnx": "the bytes", "labels.txt": "person"])
        try fixture.publish("demo/model", "1.1.0", ["model.onnx": "other bytes"], aliases: ["stable"])
        try fixture.publish("demo/second", "1.0.0", ["model.onnx": "third"])
        digest = try fixture.blob("the bytes").digest
    }

    private struct Found: Hashable, CustomStringConvertible {
        let problem: CheckFinding.Problem
        var digest: Digest?
        var subject: String?

        var description: String { "\(problem) \(digest?.hex.prefix(8) ?? "-") \(subject ?? "-")" }
    }

    /// What a check beside the running repository finds, and how it ends.
    private func check(while body: () throws -> Void = {}) throws -> (found: [CheckFinding], totals: CheckTotals?) {
        let check = RepositoryCheck(
            fixture.repository.directory, database: fixture.repository.database, now: fixture.clock.now)
        var found: [CheckFinding] = []
        var totals: CheckTotals?
        var isFirst = true
        while let reports = check.next() {
            for report in reports {
                switch report {
                case .finding(let finding): found.append(finding)
                case .summary(let summary): totals = summary
                case .progress: break
                }
            }
            if isFirst { try body() }
            isFirst = false
        }
        return (found, totals)
    }

    private func path(_ digest: Digest) -> String { fixture.blobs.path(of: digest) }

    private func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    /// Changes the database as something other than Moru would, past its rules.
    private func tamper(_ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [fixture.repository.directory.databasePath, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `finds nothing where all is well`() throws {
        let (found, totals) = try check()
        #expect(found == [])
        let summary = try #require(totals)
        #expect(summary.isClean && summary.versions == 3 && summary.blobs == 4 && summary.events > 3)
        #expect(summary.expectedBlobs == 4 && summary.bytes == summary.expectedBytes)
    }

    @Test func `names a flipped bit and who uses the blob`() throws {
        var bytes = try Data(contentsOf: URL(filePath: path(digest)))
        bytes[3] ^= 0x10
        try bytes.write(to: URL(filePath: path(digest)))
        let (found, totals) = try check()
        #expect(found.count == 1 && found.first?.problem == .blobDamaged && found.first?.digest == digest)
        #expect(found.first?.subject == "demo/model@1.0.0/model.onnx")
        #expect(totals?.isClean == false && totals?.faults == 1)
    }

    @Test func `names a lost blob, a short one, a stray one and foreign files`() throws {
        let other = try fixture.blob("other bytes").digest
        try FileManager.default.removeItem(atPath: path(digest))
        try write("other", to: path(other))
        let stray = try Digest("sha256:" + String(repeating: "ab", count: 32))
        try write("stray", to: path(stray))
        let root = fixture.repository.directory.blobsPath
        try write("x", to: "\(root)/ab/notes.txt")
        try write("x", to: "\(root)/\(digest.hex.hasPrefix("cd") ? "ce" : "cd")/\(digest.hex)")
        try write("x", to: "\(root)/thumbs.db")
        let (found, totals) = try check()
        let named = Set(found.map { Found(problem: $0.problem, digest: $0.digest) })
        #expect(
            named == [
                Found(problem: .blobLost, digest: digest), Found(problem: .blobSize, digest: other),
                Found(problem: .blobStray, digest: stray), Found(problem: .fileForeign),
            ])
        #expect(found.count { $0.problem == .fileForeign } == 3)
        #expect(totals?.faults == 2 && totals?.notes == 4)
    }

    private static let lies: [(sql: String, problem: CheckFinding.Problem, subject: String?)] = [
        (
            "UPDATE version SET manifest = replace(manifest, 'model.onnx', 'model.evil') WHERE number = '1.0.0'",
            .manifestDamaged, "demo/model@1.0.0"
        ),
        ("UPDATE artifact SET path = 'x' WHERE path = 'labels.txt'", .manifestDamaged, "demo/model@1.0.0"),
        ("DELETE FROM variant WHERE version_id = 1", .manifestDamaged, "demo/model@1.0.0"),
        ("UPDATE alias SET version_id = 3 WHERE name = 'stable'", .aliasMisplaced, "demo/model@stable"),
        ("UPDATE artifact SET blob_id = 99 WHERE version_id = 3", .rowDangling, nil),
        ("DROP TRIGGER event_is_never_changed; UPDATE event SET actor = 'eve' WHERE id = 3", .eventBroken, "event 3"),
        ("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE id = 2", .eventBroken, "event 3"),
        ("DROP TABLE event", .databaseDamaged, "the events"),
    ]

    @Test(arguments: lies)
    func `names what the database says wrongly`(
        sql: String, problem: CheckFinding.Problem, subject: String?
    ) throws {
        try tamper("PRAGMA foreign_keys = OFF; \(sql)")
        let (found, totals) = try check()
        #expect(found.contains { $0.problem == problem && (subject == nil || $0.subject == subject) }, "\(found)")
        #expect(totals?.isClean == false)
    }

    @Test(arguments: [0, 60, 5000])
    func `ends with findings also for a database that SQLite cannot read`(offset: Int) throws {
        let copy = try TemporaryDirectory()
        try fixture.repository.database.backup(to: copy.path + "/moru.sqlite")
        try FileManager.default.copyItem(atPath: fixture.path + "/blobs", toPath: copy.path + "/blobs")
        let file = try FileHandle(forWritingTo: URL(filePath: copy.path + "/moru.sqlite"))
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data(repeating: 0xA5, count: 12_000))
        try file.close()
        try Data("flipped".utf8).write(
            to: URL(filePath: copy.path + "/blobs/sha256/\(digest.hex.prefix(2))/\(digest.hex)"))
        let check = RepositoryCheck(try DataDirectory.attach(copy.path), now: 0)
        var problems: Set<CheckFinding.Problem> = []
        while let reports = check.next() {
            for case .finding(let finding) in reports { problems.insert(finding.problem) }
        }
        #expect(problems.contains(.databaseDamaged))
        #expect(!problems.isDisjoint(with: [.blobDamaged, .blobSize]), "the blobs are read all the same")
    }

    @Test func `takes no publication or collection under way for a fault`() throws {
        let (found, totals) = try check {
            try fixture.publish("demo/new", "1.0.0", ["model.onnx": "published meanwhile"])
            try fixture.repository.database.write { db in
                try db.run(TamperSQL.forget, ["$sha256": .blob(Array(repeating: 0, count: 32))])
            }
        }
        #expect(found == [] && totals?.isClean == true)
    }

    private enum TamperSQL: String, SQLStatement {
        case forget = "DELETE FROM blob WHERE sha256 = $sha256"
    }
}
