import JSON
import Testing

@Suite struct `Versions and aliases on the command line` {
    private let server: LiveServer
    private let moru: Moru

    init() throws {
        server = try LiveServer()
        moru = server.moru()
        for number in ["1.0.0", "1.1.0"] {
            let source = try server.files("source", ["a.onnx": Array(number.utf8)])
            try #require(try moru.run("push", source, "demo/pitch@\(number)", "--alias", "stable").status == 0)
        }
        let source = try server.files("source", ["a.onnx": [1, 2]])
        try #require(try moru.run("push", source, "demo/pitch@2.0.0", "--draft").status == 0)
    }

    private func run(_ line: String, _ other: Moru? = nil) throws -> Moru.Result {
        try (other ?? moru).run(line.split(separator: " ").map(String.init))
    }

    /// The cells of the lines that a program reads.
    private func cells(_ line: String) throws -> [[String]] {
        let result = try run(line)
        #expect(result.status == 0, "\(line): \(result.errors)")
        return result.output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func `show where an alias has pointed, and go one step back`() throws {
        let back = try run("alias rollback demo/pitch stable")
        #expect(back.status == 0 && back.output == "demo/pitch@stable is 1.0.0 again\n", "\(back.errors)")
        let again = try run("alias rollback demo/pitch stable --json")
        #expect(again.json?["version"] == "1.1.0" && again.json?["alias"] == "stable")
        #expect(try run("alias remove demo/pitch stable").status == 0)
        let lines = try cells("alias history demo/pitch stable")
        #expect(lines.map { $0[0] } == ["-", "1.1.0", "1.0.0", "1.1.0", "1.0.0"])
        #expect(lines.allSatisfy { $0.count == 3 && $0[1].hasSuffix("Z") && $0[2] == "admin" })
        #expect(try run("alias history demo/pitch stable --json").json?["items"]?.array?.count == 5)
    }

    @Test func `withdraw a version that aliases name only with another for them`() throws {
        #expect(try run("alias set demo/pitch production 1.1.0").status == 0)
        let refused = try run("version withdraw demo/pitch@1.1.0")
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.errors.contains("production, stable") && refused.errors.contains("--replace-with"))
        let unknown = try run("version withdraw demo/pitch@1.1.0 --replace-with 9.9.9")
        #expect(unknown.status == 3 && unknown.errors.contains("moru version list"), "\(unknown.errors)")
        let done = try run("version withdraw demo/pitch@1.1.0 --reason crashes --replace-with 1.0.0")
        #expect(done.status == 0 && done.output == "demo/pitch@1.1.0 is withdrawn\n", "\(done.errors)")
        #expect(try cells("alias list demo/pitch").allSatisfy { $0[1] == "1.0.0" })
        let back = try run("alias rollback demo/pitch stable")
        #expect(back.status == 1 && back.errors.contains("1.1.0") && back.errors.contains("withdrawn"))

        let rows = try cells("version list demo/pitch")
        #expect(rows.map { $0[0] } == ["2.0.0", "1.1.0", "1.0.0"])
        #expect(rows.map { $0[1] } == ["draft", "withdrawn", "published"])
        #expect(rows[1][4] == "" && rows[1][5] == "crashes" && rows[2][4].contains("stable"))
        #expect(try run("version publish demo/pitch@1.1.0").output == "demo/pitch@1.1.0 is published\n")
        #expect(try run("alias rollback demo/pitch stable").status == 0)
    }

    @Test func `deprecate with a reason that a pull tells`() throws {
        let done = try run("version deprecate demo/pitch@1.1.0 --reason slow --json")
        #expect(done.json?["state"] == "deprecated" && done.json?["state_reason"] == "slow")
        let into = server.folder.path + "/pulled"
        let pulled = try moru.run("pull", "demo/pitch@stable", "--into", into)
        #expect(pulled.status == 0 && pulled.errors.contains("slow"))
    }

    @Test func `publish and delete drafts, and nothing else`() throws {
        #expect(try run("version delete demo/pitch@1.0.0").status == 1)
        #expect(try run("version delete demo/pitch@2.0.0").output == "deleted demo/pitch@2.0.0\n")
        #expect(try run("version delete demo/pitch@2.0.0").status == 3)
        let source = try server.files("source", ["a.onnx": [1, 2]])
        try #require(try moru.run("push", source, "demo/pitch@2.0.0", "--draft").status == 0)
        #expect(try run("version publish demo/pitch@2.0.0 --json").json?["state"] == "published")
        #expect(try run("version delete demo/pitch@2.0.0 --json").status == 1)
    }

    @Test func `end with the code that scripts rely on`() throws {
        let nobody = Moru(home: server.folder.path, server: server.url)
        let rows: [(String, Moru, Int32)] = [
            ("version list demo/pitch", nobody, 0), ("version list demo/none", moru, 3), ("version list Demo", moru, 2),
            ("version withdraw demo/pitch", moru, 2), ("version withdraw demo/pitch@stable", moru, 2),
            ("version publish demo/pitch@9.9.9", moru, 3), ("version withdraw demo/pitch@1.0.0", nobody, 4),
            ("version withdraw demo/pitch@1.0.0 --replace-with stable", moru, 2),
            ("version withdraw demo/pitch@1.0.0 --replace-with 1.0.0", moru, 1),
            ("version delete demo/pitch@2.0.0", nobody, 4), ("alias rollback demo/pitch latest", moru, 1),
            ("alias rollback demo/pitch none", moru, 3), ("alias history demo/pitch none", moru, 3),
            ("alias history demo/pitch stable", nobody, 0), ("alias rollback demo/pitch stable", nobody, 4),
            ("alias rollback demo/pitch ..", moru, 2),
        ]
        for (line, moru, status) in rows {
            let result = try run(line, moru)
            #expect(result.status == status, "\(line): \(result.errors)")
            #expect(status == 0 || result.output.isEmpty, "\(line)")
        }
    }
}
