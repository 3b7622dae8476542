import Foundation
import HTTPServer
import Testing

@Suite struct `A streamed body` {
    private static let megabyte = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13 >> 3) }

    @Test(arguments: [0, 1, 1000, 131_072, 262_144, 1_000_000], ["", "X-Pause: 2000"])
    func `reaches its sink whole and in order`(size: Int, field: String) throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        let body = Array(Self.megabyte[..<size])
        let fields = ["Content-Length: \(size)"] + (field.isEmpty ? [] : [field])
        for _ in 0..<2 {
            client.send(fixture.request("PUT", "/sink", fields))
            client.send(body)
            let reply = client.reply()
            #expect(reply?.status == 201)
            #expect(reply?.text == "\(size) \(TestSink.sum(body))")
        }
        #expect(fixture.counter["finish"] == 2)
        #expect(fixture.counter["cancel"] == 0)
    }

    @Test func `may be chunked`() throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(fixture.request("PUT", "/sink", ["Transfer-Encoding: chunked"]))
        for start in stride(from: 0, to: 1_000_000, by: 50_000) {
            client.send("C350\r\n")
            client.send(Array(Self.megabyte[start..<(start + 50_000)]))
            client.send("\r\n")
        }
        client.send("0\r\n\r\n")
        #expect(client.reply()?.text == "1000000 \(TestSink.sum(Self.megabyte))")
    }

    @Test(arguments: [
        (["X-Limit: 300000", "Content-Length: 9000000"], 507), (["X-Refuse: 1", "Content-Length: 9000000"], 403),
        (["Content-Length: 50000001"], 413), (["X-Limit: 8999999", "Content-Length: 9000000"], 507),
    ]) func `is refused early, and the client reads why`(fields: [String], status: Int) throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(fixture.request("PUT", "/sink", fields))
        for _ in 0..<9 { client.send(Self.megabyte) }
        let reply = client.reply()
        #expect(reply?.status == status)
        #expect(reply?.text.contains("code") == true)
        client.vanish()
        #expect(fixture.counter["finish"] == 0)
        if status == 507 { #expect(fixture.counter.reaches("cancel", 1)) }
        usleep(50_000)
        #expect(fixture.counter["cancel"] == (status == 507 ? 1 : 0))
    }

    @Test(arguments: [0, 1000, 200_000, 900_000])
    func `is cancelled once when the client vanishes`(sent: Int) throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(fixture.request("PUT", "/sink", ["Content-Length: 1000000"]))
        client.send(Array(Self.megabyte[..<sent]))
        #expect(fixture.counter.reaches("sink", 1))
        client.vanish()
        #expect(fixture.counter.reaches("cancel", 1))
        usleep(50_000)
        #expect(fixture.counter["cancel"] == 1)
        #expect(fixture.counter["finish"] == 0)
    }

    @Test(arguments: ["yes", "no"]) func `of a response is cancelled once when the client vanishes`(known: String)
        throws
    {
        let fixture = try EngineFixture()
        let client = try RawClient(port: fixture.port, receiveBuffer: 4096)
        client.send(fixture.request("GET", "/stream/100000000/\(known)"))
        #expect(fixture.counter.reaches("read", 1))
        client.vanish()
        #expect(fixture.counter.reaches("cancel", 1))
        usleep(50_000)
        #expect(fixture.counter["cancel"] == 1)
    }
}

@Suite struct `Stopping` {
    @Test func `finishes what is in flight and closes what is idle`() throws {
        let fixture = try EngineFixture()
        let idle = try fixture.client()
        idle.send(fixture.request("GET", "/alphabet"))
        _ = idle.reply()
        let slow = try fixture.client()
        slow.send(fixture.request("GET", "/slow"))
        #expect(fixture.counter.reaches("slow", 1))
        let gate = fixture.gate
        Thread.detachNewThread {
            usleep(200_000)
            gate.open()
        }
        fixture.server.stop(drainSeconds: 10)
        #expect(slow.reply()?.text == "slow")
        #expect(slow.isClosed())
        #expect(idle.isClosed())
        #expect(throws: (any Error).self) { try fixture.client() }
    }

    @Test func `does not wait for ever, and cancels what it cuts`() throws {
        let fixture = try EngineFixture()
        let upload = try fixture.client()
        upload.send(fixture.request("PUT", "/sink", ["Content-Length: 1000000"]) + "abc")
        let download = try RawClient(port: fixture.port, receiveBuffer: 4096)
        download.send(fixture.request("GET", "/stream/100000000/no"))
        let slow = try fixture.client()
        slow.send(fixture.request("GET", "/slow"))
        for begun in ["slow", "sink", "read"] { #expect(fixture.counter.reaches(begun, 1)) }
        let gate = fixture.gate
        Thread.detachNewThread {
            usleep(500_000)
            gate.open()
        }
        fixture.server.stop(drainSeconds: 0)
        #expect(fixture.counter["cancel"] == 2)
        #expect(fixture.counter["finish"] == 0)
    }

    @Test func `cancels a sink that is made too late`() throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(fixture.request("PUT", "/sink", ["Content-Length: 3", "X-Wait: 1"]) + "abc")
        #expect(fixture.counter.reaches("sink", 1))
        let gate = fixture.gate
        Thread.detachNewThread {
            usleep(300_000)
            gate.open()
        }
        fixture.server.stop(drainSeconds: 0)
        #expect(fixture.counter["cancel"] == 1)
        #expect(fixture.counter["receive"] == 0)
    }

    @Test func `takes no connection while it finishes what is in flight`() throws {
        let fixture = try EngineFixture()
        let slow = try fixture.client()
        slow.send(fixture.request("GET", "/slow"))
        #expect(fixture.counter.reaches("slow", 1))
        let server = fixture.server
        Thread.detachNewThread { server.stop(drainSeconds: 10) }
        var refused = false
        for _ in 0..<500 where !refused {
            refused = try fixture.ask("GET", "/") == nil
            usleep(10_000)
        }
        #expect(refused)
        fixture.gate.open()
        #expect(slow.reply()?.text == "slow")
    }

    @Test func `goes well while connections pour in`() throws {
        for _ in 0..<10 {
            let fixture = try EngineFixture()
            let port = fixture.port
            let poured = Counter()
            for _ in 0..<2 {
                Thread.detachNewThread {
                    for _ in 0..<10_000 {
                        guard let client = try? RawClient(port: port) else { break }
                        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        poured.add("request")
                    }
                    poured.add("ended")
                }
            }
            #expect(poured.reaches("request", 4))
            fixture.server.stop(drainSeconds: 0)
            #expect(poured.reaches("ended", 2))
        }
    }

    @Test func `may be asked twice, and is not needed`() throws {
        let fixture = try EngineFixture()
        fixture.server.stop(drainSeconds: 0)
        fixture.server.stop(drainSeconds: 0)
        _ = Server(configuration: ServerConfiguration(), router: Router([]) { _, _, _ in .empty() })
    }

    @Test func `is refused a start on a port that is taken`() throws {
        let fixture = try EngineFixture()
        #expect(throws: ServerError.self) { try EngineFixture { $0.port = fixture.port } }
        #expect(throws: ServerError.self) { try EngineFixture { $0.address = "nowhere" } }
        #expect(throws: ServerError.self) { try EngineFixture { $0.trustedProxies = ["10.0.0.0/33"] } }
    }
}

@Suite struct `The sweeper` {
    @Test func `cuts a head that drips`() throws {
        let fixture = try EngineFixture {
            $0.headerDeadline = 1
            $0.idleTimeout = 20
        }
        let client = try fixture.client()
        client.send("GET /alphabet HTTP/1.1\r\n")
        for _ in 0..<40 where client.send("X: y\r\n") { usleep(100_000) }
        #expect(client.isClosed())
    }

    @Test func `cuts a request line that drips`() throws {
        let fixture = try EngineFixture { $0.idleTimeout = 1 }
        let client = try fixture.client()
        for _ in 0..<40 where client.send("G") { usleep(100_000) }
        #expect(client.isClosed())
    }

    @Test func `cuts a body that drips, and cancels its sink`() throws {
        let fixture = try EngineFixture { $0.uploadGrace = 1 }
        let client = try fixture.client()
        client.send(fixture.request("PUT", "/sink", ["Content-Length: 1000"]))
        for _ in 0..<40 where client.send("a") { usleep(100_000) }
        #expect(client.isClosed())
        #expect(fixture.counter.reaches("cancel", 1))
    }

    @Test func `spares a slow handler`() throws {
        let fixture = try EngineFixture {
            $0.headerDeadline = 1
            $0.idleTimeout = 1
        }
        let client = try fixture.client()
        client.send(fixture.request("GET", "/slow"))
        usleep(1_600_000)
        fixture.gate.open()
        #expect(client.reply()?.text == "slow")
    }
}

@Suite struct `A trusted proxy` {
    private func seen(_ fields: Fields, trusted: [String]) throws -> String {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.log = .off
        configuration.trustedProxies = trusted
        let server = Server(
            configuration: configuration,
            router: Router([Route(.get, "/", "seen") { .text("\($0.remoteAddress) \($0.isSecure)") }]) { _, _, _ in
                .empty(500)
            })
        let port = try server.start()
        defer { server.stop(drainSeconds: 0) }
        let client = try RawClient(port: port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n" + fields.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n")
        return client.reply()?.text ?? ""
    }

    @Test(arguments: [
        (["127.0.0.0/8"], "203.0.113.9", "203.0.113.9 true"), ([], "203.0.113.9", "127.0.0.1 false"),
        (["10.0.0.0/8"], "203.0.113.9", "127.0.0.1 false"),
        (["127.0.0.1"], "198.51.100.1, 203.0.113.9", "203.0.113.9 true"),
        (["127.0.0.1", "203.0.113.0/24"], "198.51.100.1, 203.0.113.9", "198.51.100.1 true"),
        (["127.0.0.1"], "2001:db8::1", "2001:db8::1 true"), (["127.0.0.1"], "nonsense", "127.0.0.1 true"),
        (["127.0.0.1"], "spoofed, <script>, 203.0.113.9", "203.0.113.9 true"),
    ]) func `names the client`(trusted: [String], forwarded: String, text: String) throws {
        let fields: Fields = ["X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"]
        #expect(try seen(fields, trusted: trusted) == text)
    }
}

@Suite struct `Static files` {
    @Test func `are served by their clean paths, with tags and gzip`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(
            at: directory.appending(path: "js"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let script = String(repeating: "export const a = 1;\n", count: 100)
        try Data("<p>home".utf8).write(to: directory.appending(path: "index.html"))
        try Data("<p>model".utf8).write(to: directory.appending(path: "model.html"))
        try Data(script.utf8).write(to: directory.appending(path: "js/app.js"))
        try Data("secret".utf8).write(to: directory.appending(path: ".hidden"))
        let files = try StaticFiles(
            directory: directory.path, fields: ["Content-Security-Policy": "default-src 'none'"],
            pages: [("/models/{ns}/{name}", "model.html"), ("/none", "none.html")])
        #expect(files.paths == ["/index.html", "/js/app.js", "/model.html"])
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.log = .off
        let server = Server(
            configuration: configuration,
            router: Router([], fallback: { try files.answer($0) }) { error, _, _ in
                .empty((error as? HTTPError)?.status ?? 500)
            })
        let port = try server.start()
        defer { server.stop(drainSeconds: 0) }
        for (path, status, type) in [
            ("/", 200, "text/html; charset=utf-8"), ("/models/a/b", 200, "text/html; charset=utf-8"),
            ("/models/a", 404, nil), ("/js/app.js", 200, "text/javascript; charset=utf-8"), ("/.hidden", 404, nil),
            ("/none", 404, nil), ("/js", 404, nil),
        ] as [(String, Int, String?)] {
            let client = try RawClient(port: port)
            client.send("GET \(path) HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n")
            let reply = try #require(client.reply())
            #expect(reply.status == status)
            if status == 200 {
                #expect(reply.field("Content-Type") == type)
                #expect(reply.field("Cache-Control") == "no-cache")
                #expect(reply.field("Content-Security-Policy") == "default-src 'none'")
                #expect(reply.field("ETag") != nil)
                #expect((reply.field("Content-Encoding") == "gzip") == (path == "/js/app.js"))
            }
        }
    }

    @Test func `need a directory`() {
        #expect(throws: ServerError.self) { try StaticFiles(directory: "/nonexistent") }
    }
}
