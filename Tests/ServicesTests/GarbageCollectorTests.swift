import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Collection` {
    private let fixture: RepositoryFixture
    private let collector: GarbageCollector
    private static let day: Int64 = 24 * 3600

    init() throws {
        fixture = try RepositoryFixture()
        collector = fixture.repository.collector
    }

    private func digest(_ text: String) throws -> Digest { try fixture.blob(text).digest }

    /// Says that a blob was written so many seconds ago.
    private func age(_ digest: Digest, _ seconds: Int64) throws {
        let time = timeval(tv_sec: Int(fixture.clock.now - seconds), tv_usec: 0)
        #expect(utimes(fixture.blobs.path(of: digest), [time, time]) == 0)
    }

    private func delete(_ name: String) throws {
        try fixture.repository.models.delete(ModelName(name), ifMatch: nil, by: fixture.now(fixture.dev))
    }

    private func rows() throws -> Int64 {
        try fixture.repository.database.read { db in try BlobIndexStore.totals(in: db).count }
    }

    @Test func `removes what a deleted model, a deleted draft and an unpublished upload leave, and nothing else`()
        throws
    {
        try fixture.publish("demo/kept", "1.0.0", ["a": "shared", "b": "kept", "README.md": "# Kept"])
        try fixture.publish("demo/gone", "1.0.0", ["a": "shared", "b": "gone", "README.md": "# Gone"])
        try fixture.publish("demo/kept", "1.1.0", ["a": "draft"], draft: true)
        try fixture.publish("demo/kept", "1.2.0", ["a": "kept draft"], draft: true)
        _ = try digest("orphan")
        #expect(try collector.collect(grace: 0).removed == 1)
        #expect(try rows() == 7)
        try delete("demo/gone")
        try fixture.repository.versions.deleteDraft(
            ModelName("demo/kept"), VersionSelector("1.1.0"), ifMatch: nil, by: fixture.now(fixture.dev))
        let generation = fixture.repository.database.generation
        let report = try collector.collect(grace: 0)
        #expect(report.removed == 3)
        #expect(report.bytes == Int64("gone# Gonedraft".utf8.count))
        #expect(report.keptInGrace == 0 && report.lost == 0)
        #expect(fixture.files(in: "blobs").count == 4)
        #expect(try rows() == 4)
        #expect(fixture.files(in: "trash").isEmpty)
        #expect(try fixture.brokenInvariants() == [])
        #expect(fixture.repository.database.generation == generation)
        #expect(try collector.collect(grace: 0).removed == 0)
        // The same bytes may come again.
        try fixture.publish("demo/again", "1.0.0", ["b": "gone"])
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test(arguments: [(0, 1), (86_399, 1), (86_400, 0), (86_401, 0), (-86_401, 1)] as [(Int64, Int)])
    func `leaves what was written within the grace, or in the future`(age: Int64, kept: Int) throws {
        try fixture.publish("demo/gone", "1.0.0", ["a": "named once"])
        try delete("demo/gone")
        for text in ["named once", "never named"] { try self.age(digest(text), age) }
        let report = try collector.collect(grace: Self.day)
        #expect(report.keptInGrace == kept * 2)
        #expect(report.removed == 2 - kept * 2)
        #expect(fixture.files(in: "blobs").count == kept * 2)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `leaves an upload alone until it is published or dropped, however long it takes`() throws {
        var uploads: [any BlobWriter] = []
        for text in ["first", "second", "first"] {
            let writer = try fixture.repository.publishing.beginBlob()
            try Array(text.utf8).withUnsafeBytes { try writer.write($0) }
            let blob = try writer.finish()
            try age(blob.digest, 1000 * Self.day)
            uploads.append(writer)
        }
        #expect(try collector.collect(grace: 0).keptInGrace == 2)
        uploads.removeFirst()
        #expect(try collector.collect(grace: 0).removed == 0)
        uploads.removeLast()
        #expect(try collector.collect(grace: 0).removed == 1)
        uploads.removeLast()
        #expect(try collector.collect(grace: 0).removed == 1)
        #expect(fixture.files(in: "blobs").isEmpty)
    }

    @Test func `leaves an archive's files alone while it is sent`() throws {
        try fixture.publish("demo/gone", "1.0.0", ["a": "one", "b": "two"])
        var archive = Optional(
            try fixture.repository.versions.archive(ModelName("demo/gone"), .alias(.latest), nil, for: fixture.dev))
        try delete("demo/gone")
        #expect(try collector.collect(grace: 0).keptInGrace == 2)
        #expect(archive?.members.count == 2)
        archive = nil
        #expect(try collector.collect(grace: 0).removed == 2)
    }

    @Test func `forgets rows whose files were lost, when nothing names them`() throws {
        try fixture.publish("demo/gone", "1.0.0", ["a": "lost", "b": "there"])
        try fixture.publish("demo/kept", "1.0.0", ["a": "named"])
        try delete("demo/gone")
        try fixture.blobs.remove(digest("lost"))
        try fixture.blobs.remove(digest("named"))
        let report = try collector.collect(grace: 0)
        #expect(report.lost == 1 && report.removed == 1)
        #expect(try rows() == 1)
    }

    @Test func `names in a dry run what would go, and changes nothing`() throws {
        try fixture.publish("demo/gone", "1.0.0", ["a": "gone", "b": "young"])
        try delete("demo/gone")
        for text in ["gone", "orphan"] { try age(digest(text), Self.day) }
        try age(digest("young"), 0)
        try FileManager.default.createDirectory(atPath: fixture.path + "/trash", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: fixture.path + "/trash/left"))
        let backup = try CollectionLock.shared(fixture.repository.directory)
        let before = (fixture.files(in: "blobs").sorted(), fixture.files(in: "trash"), try rows())
        var named: [Digest: Int64] = [:]
        let report = try collector.collect(isDryRun: true, each: { named[$0.digest] = $0.size })
        #expect(named == [try digest("gone"): 4, try digest("orphan"): 6])
        #expect(report.isDryRun && report.removed == 2 && report.bytes == 10 && report.keptInGrace == 1)
        #expect(Set(report.items.map(\.digest)) == Set(named.keys))
        #expect(before == (fixture.files(in: "blobs").sorted(), fixture.files(in: "trash"), try rows()))
        #expect(collector.last == nil)
        withExtendedLifetime(backup) {}
    }

    @Test func `waits for a backup, or for another round`() throws {
        _ = try digest("orphan")
        var lock: CollectionLock? = try CollectionLock.shared(fixture.repository.directory)
        #expect(failure(try collector.collect(grace: 0)) == .storeBusy)
        lock = nil
        lock = try CollectionLock.exclusive(fixture.repository.directory)
        #expect(failure(try collector.collect(grace: 0)) == .storeBusy)
        #expect(failure(try collector.emptyTrash()) == .storeBusy)
        withExtendedLifetime(lock) {}
        #expect(fixture.files(in: "blobs").count == 1)
    }

    @Test func `goes on where a crash ended another round`() throws {
        try fixture.publish("demo/gone", "1.0.0", ["a": "after the row", "b": "whole"])
        try delete("demo/gone")
        // A row that was deleted, and a file that was taken away before it was removed.
        try fixture.repository.database.write { db in
            let rows = try BlobRowStore.unnamed(after: 0, until: 1, in: db)
            for row in rows { try BlobRowStore.delete(row, in: db) }
            #expect(rows.count == 1)
        }
        try FileManager.default.createDirectory(atPath: fixture.path + "/trash", withIntermediateDirectories: true)
        try Data("taken".utf8).write(to: URL(fileURLWithPath: fixture.path + "/trash/taken"))
        #expect(try fixture.brokenInvariants() == [])
        #expect(try collector.collect(grace: 0).removed == 2)
        #expect(fixture.files(in: "blobs").isEmpty && fixture.files(in: "trash").isEmpty)
    }

    @Test func `touches no file that is none of its own`() throws {
        _ = try digest("orphan")
        let folder = fixture.path + "/blobs/sha256/00"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["notes.txt", String(repeating: "0", count: 63), String(repeating: "1", count: 64)] {
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        #expect(try collector.collect(grace: 0).removed == 1)
        #expect(fixture.files(in: "blobs").count == 3)
    }

    @Test func `is recorded when it removes something`() throws {
        _ = try collector.collect(grace: 0)
        _ = try digest("orphan")
        _ = try fixture.repository.storage.collect(grace: 0, isDryRun: false, by: fixture.admin)
        let events = try fixture.repository.database.read { db in
            try db.all(RecordSQL.all) { row in
                (row.text("action"), row.text("actor"), row.text("detail"))
            }
        }
        #expect(events.filter { $0.0 == "storage.collect" }.map(\.1) == ["admin"])
        #expect(events.last?.2 == #"{"bytes":6,"removed":1}"#)
        #expect(collector.last?.report.removed == 1)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `is for admins`() throws {
        for (caller, code) in [
            (Caller.anonymous, RegistryError.Code.unauthenticated), (fixture.dev, .forbidden),
            (fixture.viewer, .forbidden),
        ] {
            #expect(
                failure(try fixture.repository.storage.collect(grace: 0, isDryRun: true, by: caller)) == code)
            #expect(failure(try fixture.repository.storage.status(for: caller)) == code)
        }
    }

    private enum RecordSQL: String, SQLStatement {
        case all = "SELECT action, actor, detail FROM event ORDER BY id"
    }

    private enum ReferenceSQL: String, SQLStatement {
        case toBlobs = """
            SELECT tables.name || '.' || list."from" AS place
            FROM pragma_table_list AS tables, pragma_foreign_key_list(tables.name) AS list
            WHERE list."table" = 'blob' ORDER BY 1
            """
    }

    @Test func `knows every column that names blobs`() throws {
        let places = try fixture.repository.database.read { db in
            try db.all(ReferenceSQL.toBlobs) { $0.text("place") }
        }
        #expect(places == ["artifact.blob_id", "version.readme_blob_id"])
    }
}
