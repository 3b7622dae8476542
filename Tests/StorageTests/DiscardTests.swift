import Foundation
import Registry
import Storage
import TestSupport
import Testing

@Suite struct `Taking a blob's file away` {
    private let temporary: TemporaryDirectory
    private let store: DirectoryBlobStore

    init() throws {
        temporary = try TemporaryDirectory()
        store = DirectoryBlobStore(try DataDirectory.open(temporary.path + "/data"))
        try store.emptyTrash()
    }

    private func write(_ text: String) throws -> Digest {
        let writer = try store.begin()
        try Array(text.utf8).withUnsafeBytes { try writer.write($0) }
        return try writer.finish().digest
    }

    @Test func `frees its space in the end`() throws {
        let digest = try write("bytes")
        let file = try #require(try store.file(of: digest))
        #expect(file.size == 5)
        let discarded = try #require(try store.discard(digest, ifStill: file))
        #expect(try store.file(of: digest) == nil)
        #expect(temporary.fileCount(in: "data/trash") == 1)
        try store.remove(discarded)
        try store.remove(discarded)
        #expect(temporary.fileCount(in: "data/trash") == 0)
        #expect(try store.discard(digest, ifStill: file) == nil)
    }

    @Test func `leaves one that has just come in its place`() throws {
        let digest = try write("bytes")
        let file = try #require(try store.file(of: digest))
        #expect(try write("bytes") == digest)
        #expect(try store.discard(digest, ifStill: file) == nil)
        #expect(try store.bytes(of: digest) == Array("bytes".utf8))
        #expect(temporary.fileCount(in: "data/trash") == 0)
    }

    @Test func `lists blobs by their first byte`() throws {
        let digests = try (0..<40).map { try write("\($0)") }
        let listed = try (UInt8.min...UInt8.max).flatMap { try store.digests(beginningWith: $0) }
        #expect(listed == digests.sorted { $0.hex < $1.hex })
    }
}

@Suite struct `Room on a disk` {
    @Test(
        arguments: [
            (1000, 1000, 0, 0), (1000, 0, 1000, 100), (1000, 200, 800, 80), (1000, 201, 799, 80), (1000, 210, 790, 79),
            // A share that only privileged users may write counts as neither.
            (1000, 190, 760, 80), (0, 0, 0, 0), (.max, .max, 0, 0), (.max, .max / 2, .max, 67),
        ] as [(Int64, Int64, Int64, Int)])
    func `is told as df tells it`(total: Int64, free: Int64, used: Int64, percent: Int) {
        let disk = DiskSpace(total: total, free: free, used: used)
        #expect(disk.usedPercent == percent)
        #expect(disk.isWarning == (percent >= 80))
    }

    @Test(
        arguments: [
            (16 << 20, 1 << 20, 0, true), (16 << 20, (1 << 20) - 1, 0, false), (16 << 20, 2 << 20, 1 << 20, true),
            (16 << 20, 2 << 20, (1 << 20) + 1, false), (1 << 40, 64 << 20, 0, true),
            (1 << 40, (64 << 20) - 1, 0, false),
            (1 << 40, 1 << 39, .max, false),
        ] as [(Int64, Int64, Int64, Bool)])
    func `leaves a sixteenth, at most 64 MiB`(total: Int64, free: Int64, wanted: Int64, fits: Bool) {
        let disk = DiskSpace(total: total, free: free, used: total - free)
        if fits {
            #expect(throws: Never.self) { try disk.requireRoom(for: wanted) }
        } else {
            #expect(throws: RegistryError.self) { try disk.requireRoom(for: wanted) }
        }
    }

    @Test func `is told of any directory, and not of nothing`() throws {
        let disk = try #require(DiskSpace(of: NSTemporaryDirectory()))
        #expect(disk.total > 0 && disk.free >= 0 && (0...100).contains(disk.usedPercent))
        #expect(DiskSpace(of: "/nothing/there") == nil)
    }
}
