import Foundation
import Testing

@Suite struct `A push of a large file` {
    private let server: LiveServer
    private let source: String
    private static let size = 30_000_000
    private static let bytes = noise(size)

    init() throws {
        server = try LiveServer()
        source = try server.files(
            "source", ["big.bin": Self.bytes, "small.txt": [1, 2, 3], "README.md": [35, 32, 65]])
    }

    private func unfinished() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: server.folder.path + "/data/uploads")
    }

    private func pulled(_ target: String) throws -> [String: [UInt8]] {
        let result = try server.moru().run("pull", "demo/big", "--into", server.folder.path + "/" + target)
        #expect(result.status == 0, "\(result.errors)")
        return tree(server.folder.path + "/" + target)
    }

    @Test func `goes on where it was after the connection was cut`() throws {
        let proxy = try CuttingProxy(to: server.port, sendCuts: [5_000_000, 14_000_000, 27_000_000])
        defer { proxy.stop() }
        let pushed = try server.moru(at: proxy.url).run("push", source, "demo/big@1.0.0", "--json")
        #expect(pushed.status == 0, "\(pushed.errors)")
        // At most one piece again for each cut.
        #expect(proxy.sent < Self.size + 3 * (8 << 20) + 100_000)
        let files = try pulled("target")
        #expect(files["big.bin"] == Self.bytes && files["small.txt"] == [1, 2, 3])
        #expect(try unfinished().isEmpty)
        let again = try server.moru().run("push", source, "demo/big@1.0.0", "--json")
        #expect(again.status == 0, "\(again.errors)")
    }

    @Test func `goes on with what a killed one has sent`() throws {
        let slow = try CuttingProxy(to: server.port, delay: 1000)
        defer { slow.stop() }
        let (process, _, _) = try server.moru(at: slow.url).start(["push", source, "demo/big@1.0.0"])
        for _ in 0..<20_000 where process.isRunning && slow.sent < 20_000_000 { usleep(1000) }
        #expect(process.isRunning)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try unfinished().count == 1)
        let proxy = try CuttingProxy(to: server.port)
        defer { proxy.stop() }
        let pushed = try server.moru(at: proxy.url).run("push", source, "demo/big@1.0.0")
        #expect(pushed.status == 0, "\(pushed.errors)")
        #expect(proxy.sent < Self.size - 15_000_000)
        #expect(try pulled("target")["big.bin"] == Self.bytes)
        #expect(try unfinished().isEmpty)
    }

    @Test func `is refused before it is sent`() throws {
        let proxy = try CuttingProxy(to: server.port)
        defer { proxy.stop() }
        var stranger = server.moru(at: proxy.url)
        stranger.environment["MORU_TOKEN"] = "mr_" + String(repeating: "A", count: 43)
        let refused = try stranger.run("push", source, "demo/big@1.0.0")
        #expect(refused.status == 4, "\(refused.errors)")
        #expect(proxy.sent < 100_000)
    }
}
