import Foundation
import JSON
import RegistryClient
import Registry

/// `moru serve` over a fresh data directory, with the user `admin` and a token of theirs.
final class LiveServer: Sendable {
    let folder: TestFolder
    let url: String
    let token: String
    private let process: Process

    static let password = "correct horse battery"

    init() throws {
        folder = try TestFolder()
        let secret = folder.path + "/password"
        try Data((Self.password + "\n").utf8).write(to: URL(fileURLWithPath: secret))
        let (process, output, _) = try Moru(home: folder.path).start([
            "serve", "--data-dir", folder.path + "/data", "--listen", "127.0.0.1:0", "--admin-password-file", secret,
        ])
        self.process = process
        var line = ""
        while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            line += String(decoding: byte, as: UTF8.self)
        }
        guard let address = line.split(separator: " ").last.map({ $0.trimmingCharacters(in: .whitespacesAndNewlines) }),
            address.hasPrefix("http://")
        else { throw LiveServerError.notReady(line) }
        url = address
        let request = TokenRequest(name: "tests", scopes: [.modelRead, .modelWrite, .aliasWrite, .admin])
        token =
            try RegistryClient(server: ServerURL(address)).signIn("admin", password: Self.password, token: request)
            .secret ?? ""
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    var port: UInt16 { UInt16(url.split(separator: ":").last ?? "") ?? 0 }

    /// The command line of the admin.
    func moru(at url: String? = nil) -> Moru { Moru(home: folder.path, server: url ?? self.url, token: token) }

    var client: RegistryClient { get throws { RegistryClient(server: try ServerURL(url), token: token) } }

    /// Writes files below a new directory of the test; gives its path.
    func files(_ name: String, _ files: [String: [UInt8]]) throws -> String {
        let root = folder.path + "/" + name
        try? FileManager.default.removeItem(atPath: root)
        for (path, bytes) in files {
            let url = URL(fileURLWithPath: root + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }
        return root
    }
}

/// A directory that is removed when the test lets go of it.
final class TestFolder: Sendable {
    let path = NSTemporaryDirectory() + "moru-end-to-end-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

enum LiveServerError: Error { case notReady(String) }

/// Bytes that look random and are the same in each run.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt8(truncatingIfNeeded: state >> 32)
    }
}

/// All files below a directory, without those of Moru itself.
func tree(_ root: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in FileManager.default.subpaths(atPath: root) ?? [] where !path.hasPrefix(".moru") {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isDirectory),
            !isDirectory.boolValue
        else { continue }
        files[path] = FileManager.default.contents(atPath: root + "/" + path).map { Array($0) }
    }
    return files
}
