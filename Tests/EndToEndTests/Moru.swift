import Foundation
import JSON

/// The executable as a script runs it.
struct Moru {
    struct Result {
        let status: Int32
        let output: String
        let errors: String

        /// The one JSON document that `--json` promises.
        var json: JSONValue? { try? JSONValue(parsing: Array(output.utf8)) }
    }

    /// Beside the test bundle, whichever of the two files is running.
    static let path: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        let folder = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return folder + "/moru"
    }()

    /// Where the process keeps its settings, and nothing of who runs the test.
    let home: String
    var environment: [String: String] = [:]

    init(home: String, server: String? = nil, token: String? = nil) {
        self.home = home
        environment = ["HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        environment["MORU_SERVER"] = server
        environment["MORU_TOKEN"] = token
    }

    func start(_ arguments: [String], in folder: String? = nil) throws -> (Process, output: Pipe, errors: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: folder ?? home)
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output, errors)
    }

    /// Runs a command to its end.
    func run(_ arguments: String..., in folder: String? = nil) throws -> Result { try run(arguments, in: folder) }

    func run(_ arguments: [String], in folder: String? = nil) throws -> Result {
        let (process, output, errors) = try start(arguments, in: folder)
        let written = output.fileHandleForReading.readDataToEndOfFile()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: written, as: UTF8.self), errors: String(decoding: said, as: UTF8.self))
    }
}
