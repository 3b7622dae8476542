import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Restoring` {
    private let backups: BackupFixture
    private let whole: Data

    init() throws {
        backups = try BackupFixture()
        try backups.backUp()
        whole = try Data(contentsOf: URL(filePath: backups.path("backup.tar")))
    }

    private func restore(_ bytes: Data) throws -> BackupError? {
        try bytes.write(to: URL(filePath: backups.path("other.tar")))
        return backupFailure { try backups.restore(file: "other.tar") }
    }

    @Test func `refuses a backup that was cut short anywhere, and leaves nothing`() throws {
        var lengths =
            Array(stride(from: 0, to: whole.count, by: 16_384)) + [1, 511, whole.count - 1, whole.count - 512]
        lengths += (1...12).map { whole.count - 512 * $0 }
        for length in lengths {
            let failure = try restore(whole.prefix(length))
            #expect(failure?.kind == .damaged, "\(length): \(failure as Any)")
        }
        #expect(backups.names() == ["backup.tar", "other.tar"])
        #expect(try restore(whole + Data(repeating: 0, count: 512))?.kind == .damaged)
    }

    @Test func `refuses a backup with any byte altered, and leaves nothing`() throws {
        // Headers and ends closely, what is hashed at some places.
        var places = Array(0..<1536) + Array(whole.count - 2600..<whole.count)
        places += stride(from: 1536, to: whole.count, by: 4999)
        for place in places where place % 7 == 0 || place > whole.count - 64 {
            var bytes = whole
            bytes[place] ^= 0x04
            let failure = try restore(bytes)
            #expect(failure?.kind == .damaged || failure?.kind == .refused, "\(place): \(failure as Any)")
        }
        #expect(backups.names() == ["backup.tar", "other.tar"])
        #expect(try restore(whole) == nil)
    }

    @Test(arguments: ["", "no archive at all", String(repeating: "\u{0}", count: 10_240)])
    func `refuses a file that is no backup`(text: String) throws {
        #expect(try restore(Data(text.utf8)) != nil)
        #expect(backups.names() == ["backup.tar", "other.tar"])
    }

    @Test func `refuses what another program packed`() throws {
        let directory = try BackupDirectory(backups.path("kept"))
        _ = try directory.write(
            backups.fixture.repository.directory, database: backups.fixture.repository.database, product: "test", now: 0
        )
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/tar")
        process.arguments = ["-C", backups.path("kept"), "-cf", backups.path("other.tar"), "backup.json", "blobs"]
        try process.run()
        process.waitUntilExit()
        let failure = backupFailure { try backups.restore(file: "other.tar") }
        #expect(failure?.kind == .damaged && failure?.description.contains("another program") == true)
    }

    @Test func `refuses a place that is used`() throws {
        try backups.restore()
        let before = backups.files("restored")
        #expect(backupFailure { try backups.restore() }?.kind == .refused)
        #expect(backupFailure { try backups.restore(into: "backup.tar") }?.kind == .refused)
        #expect(backupFailure { try backups.restore(into: "nowhere/restored") }?.kind == .failed)
        #expect(backups.files("restored") == before)
        #expect(backups.names() == ["backup.tar", "restored"])
    }

    @Test func `refuses a backup of a newer schema`() throws {
        let copy = backups.path("newer.sqlite")
        try backups.fixture.repository.database.backup(to: copy)
        let database = try Database(path: copy)
        try database.write { db in try db.run(BackupFixture.SQL.newer) }
        let failure = backupFailure {
            _ = try BackupSource(
                backups.fixture.repository.directory, database: database, copyAt: backups.path("copy.sqlite"),
                product: "test", now: 0)
        }
        #expect(failure?.kind == .refused && failure?.description.contains("newer") == true)
        database.close()
    }

    @Test(arguments: ["database", "blob", "description", "missing", "size"])
    func `refuses a damaged directory, and leaves nothing`(what: String) throws {
        try backups.backUp(into: "kept")
        let files = backups.files("kept").keys.sorted()
        let name: String? =
            switch what {
            case "database": files.first { $0.hasSuffix(".sqlite") }
            case "description": "backup.json"
            default: files.first { $0.count > 64 }
            }
        let path = backups.path("kept/" + (try #require(name)))
        switch what {
        case "missing": try FileManager.default.removeItem(atPath: path)
        case "size": try Data("longer than it was by far, and by some more".utf8).write(to: URL(filePath: path))
        default:
            var bytes = try Data(contentsOf: URL(filePath: path))
            if bytes.isEmpty { bytes = Data([1]) }
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(filePath: path))
        }
        let failure = backupFailure { try backups.restore(directory: "kept") }
        #expect(failure?.kind == .damaged, "\(failure as Any)")
        #expect(backups.names() == ["backup.tar", "kept"])
    }
}
