import Foundation
import FoundationNetworking
import Testing

@Suite struct `A server without users` {
    private let folder: TestFolder
    private let file: String

    init() throws {
        folder = try TestFolder()
        file = folder.path + "/data/setup-link"
    }

    /// Starts it; gives its URL.
    private func start() throws -> (Process, url: String) {
        let (process, output, _) = try Moru(home: folder.path).start([
            "serve", "--data-dir", folder.path + "/data", "--listen", "127.0.0.1:0",
        ])
        var line = ""
        while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            line += String(decoding: byte, as: UTF8.self)
        }
        return (process, line.dropFirst("listening on ".count).trimmingCharacters(in: .newlines))
    }

    private func stop(_ process: Process) {
        process.terminate()
        process.waitUntilExit()
    }

    private func setUp(_ url: String, token: String) async throws -> Int? {
        var request = URLRequest(url: try #require(URL(string: url + "/api/v1/setup")))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(
            withJSONObject: ["token": token, "username": "boss", "password": "long enough password"])
        return (try await URLSession.shared.data(for: request).1 as? HTTPURLResponse)?.statusCode
    }

    @Test func `leaves its set-up link in the data directory while it runs and needs it`() async throws {
        let (first, _) = try start()
        let void = try String(contentsOfFile: file, encoding: .utf8)
        stop(first)
        #expect(!FileManager.default.fileExists(atPath: file))

        let (second, url) = try start()
        defer { stop(second) }
        let link = try String(contentsOfFile: file, encoding: .utf8)
        #expect(link != void && link.hasPrefix("\(url)/setup#"))
        let token = try #require(link.trimmingCharacters(in: .newlines).split(separator: "#").last)
        #expect(try await setUp(url, token: String(token)) == 201)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func `is set up from the command line with its link, once`() throws {
        let (server, url) = try start()
        defer { stop(server) }
        let link = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
        try Data("long enough password\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/password"))
        let password = ["--password-file", folder.path + "/password"]
        let moru = Moru(home: folder.path)
        let wrong = try moru.run(["login", "\(url)/setup#wrong"] + password)
        #expect(wrong.status == 4 && wrong.errors.contains("ask for a new one"), "\(wrong.errors)")
        #expect(try moru.run(["login", link, "--token-file", "x"]).status == 2)
        let login = try moru.run(["login", link, "--scopes", "admin"] + password)
        #expect(login.output == "signed in to \(url) as admin\n", "\(login.errors)")
        #expect(try moru.run("user", "list", "--json").status == 0)
        #expect(try moru.run(["login", link] + password).status != 0)
    }

    @Test func `says how to start beside a server that has its address`() throws {
        let (server, url) = try start()
        defer { stop(server) }
        let listen = String(url.dropFirst("http://".count))
        let second = try Moru(home: folder.path).run([
            "serve", "--data-dir", folder.path + "/other", "--listen", listen,
        ])
        #expect(second.status == 1)
        #expect(
            second.errors.contains("moru: Cannot listen on") && second.errors.contains("--listen"), "\(second.errors)")
    }
}
