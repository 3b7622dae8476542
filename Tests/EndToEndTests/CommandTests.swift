import Foundation
import JSON
import Registry
import RegistryClient
import Testing

@Suite struct `A command` {
    private let server: LiveServer
    private let moru: Moru

    init() throws {
        server = try LiveServer()
        moru = server.moru()
        let source = try server.files("source", ["a.onnx": [1]])
        #expect(
            try moru.run(
                "push", source, "demo/detector@1.0.0", "--service", "crime-prevention", "--title", "Person detector",
                "--context", "task:object-detection"
            ).status == 0)
        #expect(try moru.run("push", source, "demo/hidden@1.0.0", "--private").status == 0)
    }

    private func run(_ line: String, _ moru: Moru) throws -> Moru.Result {
        try moru.run(line.split(separator: " ").map(String.init))
    }

    @Test func `ends with the code that scripts rely on`() throws {
        let nobody = Moru(home: server.folder.path, server: server.url)
        let wrong = Moru(home: server.folder.path, server: server.url, token: "mr_wrong")
        let nowhere = Moru(home: server.folder.path, server: "http://127.0.0.1:1", token: "mr_wrong")
        let rows: [(String, Moru, Int32)] = [
            ("search", moru, 0), ("search --sort -size", moru, 0), ("search -- -format:onnx", moru, 0),
            ("help push", moru, 0), ("--version", moru, 0),
            ("--generate-completion-script bash", moru, 0),
            ("search --limit 0", moru, 2), ("bogus", moru, 2), ("pull", moru, 2), ("pull Demo/A", moru, 2),
            ("pull demo/a@..", moru, 2), ("push source demo/a@1", moru, 2), ("push nothing demo/a@1.0.0", moru, 2),
            ("search --server ftp://a", moru, 2), ("search --tag =", moru, 0), ("user set-role admin king", moru, 2),
            ("serve --rate-limit many", moru, 2), ("serve --rate-limit 1000001", moru, 2),
            ("pull demo/unknown", moru, 3), ("pull demo/detector@9.9.9", moru, 3), ("alias list demo/unknown", moru, 3),
            ("pull demo/hidden", nobody, 3), ("token revoke 999999", moru, 3), ("user remove nobody", moru, 3),
            ("push source demo/detector@1.0.1", nobody, 4), ("token list", nobody, 4), ("user list", wrong, 4),
            ("alias set demo/detector latest 1.0.0", moru, 1), ("alias set demo/detector stable 9.9.9", moru, 3),
            ("search", nowhere, 6), ("pull demo/detector", Moru(home: server.folder.path, server: "http://[::1]:1"), 6),
        ]
        for (line, moru, status) in rows {
            let result = try run(line, moru)
            #expect(result.status == status, "\(line): \(result.errors)")
            if status != 0 {
                #expect(result.output.isEmpty, "\(line)")
                #expect(status == 2 || result.errors.split(separator: "\n").count == 1, "\(line): \(result.errors)")
            }
        }
    }

    @Test(arguments: [
        ("absent.txt", "absent.txt: No such file"), ("words/bad.txt", "words/bad.txt:2: "),
        ("words", "words: it is no file"),
    ])
    func `serves nothing with a vocabulary that cannot be read`(file: String, reason: String) throws {
        _ = try server.files("words", ["bad.txt": Array("[object]\nbee".utf8)])
        let result = try run("serve --data-dir fresh --listen 127.0.0.1:0 --vocabulary \(file)", moru)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(reason), "\(result.errors)")
    }

    @Test func `writes one JSON document when it is asked to`() throws {
        for line in [
            "search --json", "search detector --json", "alias list demo/detector --json", "user list --json",
            "token list --json", "token create ci --scopes model:read --json",
            "push source demo/detector@1.0.0 --context task:object-detection --json",
            "push source demo/detector --dry-run --json", "pull demo/detector --json", "pull demo/detector --json",
            "alias set demo/detector stable 1.0.0 --json", "alias remove demo/detector stable --json",
            "user set-role admin admin --json",
        ] {
            let result = try run(line, moru)
            #expect(result.status == 0, "\(line): \(result.errors)")
            #expect(result.json?.object != nil, "\(line): \(result.output)")
            #expect(result.errors.isEmpty, "\(line): \(result.errors)")
        }
    }

    @Test func `finds by Korean words and by context`() throws {
        for line in ["search 방범", "search detector", "search --tag task:object-detection"] {
            #expect(try run(line, moru).output.hasPrefix("demo/detector\t1.0.0\t1\t"), "\(line)")
        }
        #expect(try run("search --tag task:nothing", moru).output.isEmpty)
        #expect(try run("search detectro", moru).errors == "searched for “detector”\n")
        #expect(try run("search (detector --strict", moru).status == 1)
        #expect(try run("search (detector", moru).status == 0)
        let nobody = Moru(home: server.folder.path, server: server.url)
        #expect(try !run("search", nobody).output.contains("hidden"))
        #expect(try run("search", moru).output.contains("hidden"))
    }

    @Test func `logs in, and needs no token from then on`() throws {
        let home = try server.files(
            "home", ["password": Array(LiveServer.password.utf8), "wrong": Array("nonsense".utf8)])
        let fresh = Moru(home: home)
        #expect(try run("login \(server.url) --user admin --password-file wrong", fresh).status == 4)
        #expect(try run("login \(server.url)", fresh).status == 2)
        let login = try run("login \(server.url) --user admin --password-file password --scopes admin", fresh)
        #expect(login.status == 0, "\(login.errors)")
        let path = home + "/.config/moru/credentials.json"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains(LiveServer.password))
        #expect(try run("user list", fresh).output.contains("admin"))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(try run("user list", fresh).status == 1)
    }

    @Test func `keeps a token that is given`() throws {
        let home = try server.files("home", ["token": Array((server.token + "\n").utf8), "wrong": Array("mr_x".utf8)])
        let fresh = Moru(home: home)
        #expect(try run("login \(server.url) --token-file wrong", fresh).status == 4)
        #expect(try run("token list", fresh).status != 0)
        #expect(try run("login \(server.url) --token-file token --json", fresh).json?["user"] == "admin")
        #expect(try run("token list", fresh).status == 0)
    }

    @Test func `manages users, and their passwords work`() throws {
        _ = try server.files("secrets", ["one": Array("a good password".utf8), "two": Array("a better password".utf8)])
        let secrets = server.folder.path + "/secrets"
        #expect(try run("user add kim --role developer --password-file \(secrets)/one", moru).status == 0)
        #expect(try run("user add kim --role developer --password-file \(secrets)/one", moru).status == 1)
        #expect(try run("user set-password kim --password-file \(secrets)/two", moru).status == 0)
        let home = try server.files("kim", [".keep": []])
        let kim = Moru(home: home)
        #expect(try run("login \(server.url) --user kim --password-file \(secrets)/one", kim).status == 4)
        #expect(try run("login \(server.url) --user kim --password-file \(secrets)/two", kim).status == 0)
        #expect(try run("user list", kim).status == 4)
        #expect(try run("user set-role kim viewer", moru).output == "kim is viewer\n")
        #expect(try run("user remove kim", moru).status == 0)
        #expect(try run("token list", kim).status == 4)
        #expect(try run("user remove admin", moru).status == 1)
    }

    @Test func `creates tokens that do no more than they may, and revokes them`() throws {
        let created = try run("token create reader --scopes model:read --models demo/* --expires-in 1 --json", moru)
        let secret = created.json?["token"]?.string ?? ""
        let reader = Moru(home: server.folder.path, server: server.url, token: secret)
        #expect(try run("alias list demo/hidden", reader).status == 0)
        #expect(try run("push source demo/detector@1.0.1", reader).status == 4)
        let id = created.json?["id"]?.integer.map { "\($0)" } ?? created.json?["id"]?.string ?? ""
        #expect(try run("token revoke \(id)", moru).status == 0)
        #expect(try run("alias list demo/hidden", reader).status == 4)
    }

    @Test func `moves aliases, and pulls follow them`() throws {
        let source = try server.files("source", ["a.onnx": [2]])
        #expect(try moru.run("push", source, "demo/detector@1.1.0").status == 0)
        #expect(try run("alias set demo/detector stable 1.0.0", moru).status == 0)
        let target = server.folder.path + "/target"
        #expect(try run("pull demo/detector@stable --into \(target)", moru).status == 0)
        #expect(tree(target)["a.onnx"] == [1])
        #expect(try run("alias set demo/detector stable 1.1.0", moru).status == 0)
        #expect(try run("pull demo/detector@stable --into \(target)", moru).status == 0)
        #expect(tree(target)["a.onnx"] == [2])
        #expect(try run("alias list demo/detector", moru).output.contains("stable\t1.1.0\t"))
        #expect(try run("alias remove demo/detector stable", moru).status == 0)
        #expect(try run("pull demo/detector@stable --into \(target)", moru).status == 3)
        #expect(tree(target)["a.onnx"] == [2])
    }
}
