import Foundation
import Registry
import SQLite
import Services
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct `The watch over the disk` {
    @Test func `warns once, again every hour, and says when it is over`() {
        let clock = TestClock()
        let lines = Mutex<[String]>([])
        let watch = DiskWatch(clock: clock) { line in lines.withLock { $0.append(line) } }
        /// The lines of `seconds`, in which it is asked every two.
        func count(for seconds: Int64, free: Int64) -> Int {
            lines.withLock { $0 = [] }
            for _ in 0..<(seconds / 2) {
                watch.check { DiskSpace(total: 1000, free: free, used: 1000 - free) }
                clock.advance(by: 2)
            }
            return lines.withLock { $0.count }
        }
        #expect(count(for: 60, free: 500) == 0)
        #expect(count(for: 3600, free: 150) == 1)
        #expect(lines.withLock { $0.first?.contains("85 % full") } == true)
        #expect(count(for: 7200, free: 100) == 2)
        #expect(count(for: 60, free: 500) == 1)
        #expect(count(for: 7200, free: 500) == 0)
        #expect(count(for: 60, free: 100) == 1)
        clock.advance(by: -100_000)
        #expect(count(for: 60, free: 100) == 1)
    }

    @Test(.enabled(if: SmallDisk.isPossible))
    func `uploads stop before the disk is full, and deleting makes room again`() throws {
        try SmallDisk.with(megabytes: 16) { disk in
            // So late that every file is old enough to be collected.
            let repository = try Repository(
                directory: DataDirectory.open("\(disk)/data"), migrations: RepositoryFixture.migrations,
                clock: TestClock(4_000_000_000), log: { _ in })
            defer { repository.close() }
            var dev = try RepositoryFixture.add("dev", .developer, to: repository)
            let admin = try RepositoryFixture.add("admin", .admin, to: repository)
            func publish(_ name: String, _ megabytes: Int) throws {
                let writer = try repository.publishing.beginBlob()
                for number in 0..<(megabytes * 4) {
                    let piece = [UInt8](repeating: UInt8(number), count: 256 << 10)
                    do { try piece.withUnsafeBytes { try writer.write($0) } } catch {
                        writer.cancel()
                        throw error
                    }
                }
                let artifact = ArtifactRequest(path: try ArtifactPath("m.onnx"), blob: try writer.finish())
                let request = PublishRequest(
                    model: try ModelName(name),
                    variants: [VariantRequest(name: .default, context: [], artifacts: [artifact])],
                    uploads: [writer])
                _ = try repository.publishing.publish(request, by: dev)
            }
            try publish("demo/first", 4)
            dev = try #require(
                try repository.database.read { db in
                    Caller(
                        user: dev.user, namespaces: try NamespaceStore.memberships(of: dev.user?.id ?? ID(0), in: db),
                        token: nil)
                })
            // Its length is not known before: it is refused in the middle, with the reserve untouched.
            #expect(failure(try publish("demo/second", 20)) == .storeFull)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(disk)/data/incoming") == [])
            #expect(failure(try repository.publishing.requireRoom(for: 12 << 20)) == .storeFull)
            let filler = FileManager.default.createFile(atPath: "\(disk)/filler", contents: nil)
            let file = try #require(FileHandle(forWritingAtPath: "\(disk)/filler"))
            #expect(filler)
            while try #require(DiskSpace(of: disk)).free >= 1 << 20 { try file.write(contentsOf: Data(count: 65_536)) }
            // What adds data is refused …
            let description = try ModelDescription(title: "t")
            #expect(failure(try repository.models.create(ModelName("demo/more"), description, by: dev)) == .storeFull)
            #expect(
                failure(try repository.accounts.createUser(Username("more"), role: .viewer, by: admin)) == .storeFull)
            #expect(failure(try publish("demo/second", 1)) == .storeFull)
            #expect(failure(try repository.checkReady()) == .storeFull)
            // … and what makes room is not.
            let edit = VersionPatch(state: .withdrawn)
            _ = try repository.versions.edit(
                ModelName("demo/first"), VersionSelector("1.0.0"), edit, ifMatch: nil, by: dev)
            try repository.models.delete(ModelName("demo/first"), ifMatch: nil, by: dev)
            #expect(try repository.storage.status(for: admin).disk?.isWarning == true)
            #expect(try repository.storage.collect(grace: 0, isDryRun: false, by: admin).removed > 0)
            try publish("demo/second", 1)
            #expect(try repository.database.integrityCheck() == [])
        }
    }
}
