import Archive
import Foundation

/// A directory of its own for one test, and the commands that make and open archives there.
final class Workspace {
    let path: String

    init() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "moru-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        path = directory.path()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: some Collection<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    /// What `command` wrote to its standard output. Its standard error joins it.
    @discardableResult
    func run(_ command: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(filePath: path)
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8", "TZ": "UTC"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: output, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw CommandFailure(command: command, status: process.terminationStatus, output: text)
        }
        return text
    }

    @discardableResult
    func python(_ script: String) throws -> String { try run("python3", "-c", script) }

    /// Every file of the archive `name`, read by the code under test.
    func contents(of name: String, limits: ArchiveLimits = .init(maximumBytes: 1 << 30)) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        try ArchiveReader(path: file(name), limits: limits).forEach { entry in
            var bytes: [UInt8] = []
            try entry.read { bytes.append(contentsOf: $0) }
            files[entry.path] = bytes
        }
        return files
    }

    /// What reading the archive `name` throws.
    func failure(of name: String, limits: ArchiveLimits = .init(maximumBytes: 1 << 30)) -> ArchiveError? {
        do {
            _ = try contents(of: name, limits: limits)
            return nil
        } catch {
            return error as? ArchiveError
        }
    }
}

struct CommandFailure: Error {
    let command: [String]
    let status: Int32
    let output: String
}

extension ArchiveStream {
    /// The whole archive, pulled in pieces of `step` bytes.
    func allBytes(step: Int = 65_536) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: step)
        while true {
            let count = try piece.withUnsafeMutableBytes { try read(into: $0) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }
}
