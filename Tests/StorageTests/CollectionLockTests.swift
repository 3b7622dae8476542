import Foundation
import Registry
import Storage
import TestSupport
import Testing

@Suite struct `The lock between collection and backups` {
    private let temporary: TemporaryDirectory
    private let directory: DataDirectory

    init() throws {
        temporary = try TemporaryDirectory()
        directory = try DataDirectory.open(temporary.path + "/data")
    }

    @Test func `lets one round of collection run at a time`() throws {
        var round = try CollectionLock.exclusive(directory)
        #expect(round != nil)
        #expect(try CollectionLock.exclusive(directory) == nil)
        round = nil
        #expect(try CollectionLock.exclusive(directory) != nil)
    }

    @Test func `bars collection while any backup runs`() throws {
        var first: CollectionLock? = try CollectionLock.shared(directory)
        var second: CollectionLock? = try CollectionLock.shared(directory)
        #expect(first != nil && second != nil)
        first = nil
        #expect(try CollectionLock.exclusive(directory) == nil)
        second = nil
        #expect(try CollectionLock.exclusive(directory) != nil)
    }

    @Test func `makes a backup wait for the end of a round`() throws {
        var round = try CollectionLock.exclusive(directory)
        #expect(round != nil)
        let hasLock = DispatchSemaphore(value: 0)
        let backup = Thread { [directory] in
            if (try? CollectionLock.shared(directory)) != nil { hasLock.signal() }
        }
        backup.start()
        #expect(hasLock.wait(timeout: .now() + 0.05) == .timedOut)
        round = nil
        #expect(hasLock.wait(timeout: .now() + 10) == .success)
    }

    @Test func `refuses a file that cannot be opened`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/collection.lock", withDestinationPath: "/dev/null")
        #expect(throws: DataDirectoryError.self) { try CollectionLock.exclusive(directory) }
        #expect(throws: DataDirectoryError.self) { try CollectionLock.shared(directory) }
    }
}

@Suite struct `Attaching to a data directory` {
    private let temporary: TemporaryDirectory

    init() throws { temporary = try TemporaryDirectory() }

    @Test func `works beside the server that holds it, and touches nothing`() throws {
        let path = temporary.path + "/data"
        let server = try DataDirectory.open(path)
        try Data().write(to: URL(fileURLWithPath: server.databasePath))
        try Data("x".utf8).write(to: URL(fileURLWithPath: server.incomingPath + "/upload"))
        let before = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        var attached: DataDirectory? = try DataDirectory.attach(path)
        #expect(attached?.databasePath == server.databasePath)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: path).sorted() == before)
        attached = nil
        #expect(throws: DataDirectoryError.inUse(path: path)) { try DataDirectory.open(path) }
    }

    @Test(arguments: ["nothing", "empty", "without-blobs"])
    func `refuses what is no data directory, and makes none`(name: String) throws {
        let path = temporary.path + "/" + name
        if name != "nothing" {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        if name == "without-blobs" { try Data().write(to: URL(fileURLWithPath: path + "/moru.sqlite")) }
        let before = FileManager.default.subpaths(atPath: path)
        #expect(throws: DataDirectoryError.self) { try DataDirectory.attach(path) }
        #expect(FileManager.default.subpaths(atPath: path) == before)
    }
}
