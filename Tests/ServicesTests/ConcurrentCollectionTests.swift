import Foundation
import Registry
import SQLite
import Services
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct `Collection beside publishers and deleters` {
    private let fixture: RepositoryFixture

    init() throws { fixture = try RepositoryFixture() }

    /// Publishes, deletes and publishes again, with content of its own and content that all share.
    private func work(_ index: Int, accepting: Set<RegistryError.Code>) throws -> Int {
        let dev = try fixture.now(fixture.dev)
        var refused = 0
        for round in 0..<25 {
            let name = try ModelName("team/model-\(index)-\(round % 2)")
            var request = PublishRequest(model: name)
            for text in ["shared", "shared \(round % 3)", "own \(index)", "new \(index) \(round)"] {
                let writer = try fixture.repository.publishing.beginBlob()
                try Array(text.utf8).withUnsafeBytes { try writer.write($0) }
                let artifact = ArtifactRequest(
                    path: try ArtifactPath(text.replacing(" ", with: "-")), blob: try writer.finish())
                request.uploads.append(writer)
                request.variants.append(
                    VariantRequest(
                        name: try VariantName("v\(request.variants.count)"), context: [], artifacts: [artifact]))
            }
            do {
                _ = try fixture.repository.publishing.publish(request, by: dev)
            } catch let error as RegistryError where accepting.contains(error.code) {
                refused += 1
                continue
            }
            if round % 3 != 0 { try fixture.repository.models.delete(name, ifMatch: nil, by: fixture.now(dev)) }
        }
        return refused
    }

    /// Collects without grace all the while: the clock of the tests is ahead of the files' times.
    private func run(
        accepting: Set<RegistryError.Code>, _ collect: @escaping @Sendable () throws -> Void
    ) throws -> Int {
        try fixture.publish("team/first", "1.0.0")
        let isDone = Atomic(false)
        let collection = DispatchGroup()
        let failures = Mutex<[String]>([])
        collection.enter()
        Thread {
            while !isDone.load(ordering: .relaxed) {
                do { try collect() } catch { failures.withLock { $0.append("\(error)") } }
            }
            collection.leave()
        }.start()
        let refused = Result { try concurrently(6) { try work($0, accepting: accepting) } }
        isDone.store(true, ordering: .relaxed)
        collection.wait()
        #expect(failures.withLock { $0 } == [])
        #expect(try fixture.brokenInvariants() == [])
        return try refused.get().reduce(0, +)
    }

    @Test func `in the same process takes nothing that is to be published`() throws {
        let collector = fixture.repository.collector
        #expect(try run(accepting: []) { _ = try collector.collect(grace: 0) } == 0)
        _ = try collector.collect(grace: 0)
        let rows = try fixture.repository.database.read { db in try BlobIndexStore.totals(in: db).count }
        #expect(fixture.files(in: "blobs").count == Int(rows))
    }

    @Test func `in another process makes an upload be sent again at worst`() throws {
        let collector = try GarbageCollector(
            attachedTo: DataDirectory.attach(fixture.path), clock: fixture.clock, log: { _ in })
        _ = try run(accepting: [.storeUnavailable]) { _ = try collector.collect(grace: 0) }
        _ = try collector.collect(grace: 0)
        let rows = try fixture.repository.database.read { db in try BlobIndexStore.totals(in: db).count }
        #expect(fixture.files(in: "blobs").count == Int(rows))
    }
}
