import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `When something fails while publishing` {
    private let fixture: RepositoryFixture

    init() throws { fixture = try RepositoryFixture() }

    @Test(arguments: FaultyBlobStore.Point.allCases, [0, 1, 2])
    func `nothing of the version is visible`(point: FaultyBlobStore.Point, calls: Int) throws {
        try fixture.publish("demo/model", "1.0.0")
        fixture.blobs.fail(at: point, after: calls, with: .storeFull)
        let code = failure(
            try fixture.publish("demo/model", "1.1.0", ["a.onnx": "a", "b.onnx": "b", "c.onnx": "c"]) {
                $0.readme = try fixture.blob("# Read me")
            })
        #expect(code == .storeFull)
        #expect(fixture.blobs.hasFailed)
        #expect(try fixture.resolve("latest") == "1.0.0")
        #expect(failure(try fixture.resolve("1.1.0")) == .versionUnknown)
        #expect(try fixture.brokenInvariants() == [])
        // The same is accepted once the fault is gone.
        #expect(try fixture.publish("demo/model", "1.1.0", ["a.onnx": "a", "b.onnx": "b", "c.onnx": "c"]).created)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `a crash between bytes and rows leaves bytes that nothing names`() throws {
        _ = try fixture.blob("orphan")
        let writer = try fixture.repository.publishing.beginBlob()
        try [1, 2, 3].withUnsafeBytes { try writer.write($0) }
        #expect(fixture.files(in: "incoming").count == 1)
        #expect(fixture.files(in: "blobs").count == 1)
        writer.cancel()
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `bytes that were collected before they were named are asked for again`() throws {
        var request = PublishRequest(
            model: try ModelName("demo/model"), variants: [try fixture.variant(["m.onnx": "m"])])
        try fixture.blobs.remove(request.variants[0].artifacts[0].blob.digest)
        #expect(failure(try fixture.repository.publishing.publish(request, by: fixture.dev)) == .storeUnavailable)
        request.variants = [try fixture.variant(["m.onnx": "m"])]
        #expect(try fixture.repository.publishing.publish(request, by: fixture.dev).created)
    }

    @Test func `an error inside the transaction takes the model and namespace back too`() throws {
        fixture.blobs.fail(at: .size)
        #expect(failure(try fixture.publish("fresh/model")) == .storeUnavailable)
        #expect(
            failure(try fixture.repository.models.get(ModelName("fresh/model"), for: fixture.admin)) == .modelUnknown)
        try fixture.publish("fresh/model", by: fixture.other)
    }

    @Test func `readiness is refused, and comes back`() throws {
        fixture.blobs.fail(at: .begin)
        #expect(failure(try fixture.repository.checkReady()) == .storeUnavailable)
        #expect(failure(try fixture.repository.checkReady()) == nil)
    }

    @Test(.enabled(if: SmallDisk.isPossible))
    func `a full disk is told as such, and the repository goes on when there is room`() throws {
        try SmallDisk.with(megabytes: 4) { disk in
            let repository = try Repository(
                directory: DataDirectory.open("\(disk)/data"), migrations: RepositoryFixture.migrations, log: { _ in })
            defer { repository.close() }
            let dev = try RepositoryFixture.add("dev", .developer, to: repository)
            func publish(_ size: Int) throws -> Bool {
                let writer = try repository.publishing.beginBlob()
                let bytes = [UInt8](repeating: UInt8(size % 251), count: size)
                try bytes.withUnsafeBytes { try writer.write($0) }
                let artifact = ArtifactRequest(path: try ArtifactPath("m.onnx"), blob: try writer.finish())
                let variant = VariantRequest(name: .default, context: [], artifacts: [artifact])
                return try repository.publishing.publish(
                    PublishRequest(model: try ModelName("demo/model"), variants: [variant]), by: dev
                ).created
            }
            #expect(try publish(1000))
            #expect(failure(try publish(8 << 20)) == .storeFull)
            #expect(try publish(1001))
            // Now the database itself cannot grow: its log is on the same disk.
            let filler = "\(disk)/filler"
            #expect(FileManager.default.createFile(atPath: filler, contents: nil))
            let file = try #require(FileHandle(forWritingAtPath: filler))
            while (try? file.write(contentsOf: Data(count: 4096))) != nil {}
            for size in 2000..<2003 { #expect(failure(try publish(size)) == .storeFull) }
            #expect(failure(try repository.checkReady()) == .storeFull)
            #expect(try repository.database.integrityCheck() == [])
            try FileManager.default.removeItem(atPath: filler)
            try file.close()
            #expect(try publish(3000))
            let versions = try repository.versions.list(ModelName("demo/model"), limit: 9, cursor: nil, for: dev).page
            #expect(versions.items.map(\.version.number.description) == ["1.0.2", "1.0.1", "1.0.0"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(disk)/data/incoming") == [])
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible))
    func `a commit that fails leaves the bytes and no row`() throws {
        try SmallDisk.with(megabytes: 2) { disk in
            let elsewhere = try DataDirectory.open(fixture.path + "/elsewhere")
            let repository = try Repository(
                directory: DataDirectory.open("\(disk)/data"), migrations: RepositoryFixture.migrations,
                blobs: DirectoryBlobStore(elsewhere), log: { _ in })
            defer { repository.close() }
            let dev = try RepositoryFixture.add("dev", .developer, to: repository)
            func publish(_ notes: Int) throws -> Bool {
                let writer = try repository.publishing.beginBlob()
                try [UInt8(1)].withUnsafeBytes { try writer.write($0) }
                let artifact = ArtifactRequest(path: try ArtifactPath("m.onnx"), blob: try writer.finish())
                let variant = VariantRequest(name: .default, context: [], artifacts: [artifact])
                var request = PublishRequest(model: try ModelName("demo/model"), variants: [variant])
                request.notes = String(repeating: "n", count: notes)
                return try repository.publishing.publish(request, by: dev).created
            }
            var published = 0
            var code: RegistryError.Code?
            for _ in 0..<200 where code == nil {
                code = failure(try publish(60_000))
                if code == nil { published += 1 }
            }
            #expect(code == .storeFull)
            #expect(published > 0)
            let list = try repository.versions.list(ModelName("demo/model"), limit: 100, cursor: nil, for: dev).page
            #expect(list.total == published)
            #expect(try repository.database.integrityCheck() == [])
        }
    }
}
