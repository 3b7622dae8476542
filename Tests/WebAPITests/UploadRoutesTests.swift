import Cryptography
import Encoding
import Glibc
import HTTPServer
import JSON
import Registry
import Services
import TestSupport
import Testing
import WebAPI

/// Requests of the protocol tus 1.0.0.
struct TusClient {
    let server: TestServer
    let token: String
    static let type = "application/offset+octet-stream"

    func send(_ method: String, _ target: String, _ fields: Fields = [:], body: [UInt8]? = nil) throws -> TestResponse {
        var fields = fields
        fields.merge(missingFrom: ["Authorization": "Bearer \(token)", "Tus-Resumable": "1.0.0"])
        return try server.client.send(method, target, fields: fields, body: body)
    }

    /// The address of a new upload.
    func create(_ length: Int, _ fields: Fields = [:]) throws -> String {
        var fields = fields
        fields["Upload-Length"] = "\(length)"
        let response = try send("POST", "/api/v1/uploads", fields, body: [])
        try #require(response.status == 201, "\(response.text)")
        return try #require(response.fields["Location"])
    }

    func append(_ target: String, _ text: String, at offset: Int, _ fields: Fields = [:]) throws -> TestResponse {
        var fields = fields
        fields.merge(missingFrom: ["Content-Type": Self.type, "Upload-Offset": "\(offset)"])
        return try send("PATCH", target, fields, body: Array(text.utf8))
    }

    func offset(_ target: String) throws -> Int? {
        try send("HEAD", target).fields["Upload-Offset"].flatMap { Int($0) }
    }

    /// The id of a whole upload.
    func upload(_ text: String) throws -> String {
        let target = try create(text.utf8.count)
        if !text.isEmpty { try #require(try append(target, text, at: 0).status == 204) }
        return String(target.split(separator: "/").last ?? "")
    }
}

@Suite struct `The upload routes` {
    private let clock = TestClock()
    private let server: TestServer
    private let tus: TusClient

    init() throws {
        server = try TestServer(
            clock: clock, configure: { _, configuration in configuration.maximumUpload = 1 << 20 })
        try server.addUser("author", .developer)
        tus = TusClient(server: server, token: try server.token(for: "author"))
    }

    @Test func `say what they speak`() throws {
        let response = try server.client.send("OPTIONS", "/api/v1/uploads")
        #expect(response.status == 204)
        #expect(response.fields["Tus-Version"] == "1.0.0")
        #expect(
            response.fields["Tus-Extension"] == "creation,creation-with-upload,termination,checksum,expiration")
        #expect(response.fields["Tus-Max-Size"] == "1048576")
        #expect(response.fields["Tus-Checksum-Algorithm"] == "sha1,sha256")
        let about = try #require(try server.get("/api/v1/about").json)
        #expect(about["features"]?.array?.contains("tus") == true)
        #expect(about["limits"]?["uploads"]?.integer == 100 && about["limits"]?["uploads_seconds"] == 86_400)
    }

    @Test func `name the methods they have to one that is allowed nowhere`() throws {
        let response = try server.client.send("TRACE", "/api/v1/uploads")
        #expect(response.status == 405)
        #expect(response.fields["Allow"] == "GET, HEAD, POST, OPTIONS")
    }

    @Test func `take bytes in several requests`() throws {
        let metadata = "filename bW9kZWwub25ueA==,note"
        let target = try tus.create(10, ["Upload-Metadata": metadata])
        #expect(try tus.offset(target) == 0)
        let first = try tus.append(target, "01234", at: 0)
        #expect(first.status == 204, "\(first.text)")
        #expect(first.fields["Upload-Offset"] == "5" && first.fields["Tus-Resumable"] == "1.0.0")
        #expect(first.fields["Upload-Expires"] == "Sat, 16 Jan 2027 08:00:00 GMT")
        let head = try tus.send("HEAD", target)
        #expect(head.status == 200 && head.fields["Cache-Control"] == "no-store")
        #expect(head.fields["Upload-Offset"] == "5" && head.fields["Upload-Length"] == "10")
        #expect(head.fields["Upload-Metadata"] == metadata && head.fields["Tus-Resumable"] == "1.0.0")
        #expect(try tus.append(target, "56789", at: 5).fields["Upload-Offset"] == "10")
        let json = try #require(try server.get(target, token: tus.token).json)
        #expect(json["offset"] == 10 && json["length"] == 10)
        #expect(json["digest"]?.string == "sha256:" + Hex.encode(SHA256.digest(of: "0123456789")))
        #expect(json["metadata"]?["filename"]?.string == "model.onnx" && json["metadata"]?["note"]?.string == "")
        #expect(json["expires_at"]?.string == "2027-01-16T08:00:00Z")
        #expect(try tus.append(target, "", at: 10).status == 204)
    }

    @Test func `take the first bytes with the creation`() throws {
        let fields: Fields = ["Upload-Length": "6", "Content-Type": TusClient.type]
        let response = try tus.send("POST", "/api/v1/uploads", fields, body: Array("abc".utf8))
        #expect(response.status == 201 && response.fields["Upload-Offset"] == "3", "\(response.text)")
        let target = try #require(response.fields["Location"])
        #expect(try tus.append(target, "def", at: 3).status == 204)
    }

    @Test func `have an empty upload whole at once`() throws {
        let target = try tus.create(0)
        let json = try server.get(target, token: tus.token).json
        #expect(json?["digest"]?.string == "sha256:" + Hex.encode(SHA256.digest(of: "")))
    }

    @Test(
        arguments: [
            (["Upload-Length": "x"], 400, "bad-request"), (["Upload-Length": "-1"], 400, "bad-request"),
            (["Upload-Length": "1234567890123456789"], 400, "bad-request"), ([:], 400, "bad-request"),
            (["Upload-Length": "5", "Upload-Defer-Length": "1"], 400, "bad-request"),
            (["Upload-Length": "5", "Upload-Concat": "partial"], 400, "bad-request"),
            (["Upload-Length": "5", "Upload-Metadata": "a b c"], 400, "bad-request"),
            (["Upload-Length": "5", "Upload-Metadata": "a YQ==,a YQ=="], 400, "bad-request"),
            (["Upload-Length": "5", "Upload-Metadata": "a YQ"], 400, "bad-request"),
            (["Upload-Length": "5", "Upload-Metadata": ","], 400, "bad-request"),
            (["Upload-Length": "5", "Tus-Resumable": "0.2.2"], 412, "precondition-failed"),
            (["Upload-Length": "1048577"], 413, "too-large"),
        ] as [(Fields, Int, String)])
    func `refuse what cannot begin`(fields: Fields, status: Int, code: String) throws {
        let response = try tus.send("POST", "/api/v1/uploads", fields, body: [])
        #expect(response.status == status && response.problem == code, "\(response.text)")
        #expect(response.fields["Tus-Resumable"] == "1.0.0")
        #expect(status != 412 || response.fields["Tus-Version"] == "1.0.0")
        #expect(try server.get("/api/v1/uploads", token: tus.token).json?["total"] == 0)
    }

    @Test(
        arguments: [
            (["Upload-Offset": "2"], 409, "offset-mismatch"), (["Upload-Offset": "4"], 409, "offset-mismatch"),
            (["Upload-Offset": "99"], 409, "offset-mismatch"), (["Upload-Offset": "x"], 400, "bad-request"),
            (["Content-Type": "text/plain"], 415, "unsupported-media-type"),
            (["Tus-Resumable": "2.0.0"], 412, "precondition-failed"),
            (["Upload-Checksum": "md5 AAAA"], 400, "bad-request"),
            (["Upload-Checksum": "sha256 AAAA"], 400, "bad-request"),
            (["Upload-Checksum": "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="], 460, "checksum-mismatch"),
        ] as [(Fields, Int, String)])
    func `refuse what does not go on, and keep what came before`(fields: Fields, status: Int, code: String) throws {
        let target = try tus.create(10)
        _ = try tus.append(target, "abc", at: 0)
        let response = try tus.append(target, "defgh", at: 3, fields)
        #expect(response.status == status && response.problem == code, "\(response.text)")
        #expect(response.fields["Tus-Resumable"] == "1.0.0")
        #expect(try tus.offset(target) == 3)
        #expect(try tus.append(target, "defghij", at: 3).fields["Upload-Offset"] == "10")
        #expect(
            try server.get(target, token: tus.token).json?["digest"]?.string
                == "sha256:" + Hex.encode(SHA256.digest(of: "abcdefghij")))
    }

    @Test func `refuse more than was announced`() throws {
        let target = try tus.create(4)
        #expect(try tus.append(target, "abcde", at: 0).problem == "too-large")
        let chunked = """
            PATCH \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAuthorization: Bearer \(tus.token)\r
            Tus-Resumable: 1.0.0\r\nContent-Type: \(TusClient.type)\r\nUpload-Offset: 0\r
            Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nabcde\r\n0\r\n\r\n
            """
        let answer = try server.client.exchange(Array(chunked.utf8))
        #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 413 "))
        #expect(try tus.offset(target) == 0)
        #expect(try tus.append(target, "abcd", at: 0).status == 204)
        #expect(try tus.append(target, "e", at: 4).problem == "too-large")
    }

    @Test(arguments: ["sha1", "sha256"])
    func `compare a checksum`(algorithm: String) throws {
        let target = try tus.create(6)
        _ = try tus.append(target, "ab", at: 0)
        let digest = algorithm == "sha1" ? SHA1.digest(of: "cdef") : SHA256.digest(of: "cdef")
        let fields: Fields = ["Upload-Checksum": "\(algorithm) \(Base64.encode(digest))"]
        #expect(try tus.append(target, "cdeX", at: 2, fields).status == 460)
        #expect(try tus.offset(target) == 2)
        #expect(try tus.append(target, "cdef", at: 2, fields).status == 204)
        #expect(
            try server.get(target, token: tus.token).json?["digest"]?.string
                == "sha256:" + Hex.encode(SHA256.digest(of: "abcdef")))
    }

    @Test func `end an upload`() throws {
        let target = try tus.create(4)
        #expect(try tus.send("DELETE", target).status == 204)
        for method in ["HEAD", "DELETE"] { #expect(try tus.send(method, target).status == 404) }
        #expect(try tus.append(target, "abcd", at: 0).problem == "upload-unknown")
        #expect(try tus.send("HEAD", "/api/v1/uploads/none").status == 404)
    }

    @Test func `take another method for POST`() throws {
        let target = try tus.create(3)
        let type: Fields = ["Content-Type": TusClient.type, "Upload-Offset": "0"]
        var patch = type
        patch["X-HTTP-Method-Override"] = "PATCH"
        #expect(try tus.send("POST", target, patch, body: Array("abc".utf8)).fields["Upload-Offset"] == "3")
        #expect(try tus.send("POST", target, type, body: []).status == 405)
        #expect(try tus.send("POST", target, ["X-HTTP-Method-Override": "DELETE"], body: []).status == 204)
        #expect(try tus.send("HEAD", target).status == 404)
    }

    @Test func `let an upload expire a day after its last byte`() throws {
        let target = try tus.create(6)
        clock.advance(by: 80_000)
        #expect(try tus.append(target, "abc", at: 0).status == 204)
        clock.advance(by: 86_399)
        #expect(try tus.offset(target) == 3)
        clock.advance(by: 1)
        #expect(try tus.send("HEAD", target).status == 404)
        #expect(try tus.append(target, "def", at: 3).status == 404)
        #expect(try server.get("/api/v1/uploads", token: tus.token).json?["total"] == 0)
    }

    @Test func `belong to who made them`() throws {
        let target = try tus.create(6, ["Upload-Metadata": "filename YQ=="])
        try server.addUser("other", .developer)
        for (user, sees) in [("author", false), ("other", false), ("admin", false)] {
            let stranger = TusClient(server: server, token: try server.token(for: user))
            #expect(try stranger.send("HEAD", target).status == 404, "\(user)")
            #expect(try stranger.append(target, "abc", at: 0).status == 404, "\(user)")
            #expect(try stranger.append(target, "abc", at: 3, ["Content-Type": "x/y"]).status == 404, "\(user)")
            #expect(try stranger.send("DELETE", target).status == 404, "\(user)")
            let list = try server.get("/api/v1/uploads", token: stranger.token).json
            #expect(list?["total"]?.integer == (sees ? 1 : 0), "\(user)")
        }
        let list = try #require(try server.get("/api/v1/uploads", token: tus.token).json)
        #expect(list["total"] == 1 && list["items"]?.array?.first?["metadata"]?["filename"]?.string == "a")
    }

    @Test(
        arguments: [
            ("viewer", Role.viewer, Set(Scope.allCases).subtracting([.admin]), 403),
            ("device", .device, [.modelWrite], 403), ("operator", .operator, [.modelWrite], 403),
            ("reader", .developer, [.modelRead, .aliasWrite], 403), ("writer", .developer, [.modelWrite], 201),
        ] as [(String, Role, Set<Scope>, Int)])
    func `are for who publishes`(name: String, role: Role, scopes: Set<Scope>, status: Int) throws {
        try server.addUser(name, role)
        let caller = TusClient(server: server, token: try server.token(for: name, scopes: scopes))
        let response = try caller.send("POST", "/api/v1/uploads", ["Upload-Length": "3"], body: [])
        #expect(response.status == status, "\(response.text)")
        let list = try server.get("/api/v1/uploads", token: caller.token)
        #expect(list.status == (status == 201 ? 200 : status))
        let mine = try tus.create(3)
        #expect(try caller.send("HEAD", mine).status == (status == 201 ? 404 : status))
    }

    @Test func `need credentials, and in a session its secret`() throws {
        let fields: Fields = ["Tus-Resumable": "1.0.0", "Upload-Length": "3"]
        #expect(try server.client.send("POST", "/api/v1/uploads", fields: fields, body: []).status == 401)
        #expect(try server.get("/api/v1/uploads").status == 401)
        let signedIn = try server.send(
            "POST", "/api/v1/session", json: #"{"username":"admin","password":"\#(TestServer.password)"}"#)
        var session = fields
        session["Cookie"] = String(try #require(signedIn.fields["Set-Cookie"]).prefix { $0 != ";" })
        let refused = try server.client.send("POST", "/api/v1/uploads", fields: session, body: [])
        #expect(refused.problem == "csrf-failed")
        session["X-CSRF-Token"] = try #require(signedIn.json?["csrf_token"]?.string)
        let made = try server.client.send("POST", "/api/v1/uploads", fields: session, body: [])
        #expect(made.status == 201, "\(made.text)")
        let target = try #require(made.fields["Location"])
        // A session reaches what the user's tokens have made; they do not reach its own.
        let token = try server.token(for: "admin")
        #expect(try TusClient(server: server, token: token).send("HEAD", target).status == 404)
        let second = try TusClient(server: server, token: token).create(3)
        session["Upload-Length"] = nil
        #expect(try server.client.send("HEAD", second, fields: session).status == 200)
        session["X-CSRF-Token"] = nil
        #expect(try server.client.send("DELETE", second, fields: session).problem == "csrf-failed")
    }

    @Test func `bound what one user has under way`() throws {
        for _ in 0..<4 { _ = try tus.create(1 << 20) }
        let full = try tus.send("POST", "/api/v1/uploads", ["Upload-Length": "1"], body: [])
        #expect(full.status == 409 && full.problem == "too-many-uploads", "\(full.text)")
        // An empty one takes no room, but a place.
        var made: [String] = []
        for _ in 4..<100 { made.append(try tus.create(0)) }
        #expect(try tus.send("POST", "/api/v1/uploads", ["Upload-Length": "0"], body: []).status == 409)
        #expect(try tus.send("DELETE", try #require(made.first)).status == 204)
        _ = try tus.create(0)
        try server.addUser("other", .developer)
        _ = try TusClient(server: server, token: try server.token(for: "other")).create(5)
    }
}

extension `The upload routes` {
    /// Sends the head of a request with all of `bytes` announced and some of them sent.
    private func begin(_ target: String, at offset: Int, announcing length: Int, sending text: String) throws -> Int32 {
        let socket = try server.client.open()
        let head = """
            PATCH \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAuthorization: Bearer \(tus.token)\r
            Tus-Resumable: 1.0.0\r\nContent-Type: \(TusClient.type)\r\nUpload-Offset: \(offset)\r
            Content-Length: \(length)\r\n\r\n\(text)
            """
        let bytes = Array(head.utf8)
        #expect(
            bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == bytes.count)
        return socket
    }

    /// Waits until bytes of a request are in the file, and tells how many; more than a buffer of the server were sent.
    private func arrived(of target: String) -> Int {
        let file = server.directory.path + "/data/uploads/" + (target.split(separator: "/").last ?? "")
        var status = stat()
        for _ in 0..<1000 where stat(file, &status) != 0 || status.st_size == 0 { usleep(10_000) }
        #expect(status.st_size > 0)
        return Int(status.st_size)
    }

    @Test func `keep what came of a request that broke off`() throws {
        let target = try tus.create(400_000)
        let first = String(repeating: "a", count: 300_000)
        let socket = try begin(target, at: 0, announcing: 400_000, sending: first)
        close(socket)
        let arrived = arrived(of: target)
        let offset = try #require(try tus.offset(target))
        #expect(offset >= arrived && offset <= 300_000)
        let rest = String(first.dropFirst(offset)) + String(repeating: "b", count: 100_000)
        #expect(try tus.append(target, rest, at: offset).status == 204)
        let all = first + String(repeating: "b", count: 100_000)
        #expect(
            try server.get(target, token: tus.token).json?["digest"]?.string
                == "sha256:" + Hex.encode(SHA256.digest(of: all)))
    }

    @Test func `have one request take over from another`() throws {
        let target = try tus.create(400_000)
        let socket = try begin(target, at: 0, announcing: 400_000, sending: String(repeating: "a", count: 300_000))
        defer { close(socket) }
        #expect(arrived(of: target) > 0)
        // HEAD stops the first request, wherever it is.
        let offset = try #require(try tus.offset(target))
        let rest = String(repeating: "b", count: 400_000 - offset)
        #expect(try tus.append(target, rest, at: offset).status == 204)
        // What the first one still sends is refused.
        let more = [UInt8](repeating: 0x63, count: 100_000)
        _ = more.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket, &answer, answer.count, 0)
        let said = String(decoding: answer[..<max(0, count)], as: UTF8.self)
        #expect(said.isEmpty || said.contains(" 423 "), "\(said)")
        let all = String(repeating: "a", count: offset) + rest
        #expect(
            try server.get(target, token: tus.token).json?["digest"]?.string
                == "sha256:" + Hex.encode(SHA256.digest(of: all)))
    }
}
