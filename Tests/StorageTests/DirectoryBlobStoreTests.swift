import Foundation
import Registry
import Storage
import Testing

@Suite struct `A directory of blobs` {
    private let path = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID().uuidString)").path

    private func open() throws -> (DataDirectory, DirectoryBlobStore) {
        let directory = try DataDirectory.open(path)
        return (directory, DirectoryBlobStore(directory))
    }

    private func write(
        _ pieces: [String], to store: DirectoryBlobStore, expectedSize: Int64? = nil, expecting: Digest? = nil
    ) throws -> Blob {
        let writer = try store.begin(expectedSize: expectedSize)
        for piece in pieces { try Array(piece.utf8).withUnsafeBytes { try writer.write($0) } }
        return try writer.finish(expecting: expecting)
    }

    private func names(in part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(part)").sorted()
    }

    private func mode(_ part: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(
            atPath: part.hasPrefix("/") ? part : "\(path)/\(part)")
        return (attributes[.posixPermissions] as? Int) ?? 0
    }

    /// `printf 'hello\n' | git hash-object --stdin` and `sha256sum`.
    private static let gitSHA1 = "ce013625030ba8dba906f756967f9e9ca394464a"
    private static let sha256 = "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

    @Test(arguments: [nil, 6, 5, 0, 7] as [Int64?])
    func `names bytes by SHA-256 and as git does, whatever size was expected`(size: Int64?) throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        let blob = try write(["hel", "", "lo\n"], to: store, expectedSize: size)
        #expect(blob.digest.description == Self.sha256)
        #expect(blob.gitSHA1 == Self.gitSHA1)
        #expect(blob.size == 6)
        #expect(try store.size(of: blob.digest) == 6)
        #expect(try store.bytes(of: blob.digest) == Array("hello\n".utf8))
        #expect(store.path(of: blob.digest) == "\(path)/blobs/sha256/58/\(blob.digest.hex)")
        #expect(try names(in: "incoming") == [])
        #expect(try mode("") == 0o700)
        #expect(try mode(store.path(of: blob.digest)) == 0o600)
    }

    @Test func `keeps the database to its owner in a directory that is open for all`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let (directory, _) = try open()
        #expect(try mode(directory.databasePath) == 0o600)
    }

    @Test func `takes a blob of no bytes`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        let blob = try write([], to: store)
        #expect(blob.gitSHA1 == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
        #expect(try store.size(of: blob.digest) == 0)
    }

    @Test func `leaves nothing of bytes that are not the expected ones`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        do {
            _ = try write(["hello"], to: store, expecting: Digest(Self.sha256))
            Issue.record("it was taken")
        } catch let error as RegistryError {
            #expect(error.code == .digestMismatch)
        }
        #expect(try names(in: "incoming") == [])
        #expect(try names(in: "blobs/sha256") == [])
        #expect(try write(["hello\n"], to: store, expecting: Digest(Self.sha256)).size == 6)
    }

    @Test func `leaves nothing of what is cancelled, dropped or written after its end`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        let cancelled = try store.begin()
        try [1].withUnsafeBytes { try cancelled.write($0) }
        #expect(try names(in: "incoming").count == 1)
        cancelled.cancel()
        #expect(try names(in: "incoming") == [])
        #expect(throws: RegistryError.self) { try [1].withUnsafeBytes { try cancelled.write($0) } }
        #expect(throws: RegistryError.self) { try cancelled.finish() }
        do {
            let dropped = try store.begin()
            try [1].withUnsafeBytes { try dropped.write($0) }
        }
        #expect(try names(in: "incoming") == [])
    }

    @Test func `trusts no older file: the same bytes replace it`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        let blob = try write(["hello\n"], to: store)
        let file = store.path(of: blob.digest)
        try Data("torn".utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: file)
        _ = try write(["hello\n"], to: store)
        #expect(try store.bytes(of: blob.digest) == Array("hello\n".utf8))
        let date = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
        #expect((date ?? .distantPast) > Date(timeIntervalSinceNow: -3600))
    }

    @Test func `lists and removes blobs`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        let blobs = try ["a", "b", "c"].map { try write([$0], to: store) }
        try Data().write(to: URL(filePath: "\(path)/blobs/sha256/stray"))
        try FileManager.default.removeItem(atPath: "\(path)/blobs/sha256/stray")
        var found: Set<Digest> = []
        try store.forEachDigest { found.insert($0) }
        #expect(found == Set(blobs.map(\.digest)))
        try store.remove(blobs[0].digest)
        try store.remove(blobs[0].digest)
        #expect(try !store.contains(blobs[0].digest))
        #expect(try store.contains(blobs[1].digest))
    }

    @Test func `is refused to a second server, and freed of half uploads at start`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            let (directory, store) = try open()
            #expect(throws: DataDirectoryError.inUse(path: directory.path)) { try DataDirectory.open(path) }
            _ = try write(["kept"], to: store)
            #expect(directory.incomingPath == "\(path)/incoming")
            try Data("half".utf8).write(to: URL(filePath: "\(path)/incoming/1-half"))
        }
        let (_, store) = try open()
        #expect(try names(in: "incoming") == [])
        var count = 0
        try store.forEachDigest { _ in count += 1 }
        #expect(count == 1)
    }

    @Test func `says when it cannot be used`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data().write(to: URL(filePath: path))
        #expect(throws: DataDirectoryError.self) { try DataDirectory.open(path) }
        #expect(throws: DataDirectoryError.self) { try DataDirectory.open("/proc/none/data") }
    }

    @Test func `leaves a directory of somebody else as it is`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data("theirs".utf8).write(to: URL(filePath: "\(path)/passwd"))
        #expect(throws: DataDirectoryError.self) { try DataDirectory.open(path) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["passwd"])
    }

    @Test func `takes an empty file system, and goes on after a start that was cut`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        for name in ["lost+found", "blobs", "incoming"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        try Data().write(to: URL(filePath: "\(path)/lock"))
        _ = try DataDirectory.open(path)
    }

    @Test(arguments: [
        (ENOSPC, RegistryError.Code.storeFull), (EDQUOT, .storeFull), (EIO, .storeUnavailable),
        (EMFILE, .storeUnavailable), (EROFS, .storeUnavailable),
    ])
    func `tells a full disk from a broken one`(code: Int32, expected: RegistryError.Code) {
        #expect(StoreFailure.error(errno: code).code == expected)
    }

    @Test func `spools archives, and forgets them`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (_, store) = try open()
        do {
            let spool = try store.beginSpool()
            try Array("hello\n".utf8).withUnsafeBytes { try spool.write($0) }
            try spool.require(Digest(Self.sha256))
            #expect(throws: RegistryError.self) {
                try spool.require(Digest("sha256:" + String(repeating: "0", count: 64)))
            }
            #expect(FileManager.default.contents(atPath: spool.path) == Data("hello\n".utf8))
        }
        #expect(try names(in: "incoming") == [])
    }
}
