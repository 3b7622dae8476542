import Foundation
import JSON
import Registry
import RegistryClient
import Testing

@Suite struct `An interrupted pull` {
    private let server: LiveServer
    private let moru: Moru
    private let target: String
    private static let size = 4_000_000
    private static let first = noise(size)
    private static let second = noise(size, seed: 2)

    init() throws {
        server = try LiveServer()
        moru = server.moru()
        target = server.folder.path + "/target"
        let source = try server.files("source", ["big.bin": Self.first, "small.txt": [1]])
        #expect(try moru.run("push", source, "demo/big@1.0.0").status == 0)
    }

    @Test func `goes on after the connection was cut, and downloads nothing twice`() throws {
        let proxy = try CuttingProxy(to: server.port, cuts: [500_000, 1_500_000, 3_000_000])
        defer { proxy.stop() }
        let pulled = try server.moru(at: proxy.url).run("pull", "demo/big", "--into", target, "--json")
        #expect(pulled.status == 0, "\(pulled.errors)")
        #expect(tree(target)["big.bin"] == Self.first)
        #expect(proxy.passed < Self.size + 20_000)
    }

    /// Begins a pull and kills it when that many bytes have come; false when it ended before.
    @discardableResult
    private func killPull(through proxy: CuttingProxy, after bytes: Int) throws -> Bool {
        let before = proxy.passed
        let (process, _, _) = try server.moru(at: proxy.url).start(["pull", "demo/big", "--into", target])
        for _ in 0..<5000 where process.isRunning && proxy.passed < before + bytes { usleep(1000) }
        let isRunning = process.isRunning
        if isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return isRunning
    }

    @Test func `goes on after kill -9`() throws {
        let slow = try CuttingProxy(to: server.port, delay: 2000)
        defer { slow.stop() }
        var kills = 0
        for _ in 0..<3 {
            kills += try killPull(through: slow, after: 600_000) ? 1 : 0
            #expect(!FileManager.default.fileExists(atPath: target))
        }
        #expect(kills == 3)
        let last = try moru.run("pull", "demo/big", "--into", target, "--json")
        #expect(last.status == 0, "\(last.errors)")
        #expect(tree(target)["big.bin"] == Self.first)
        #expect((last.json?["received"]?.integer ?? 0) < Int64(Self.size - 1_000_000))
        #expect(!FileManager.default.fileExists(atPath: server.folder.path + "/.target.moru"))
    }

    @Test func `leaves the old version when a byte is damaged on the way`() throws {
        #expect(try moru.run("pull", "demo/big", "--into", target).status == 0)
        let next = try server.files("source", ["big.bin": Self.second, "small.txt": [2]])
        #expect(try moru.run("push", next, "demo/big@1.1.0").status == 0)
        let proxy = try CuttingProxy(to: server.port, damage: 2_000_000)
        defer { proxy.stop() }
        let pulled = try server.moru(at: proxy.url).run("pull", "demo/big", "--into", target)
        #expect(pulled.status == 5, "\(pulled.errors)")
        #expect(tree(target) == ["big.bin": Self.first, "small.txt": [1]])
        #expect(try moru.run("pull", "demo/big", "--into", target).status == 0)
        #expect(tree(target) == ["big.bin": Self.second, "small.txt": [2]])
    }

    @Test func `leaves the old version or the new one, whenever it is killed`() throws {
        #expect(try moru.run("pull", "demo/big", "--into", target).status == 0)
        let next = try server.files("source", ["big.bin": Self.second, "small.txt": [2]])
        #expect(try moru.run("push", next, "demo/big@1.1.0").status == 0)
        let versions = [
            ["big.bin": Self.first, "small.txt": [1]], ["big.bin": Self.second, "small.txt": [2]],
        ]
        for round in 0..<20 {
            let wanted = "demo/big@1.\(round % 2).0"
            let (process, _, _) = try moru.start(["pull", wanted, "--into", target])
            usleep(UInt32.random(in: 0..<60_000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(versions.contains(tree(target)))
        }
        #expect(try moru.run("pull", "demo/big@1.0.0", "--into", target).status == 0)
        #expect(tree(target) == versions[0])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: server.folder.path).allSatisfy { $0 != ".target.moru" })
    }

    @Test func `does not go on with the bytes of another version`() throws {
        let slow = try CuttingProxy(to: server.port, delay: 2000)
        defer { slow.stop() }
        try killPull(through: slow, after: 600_000)
        #expect(FileManager.default.fileExists(atPath: server.folder.path + "/.target.moru/partial"))
        let next = try server.files("source", ["big.bin": Self.second])
        #expect(try moru.run("push", next, "demo/big@1.1.0").status == 0)
        #expect(try moru.run("pull", "demo/big", "--into", target).status == 0)
        #expect(tree(target) == ["big.bin": Self.second])
    }

    @Test func `keeps a second one out while it works`() throws {
        let slow = try CuttingProxy(to: server.port, delay: 10_000)
        defer { slow.stop() }
        let (process, _, _) = try server.moru(at: slow.url).start(["pull", "demo/big", "--into", target])
        for _ in 0..<5000 where process.isRunning && slow.passed < 200_000 { usleep(1000) }
        let second = try moru.run("pull", "demo/big", "--into", target)
        #expect(second.status == 1)
        #expect(second.errors.contains("another pull"))
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(tree(target)["big.bin"] == Self.first)
    }
}
