import Cryptography
import Encoding
import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Resumable uploads` {
    private let fixture: RepositoryFixture
    private var uploads: UploadService { fixture.repository.uploads }
    private var folder: String { fixture.path + "/uploads" }
    private let limits = UploadLimits(maximumSize: 100 << 20)

    init() throws { fixture = try RepositoryFixture() }

    private func create(_ length: Int) throws -> ResumableUpload {
        try uploads.create(length: Int64(length), metadata: "", limits: limits, by: fixture.dev)
    }

    private func write(_ bytes: [UInt8], to part: UploadPart) throws {
        try bytes.withUnsafeBytes { try part.write($0) }
    }

    private func append(_ text: String, to upload: ResumableUpload, at offset: Int64) throws -> ResumableUpload {
        let part = try uploads.begin(upload.id, at: offset, size: nil, by: fixture.dev)
        try write(Array(text.utf8), to: part)
        return try part.finish()
    }

    private func row(_ id: UploadID) throws -> ResumableUpload? {
        try fixture.repository.database.read { db in try UploadStore.upload(id, in: db) }
    }

    private func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }

    /// Opens the data directory again, as after a crash: the first repository is just left behind.
    private func afterCrash<T>(_ body: (Repository) throws -> T) throws -> T {
        // A copy, as the first one holds the lock.
        let copy = fixture.path + "-copy"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.copyItem(atPath: fixture.path, toPath: copy)
        let repository = try Repository(
            directory: DataDirectory.open(copy), migrations: RepositoryFixture.migrations, vocabulary: .standard,
            clock: fixture.clock, log: { _ in })
        defer { repository.close() }
        return try body(repository)
    }

    @Test func `go on after a crash where the row says`() throws {
        let upload = try create(20 << 20)
        let part = try uploads.begin(upload.id, at: 0, size: nil, by: fixture.dev)
        let piece = [UInt8](repeating: 7, count: 1 << 20)
        for _ in 0..<10 { try write(piece, to: part) }
        // Every 8 MiB are on the disk, and said to be.
        #expect(try row(upload.id)?.received == 8 << 20)
        try afterCrash { repository in
            let again = try repository.uploads.resume(upload.id, by: fixture.dev)
            #expect(again.received == 8 << 20)
            let part = try repository.uploads.begin(upload.id, at: 8 << 20, size: nil, by: fixture.dev)
            let other = [UInt8](repeating: 9, count: 1 << 20)
            for _ in 0..<12 { try other.withUnsafeBytes { try part.write($0) } }
            let whole = try part.finish()
            let expected = [UInt8](repeating: 7, count: 8 << 20) + [UInt8](repeating: 9, count: 12 << 20)
            #expect(whole.blob?.digest.hex == Hex.encode(SHA256.digest(of: expected)))
            let git = SHA1()
            git.update(Array("blob \(expected.count)\u{0}".utf8) + expected)
            #expect(whole.blob?.gitSHA1 == Hex.encode(git.finish()))
        }
        part.cancel()
        #expect(try row(upload.id)?.received == 10 << 20)
    }

    @Test func `count nothing of a checksummed request before its end`() throws {
        let upload = try create(10)
        _ = try append("abc", to: upload, at: 0)
        let checksum = UploadChecksum(.sha256, SHA256.digest(of: "defghij"))
        let part = try uploads.begin(upload.id, at: 3, size: nil, checksum: checksum, by: fixture.dev)
        try write(Array("defg".utf8), to: part)
        #expect(try uploads.resume(upload.id, by: fixture.dev).received == 3)
        #expect(throws: RegistryError.self) { try self.write(Array("hij".utf8), to: part) }
        #expect(try append("xyz", to: upload, at: 3).received == 6)
        #expect(try append("0123", to: upload, at: 6).blob?.digest.hex == Hex.encode(SHA256.digest(of: "abcxyz0123")))
    }

    @Test func `let one request write at a time, the last one`() throws {
        let upload = try create(9)
        let first = try uploads.begin(upload.id, at: 0, size: nil, by: fixture.dev)
        try write(Array("abc".utf8), to: first)
        // Elsewhere than where the first is, nobody takes over.
        #expect(throws: RegistryError.self) {
            try self.uploads.begin(upload.id, at: 0, size: nil, by: self.fixture.dev)
        }
        try write(Array("def".utf8), to: first)
        let second = try uploads.begin(upload.id, at: 6, size: nil, by: fixture.dev)
        let refusal = #expect(throws: RegistryError.self) { try self.write(Array("xxx".utf8), to: first) }
        #expect(refusal?.code == .uploadTaken)
        #expect(throws: RegistryError.self) { try first.finish() }
        first.cancel()
        try write(Array("ghi".utf8), to: second)
        #expect(try second.finish().blob?.digest.hex == Hex.encode(SHA256.digest(of: "abcdefghi")))
    }

    @Test func `end under a request that writes`() throws {
        let upload = try create(9)
        let part = try uploads.begin(upload.id, at: 0, size: nil, by: fixture.dev)
        try write(Array("abc".utf8), to: part)
        try uploads.delete(upload.id, by: fixture.dev)
        let refusal = #expect(throws: RegistryError.self) { try self.write(Array("def".utf8), to: part) }
        #expect(refusal?.code == .uploadUnknown)
        part.cancel()
        #expect(try files().isEmpty && row(upload.id) == nil)
    }

    @Test func `agree with their files after a start`() throws {
        let (whole, cut, lost, fresh) = (try create(3), try create(3), try create(3), try create(3))
        for upload in [whole, cut, lost] { _ = try append("abc", to: upload, at: 0) }
        try Data("ab".utf8).write(to: URL(filePath: "\(folder)/\(cut.id)"))
        try FileManager.default.removeItem(atPath: "\(folder)/\(lost.id)")
        let stray = String(repeating: "0", count: 32)
        try Data("stray".utf8).write(to: URL(filePath: "\(folder)/\(stray)"))
        let findings = try check(fixture.repository)
        #expect(findings.filter { $0.problem == .uploadLost }.count == 2)
        #expect(findings.filter { $0.problem == .uploadStray }.map(\.subject) == ["upload \(stray)"])
        #expect(findings.allSatisfy { !$0.problem.isFault })
        try afterCrash { repository in
            let ids = try repository.uploads.list(by: fixture.dev).map(\.id)
            #expect(Set(ids) == [whole.id, fresh.id])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: fixture.path + "-copy/uploads") == ["\(whole.id)"])
            #expect(try check(repository).isEmpty)
        }
    }

    private func check(_ repository: Repository) throws -> [CheckFinding] {
        let check = RepositoryCheck(repository.directory, database: repository.database, now: fixture.clock.now)
        var findings: [CheckFinding] = []
        while let reports = check.next() {
            for case .finding(let finding) in reports { findings.append(finding) }
        }
        return findings
    }

    @Test func `are collected when they have expired`() throws {
        let old = try create(3)
        _ = try append("abc", to: old, at: 0)
        fixture.clock.advance(by: ResumableUpload.lifetime - 1)
        let young = try create(6)
        _ = try append("abc", to: young, at: 0)
        let collector = fixture.repository.collector
        #expect(try collector.collect().uploads == 0)
        fixture.clock.advance(by: 1)
        let look = try collector.collect(isDryRun: true)
        #expect(look.uploads == 1 && look.uploadBytes == 3 && look.removed == 0)
        let report = try collector.collect()
        #expect(report.uploads == 1 && report.uploadBytes == 3)
        #expect(try files() == ["\(young.id)"] && row(old.id) == nil)
        #expect(try append("def", to: young, at: 3).isComplete)
        // What a crash after a publication leaves belongs to nobody.
        try Data("stray".utf8).write(to: URL(filePath: "\(folder)/\(old.id)"))
        #expect(try collector.collect().uploadBytes == 5)
        #expect(try files() == ["\(young.id)"])
    }

    @Test func `go with their user, and are no part of a backup`() throws {
        let upload = try create(3)
        _ = try append("abc", to: upload, at: 0)
        #expect(try uploadsInBackup() == 0)
        let user = try #require(fixture.dev.user)
        try fixture.repository.database.write { db in _ = try UserStore.delete(user.id, in: db) }
        #expect(try row(upload.id) == nil)
        #expect(try fixture.repository.collector.collect().uploads == 1)
        #expect(try files().isEmpty)
    }

    /// How many uploads a copy of the database for a backup has.
    private func uploadsInBackup() throws -> Int {
        let copy = fixture.path + "/copy.sqlite"
        let source = try BackupSource(
            fixture.repository.directory, database: fixture.repository.database, copyAt: copy, product: "test", now: 0)
        return try withExtendedLifetime(source) {
            try Database(path: copy).read { db in try UploadStore.all(in: db).count }
        }
    }

    @Test func `refuse what there is no room for`() throws {
        let refusal = #expect(throws: RegistryError.self) {
            try self.uploads.create(
                length: .max / 8, metadata: "", limits: UploadLimits(maximumSize: .max), by: self.fixture.dev)
        }
        #expect(refusal?.code == .storeFull)
    }
}
