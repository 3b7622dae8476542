import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `A backup` {
    private let backups: BackupFixture

    init() throws { backups = try BackupFixture() }

    @Test func `in one file restores everything but sessions and links`() throws {
        try backups.backUp()
        try backups.fixture.publish("demo/later", "1.0.0", ["model.onnx": "after the backup"])
        try backups.restore()
        #expect(backups.names() == ["backup.tar", "restored"])
        let restored = try backups.check()
        #expect(restored == (0, 0, 3))
        #expect(try backups.count(.sessions) == 0 && backups.count(.links) == 0 && backups.count(.tokens) == 1)
        let permissions = try FileManager.default.attributesOfItem(atPath: backups.path("backup.tar"))
        #expect(permissions[.posixPermissions] as? Int == 0o600)

        let directory = try DataDirectory.open(backups.path("restored"))
        let repository = try Repository(
            directory: directory, migrations: RepositoryFixture.migrations, log: { _ in })
        defer { repository.close() }
        let found = try repository.versions.get(
            ModelName("demo/model"), VersionSelector("1.0.0"), for: .anonymous)
        #expect(found.version.number.description == "1.0.0")
        let digest = try backups.fixture.blob("the bytes").digest
        #expect(try repository.blobs.bytes(of: digest) == Array("the bytes".utf8))
    }

    @Test func `of the same state is the same file, and an empty directory takes its place`() throws {
        try backups.backUp()
        try FileManager.default.createDirectory(atPath: backups.path("restored"), withIntermediateDirectories: true)
        try backups.restore()
        try FileManager.default.createDirectory(
            atPath: backups.path("again.restoring/blobs/left"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try Data().write(to: URL(filePath: backups.path("again.restoring/lock")))
        try backups.restore(into: "again/")
        #expect(backups.names() == ["again", "backup.tar", "restored"])
        #expect(backups.files("again") == backups.files("restored"))
    }

    @Test func `is for its owner alone, whatever waits at its name`() throws {
        let part = backups.path("backup.tar.part")
        try Data("old".utf8).write(to: URL(filePath: part))
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: part)
        try backups.backUp()
        let permissions = try FileManager.default.attributesOfItem(atPath: backups.path("backup.tar"))
        #expect(permissions[.posixPermissions] as? Int == 0o600)

        try Data("mine".utf8).write(to: URL(filePath: backups.path("elsewhere")))
        try FileManager.default.linkItem(atPath: backups.path("elsewhere"), toPath: part)
        #expect(throws: BackupError.self) { try backups.backUp() }
        #expect(try Data(contentsOf: URL(filePath: backups.path("elsewhere"))) == Data("mine".utf8))
    }

    @Test(arguments: ["a directory", "a link", "open for all"])
    func `is not restored over what no restore left`(what: String) throws {
        try backups.backUp()
        let (manager, root) = (FileManager.default, backups.path("restored.restoring"))
        let directory = what == "a link" ? backups.path("precious") : root
        try manager.createDirectory(
            atPath: directory, withIntermediateDirectories: true,
            attributes: [.posixPermissions: what == "open for all" ? 0o777 : 0o700])
        try Data("keep".utf8).write(to: URL(filePath: directory + "/thesis"))
        if what != "a directory" { try Data().write(to: URL(filePath: directory + "/lock")) }
        if what == "a link" { try manager.createSymbolicLink(atPath: root, withDestinationPath: directory) }
        let error = #expect(throws: BackupError.self) { try backups.restore() }
        #expect(error?.kind == .refused && error?.description.contains("in the way") == true)
        #expect(try Data(contentsOf: URL(filePath: directory + "/thesis")) == Data("keep".utf8))
        #expect(!backups.names().contains("restored"))
    }

    @Test func `in a directory reuses what is there and drops what is not needed any more`() throws {
        let first = try backups.backUp(into: "kept")
        #expect(first.copied == 4 && first.reused == 0)
        try backups.fixture.publish("demo/later", "1.0.0", ["model.onnx": "later"])
        try backups.fixture.repository.models.delete(
            ModelName("demo/second"), ifMatch: nil, by: backups.fixture.now(backups.fixture.dev))
        try backups.fixture.repository.database.write { db in
            let digest = try backups.fixture.blob("third").digest
            try db.run(ForgetSQL.blob, ["$sha256": .blob(digest.bytes)])
        }
        let second = try backups.backUp(into: "kept")
        #expect(second.copied == 1 && second.reused == 3)
        let files = backups.files("kept").keys
        #expect(files.count { $0.hasSuffix(".sqlite") } == 1 && files.count { $0.hasPrefix("blobs/") } == 4)
        try backups.restore(directory: "kept")
        let restored = try backups.check()
        #expect(restored == (0, 0, 3))
    }

    private enum ForgetSQL: String, SQLStatement {
        case blob = "DELETE FROM blob WHERE sha256 = $sha256"
    }

    @Test func `in a directory copies damaged blobs anew when it is to verify`() throws {
        try backups.backUp(into: "kept")
        let digest = try backups.fixture.blob("the bytes").digest
        let copy = backups.path("kept/blobs/sha256/\(digest.hex.prefix(2))/\(digest.hex)")
        try Data("the bytez".utf8).write(to: URL(filePath: copy))
        #expect(try backups.backUp(into: "kept").copied == 0)
        let failure = backupFailure { try backups.restore(directory: "kept") }
        #expect(failure?.kind == .damaged && failure?.description.contains(digest.hex) == true)
        #expect(try backups.backUp(into: "kept", verify: true).copied == 1)
        try backups.restore(directory: "kept")
    }

    @Test(arguments: ["damaged", "short", "lost"])
    func `is not made of a damaged repository, and the earlier one stays`(how: String) throws {
        try backups.backUp()
        try backups.backUp(into: "kept")
        let before = (file: backups.files("."), names: backups.names())
        try backups.fixture.publish("demo/later", "1.0.0", ["a.onnx": "later", "b.onnx": "still later"])
        let blob = try backups.blobPath("still later")
        switch how {
        case "damaged": try Data("stilL later".utf8).write(to: URL(filePath: blob))
        case "short": try Data("still".utf8).write(to: URL(filePath: blob))
        default: try FileManager.default.removeItem(atPath: blob)
        }
        let hex = try #require(blob.split(separator: "/").last)
        for failure in [backupFailure { try backups.backUp() }, backupFailure { try backups.backUp(into: "kept") }] {
            #expect(
                failure?.kind == .damaged && failure?.description.contains(hex) == true, "\(how): \(failure as Any)")
        }
        #expect(backups.names() == before.names)
        let after = backups.files(".").filter { !$0.key.hasPrefix("kept/blobs") }
        #expect(after == before.file.filter { !$0.key.hasPrefix("kept/blobs") })
        try backups.restore(into: "one")
        try backups.restore(directory: "kept", into: "two")
        for name in ["one", "two"] {
            let restored = try backups.check(name)
            #expect(restored == (0, 0, 3))
        }
    }

    @Test func `is not made of a damaged database`() throws {
        try backups.fixture.repository.database.write { db in try db.run(TamperSQL.manifest) }
        for failure in [backupFailure { try backups.backUp() }, backupFailure { try backups.backUp(into: "kept") }] {
            #expect(failure?.kind == .damaged && failure?.description.contains("demo/model@1.0.0") == true)
        }
        #expect(backups.names() == ["kept"] && backups.files("kept").isEmpty)
    }

    private enum TamperSQL: String, SQLStatement {
        case manifest = "UPDATE version SET manifest = manifest || ' ' WHERE number = '1.0.0' AND model_id = 1"
    }

    @Test func `holds collection off until it has been read, whatever its end`() throws {
        let directory = backups.fixture.repository.directory
        let isFree = { try CollectionLock.exclusive(directory) != nil }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { buffer.deallocate() }
        for end in ["read", "cancelled", "dropped"] {
            var stream: BackupStream? = try BackupStream(backups.source())
            #expect(try !isFree() && backups.names() == ["copy.sqlite"])
            _ = try stream?.read(into: buffer)
            #expect(try !isFree())
            switch end {
            case "read": while let count = try stream?.read(into: buffer), count > 0 {}
            case "cancelled": stream?.cancel()
            default: stream = nil
            }
            #expect(try isFree() && backups.names() == [], "\(end)")
        }
    }

    @Test func `goes only where nothing else is`() throws {
        try FileManager.default.createDirectory(
            atPath: backups.path("home/pictures"), withIntermediateDirectories: true)
        #expect(backupFailure { try backups.backUp(into: "home") }?.kind == .refused)
        #expect(backupFailure { try backups.backUp(to: "home") }?.kind == .refused)
        #expect(backupFailure { try backups.backUp(to: "nowhere/backup.tar") }?.kind == .failed)
        try backups.backUp(into: "kept")
        let busy = try BackupDirectory(backups.path("kept"))
        #expect(backupFailure { try backups.backUp(into: "kept") }?.kind == .refused)
        #expect(backupFailure { try backups.restore(directory: "kept") }?.kind == .refused)
        withExtendedLifetime(busy) {}
        #expect(backups.names() == ["home", "kept"])
    }

    @Test(.enabled(if: SmallDisk.isPossible))
    func `says that a disk is full, and leaves the earlier one`() throws {
        try SmallDisk.with(megabytes: 2) { disk in
            let stream = { try BackupStream(backups.source()) }
            try BackupFile.write(stream(), to: disk + "/backup.tar")
            let before = try Data(contentsOf: URL(filePath: disk + "/backup.tar"))
            try backups.fixture.publish(
                "demo/big", "1.0.0", ["model.onnx": String(repeating: "big ", count: 600_000)])
            let failure = backupFailure { try BackupFile.write(stream(), to: disk + "/backup.tar") }
            #expect(failure?.kind == .full && failure?.description.contains("/backup.tar") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["backup.tar"])
            #expect(try Data(contentsOf: URL(filePath: disk + "/backup.tar")) == before)
            try FileManager.default.removeItem(atPath: disk + "/backup.tar")

            // Also where the room goes only while it is written.
            let unknown = backupFailure {
                try BackupFile.write(to: disk + "/piece.tar") { write in
                    let piece = [UInt8](repeating: 1, count: 1 << 20)
                    for _ in 0..<8 { try piece.withUnsafeBytes { try write($0) } }
                }
            }
            #expect(unknown?.kind == .full)
            let directory = backupFailure {
                _ = try BackupDirectory(disk + "/kept").write(
                    backups.fixture.repository.directory, database: backups.fixture.repository.database,
                    product: "test", now: 0)
            }
            #expect(directory?.kind == .full, "\(directory as Any)")
            try backups.backUp(to: "big.tar")
            let restored = backupFailure {
                try Restoration.restore(ArchivedBackup(backups.path("big.tar")), into: disk + "/data")
            }
            #expect(restored?.kind == .full, "\(restored as Any)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["kept"])
        }
    }
}
