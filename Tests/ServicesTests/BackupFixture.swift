import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

/// A repository with three versions, and places for backups and restored data.
struct BackupFixture {
    let fixture: RepositoryFixture
    let folder: TemporaryDirectory

    init() throws {
        fixture = try RepositoryFixture()
        folder = try TemporaryDirectory()
        try fixture.publish("demo/model", "1.0.0", ["model.onnx": "the bytes", "empty.txt": ""])
        try fixture.publish("demo/model", "1.1.0", ["model.onnx": String(repeating: "longer ", count: 3000)])
        try fixture.publish("demo/second", "1.0.0", ["model.onnx": "third"])
        try fixture.repository.database.write { db in
            try db.run(SQL.session, ["$user": .integer(1)])
            try db.run(SQL.link)
        }
        _ = try fixture.repository.accounts.createToken(
            name: "kept", scopes: [.modelRead], models: [], expiresAt: nil, by: fixture.dev)
    }

    enum SQL: String, SQLStatement {
        case session = """
            INSERT INTO session (secret_sha256, user_id, csrf_token, created_at, seen_at)
            VALUES (zeroblob(32), $user, 'x', 1, 1)
            """
        case link = """
            INSERT INTO one_time_link (secret_sha256, purpose, created_at, expires_at)
            VALUES (zeroblob(32), 'setup', 1, 9999999999)
            """
        case sessions = "SELECT count(*) AS count FROM session"
        case links = "SELECT count(*) AS count FROM one_time_link"
        case tokens = "SELECT count(*) AS count FROM token"
        case forgetBlob = "DELETE FROM blob WHERE id = (SELECT max(id) FROM blob)"
        case newer = """
            INSERT INTO schema_migration (number, name, sha256, applied_at) VALUES (9999, 'later', '', 0)
            """
    }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    func source(_ copy: String = "copy.sqlite") throws -> BackupSource {
        try BackupSource(
            fixture.repository.directory, database: fixture.repository.database, copyAt: path(copy), product: "test",
            now: fixture.clock.now)
    }

    func backUp(to name: String = "backup.tar") throws {
        try BackupFile.write(BackupStream(source()), to: path(name))
    }

    @discardableResult
    func backUp(into name: String, verify: Bool = false) throws -> BackupDirectory.Outcome {
        try BackupDirectory(path(name)).write(
            fixture.repository.directory, database: fixture.repository.database, product: "test",
            now: fixture.clock.now, verify: verify)
    }

    func restore(file name: String = "backup.tar", into target: String = "restored") throws {
        try Restoration.restore(ArchivedBackup(path(name)), into: path(target))
    }

    func restore(directory name: String, into target: String = "restored") throws {
        try Restoration.restore(DirectoryBackup(path(name)), into: path(target))
    }

    func names() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    /// Files below a folder of ours with their bytes; locks and what SQLite keeps beside a database left out.
    func files(_ name: String) -> [String: Data] {
        var files: [String: Data] = [:]
        for file in FileManager.default.subpaths(atPath: path(name)) ?? [] where !file.hasSuffix("lock") {
            if let data = FileManager.default.contents(atPath: path(name) + "/" + file) { files[file] = data }
        }
        return files
    }

    /// What a check finds in a restored directory.
    func check(_ name: String = "restored") throws -> (faults: Int64, notes: Int64, versions: Int64) {
        let check = RepositoryCheck(try DataDirectory.attach(path(name)), now: fixture.clock.now)
        var totals: CheckTotals?
        while let reports = check.next() {
            for case .summary(let summary) in reports { totals = summary }
        }
        let summary = try #require(totals)
        return (summary.faults, summary.notes, summary.versions)
    }

    func count(_ sql: SQL, in name: String = "restored") throws -> Int64? {
        let database = try Database(path: path(name) + "/moru.sqlite")
        defer { database.close() }
        return try database.read { db in try db.first(sql) { $0.integer("count") } }
    }

    func blobPath(_ text: String) throws -> String { fixture.blobs.path(of: try fixture.blob(text).digest) }
}

/// The kind of failure of a backup or restore; nil when there is none.
func backupFailure(_ body: () throws -> Void) -> BackupError? {
    do {
        try body()
        return nil
    } catch let error as BackupError {
        return error
    } catch {
        Issue.record("\(error)")
        return nil
    }
}
