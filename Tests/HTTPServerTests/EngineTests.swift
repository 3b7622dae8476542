import Foundation
import HTTPServer
import Testing

@Suite struct `The engine` {
    @Test func `answers HEAD as GET, without the body`() throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        for path in ["/alphabet", "/long", "/cached", "/stream/1000/yes"] {
            client.send(fixture.request("HEAD", path))
            let head = try #require(client.reply(isHead: true))
            let get = try #require(try fixture.ask("GET", path))
            #expect(head.status == 200)
            #expect(head.field("Content-Length") == "\(get.body.count)")
            #expect(head.field("ETag") == get.field("ETag"))
        }
        client.send(fixture.request("HEAD", "/stream/1000/no"))
        #expect(client.reply(isHead: true)?.field("Content-Length") == nil)
        #expect(client.isClosed())
    }

    @Test(
        arguments: [
            ("GET", "/nothing", 404, nil), ("POST", "/alphabet", 405, "GET, HEAD, OPTIONS"),
            ("GET", "/echo", 405, "POST, OPTIONS"), ("OPTIONS", "/alphabet", 204, "GET, HEAD, OPTIONS"),
            ("OPTIONS", "*", 204, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"), ("OPTIONS", "/nothing", 404, nil),
            ("PUT", "/sink", 411, nil), ("POST", "/echo", 200, nil), ("GET", "/p/a", 404, nil),
            ("GET", "/p/a/", 404, nil),
        ] as [(String, String, Int, String?)])
    func `knows its paths and their methods`(method: String, path: String, status: Int, allow: String?) throws {
        let reply = try EngineFixture().ask(method, path)
        #expect(reply?.status == status)
        #expect(reply?.field("Allow") == allow)
        #expect(reply?.field("X-Content-Type-Options") == "nosniff")
        #expect(reply?.field("X-Request-Id")?.count == 16)
    }

    @Test(arguments: [
        ("/p/a/b", "a|b"), ("/p/a/b/c", "a|b/c"), ("/p/%EB%AA%A8/x%20y", "모|x y"), ("/p/a%2Fb/c", "a/b|c"),
        ("/p/모/델", "모|델"), ("/p/a+b/%2B", "a+b|+"), ("/p/a..b/...", "a..b|..."),
    ]) func `decodes parameters after it has split the path`(path: String, text: String) throws {
        #expect(try EngineFixture().ask("GET", path)?.text == text)
    }

    @Test(arguments: ["", "Range: bytes=0-3", "Range: bytes=0-1,4-5"])
    func `asks again when a file is gone, and says what is true by then`(field: String) throws {
        let fixture = try EngineFixture(file: "/nothing")
        let fields = field.isEmpty ? [] : [field]
        #expect(try fixture.ask("GET", "/deleted/meanwhile", fields)?.status == 404)
        #expect(fixture.counter["deleted"] == 2)
        // A file that is named again and is still missing is the server's fault.
        #expect(try fixture.ask("GET", "/deleted/by-fault", fields)?.status == 500)
        #expect(fixture.counter["deleted"] == 4)
    }

    @Test func `speaks HTTP/1.0`() throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send("GET /alphabet HTTP/1.0\r\n\r\n")
        #expect(client.reply()?.text.count == 26)
        #expect(client.isClosed())
    }

    @Test(arguments: [
        ("abc", 200), (String(repeating: "a", count: 1000), 200), (String(repeating: "a", count: 1001), 413),
    ])
    func `takes bodies up to their limit`(body: String, status: Int) throws {
        let fixture = try EngineFixture()
        #expect(try fixture.ask("POST", "/echo", body: body)?.status == status)
        let client = try fixture.client()
        let chunks = body.isEmpty ? "" : "\(String(body.count, radix: 16))\r\n\(body)\r\n"
        client.send(fixture.request("POST", "/echo", ["Transfer-Encoding: chunked"]) + chunks + "0\r\n\r\n")
        let reply = client.reply()
        #expect(reply?.status == status)
        if status == 200 { #expect(reply?.text == body) } else { #expect(client.isClosed()) }
    }

    @Test func `keeps only so many bytes of bodies in memory, and small ones always`() throws {
        let fixture = try EngineFixture { $0.bodyMemory = 400_000 }
        let body = String(repeating: "x", count: 300_000)
        let request = fixture.request("POST", "/large", body: body)
        let holding = try fixture.client()
        holding.send(String(request.dropLast(1)))
        #expect(fixture.holdsBodies(over: 250_000))
        #expect(try fixture.ask("POST", "/large", body: body)?.status == 503)
        #expect(try fixture.ask("POST", "/large", body: String(body.prefix(9000)))?.text == "9000")
        holding.send("x")
        #expect(holding.reply()?.text == "300000")
        #expect(fixture.holdsNoBodies())
        #expect(try fixture.ask("POST", "/large", body: body)?.text == "300000")
    }

    @Test func `asks for a body only when it will take it`() throws {
        let fixture = try EngineFixture()
        for (fields, status) in [([], 100), (["X-Refuse: yes"], 403)] {
            let client = try fixture.client()
            client.send(fixture.request("PUT", "/sink", ["Expect: 100-continue", "Content-Length: 3"] + fields))
            #expect(client.reply()?.status == status)
            if status == 100 {
                client.send("abc")
                #expect(client.reply()?.text == "3 \(TestSink.sum(Array("abc".utf8)))")
            } else {
                #expect(client.isClosed())
            }
        }
        #expect(fixture.counter["receive"] == 1)
    }

    @Test func `keeps an answer while nothing changes, for each caller alone`() throws {
        let fixture = try EngineFixture { $0.threads = 2 }
        let client = try fixture.client()
        func ask(_ fields: [String], isHead: Bool = false) -> RawClient.Reply? {
            client.send(fixture.request(isHead ? "HEAD" : "GET", "/cached", fields))
            return client.reply(isHead: isHead)
        }
        var ids: Set<String> = []
        for _ in 0..<5 {
            let reply = try #require(ask([]))
            #expect(reply.text == "cached -")
            ids.insert(reply.field("X-Request-Id") ?? "")
        }
        #expect(ids.count == 5)
        #expect(ask([], isHead: true)?.field("Content-Length") == "8")
        #expect(fixture.counter["cached"] == 1)
        #expect(ask(["Authorization: Bearer a"])?.text == "cached Bearer a")
        #expect(ask(["Authorization: Bearer a"])?.text == "cached Bearer a")
        #expect(fixture.counter["cached"] == 2)
        _ = ask(["Cookie: a=b"])
        #expect(fixture.counter["cached"] == 3)
        let tag = try #require(ask([])?.field("ETag"))
        #expect(ask(["If-None-Match: \(tag)", "Accept: */*"])?.field("Content-Length") == "8")
        #expect(ask(["If-None-Match: \"x\", \(tag)"])?.status == 304)
        #expect(ask(["If-None-Match: \"x\""])?.status == 200)
        #expect(fixture.counter["cached"] == 3)
        fixture.generation.add()
        #expect(ask(["If-None-Match: \(tag)"])?.status == 304)
        #expect(fixture.counter["cached"] == 4)
    }

    @Test func `sends files and parts of them`() throws {
        let bytes = (0..<100_003).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) }
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let fixture = try EngineFixture(file: path)
        for _ in 0..<2 { #expect(try fixture.ask("GET", "/file")?.body == Array(bytes[3...])) }
        #expect(try fixture.ask("GET", "/file", ["Range: bytes=10-19"])?.body == Array(bytes[13..<23]))
        let parts = try #require(try fixture.ask("GET", "/file", ["Range: bytes=0-0,50000-50009,-1"]))
        #expect(parts.status == 206)
        #expect(parts.body.firstRange(of: bytes[50_003..<50_013]) != nil)
        #expect(try fixture.ask("GET", "/file", ["If-None-Match: \"file\""])?.status == 304)
        #expect(fixture.counter.reaches("whole 100000", 2))
        #expect(fixture.counter.reaches("whole 10", 1))
        try FileManager.default.removeItem(atPath: path)
        #expect(try fixture.ask("GET", "/file")?.status == 500)
    }

    @Test(arguments: [("yes", 1_000_000), ("no", 1_000_000), ("yes", 0), ("no", 0), ("no", 65_536)])
    func `streams`(known: String, size: Int) throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        for _ in 0..<2 {
            client.send(fixture.request("GET", "/stream/\(size)/\(known)"))
            #expect(client.reply()?.body.count == size)
        }
        #expect(fixture.counter["cancel"] == 0)
    }

    @Test func `cuts a stream that fails, so that the client sees it`() throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(fixture.request("GET", "/stream/300000/fails"))
        #expect(client.reply() == nil)
    }

    @Test func `refuses slow work beyond its queue`() throws {
        let fixture = try EngineFixture {
            $0.jobThreads = 1
            $0.jobQueue = 2
        }
        let clients = try (0..<8).map { _ in try fixture.client() }
        clients[0].send(fixture.request("GET", "/slow"))
        #expect(fixture.counter.reaches("slow", 1))
        for client in clients.dropFirst() { client.send(fixture.request("GET", "/slow")) }
        #expect(try fixture.ask("GET", "/alphabet")?.status == 200)
        let refused = try #require(
            (0..<20).lazy.compactMap { _ in try? fixture.ask("GET", "/slow") }.first { $0.status == 503 })
        #expect(refused.field("Retry-After") == "1")
        fixture.gate.open()
        let statuses = clients.map { $0.reply()?.status ?? 0 }
        // One running and two waiting; a place may have gone to a probe that came before a client.
        let served = statuses.filter { $0 == 200 }.count
        #expect((2...3).contains(served))
        #expect(statuses.filter { $0 == 503 }.count == 8 - served)
    }

    @Test func `lets those who read pass those who wait for the disk`() throws {
        let fixture = try EngineFixture { $0.jobThreads = 1 }
        let client = try fixture.client()
        client.send(fixture.request("DELETE", "/slow"))
        #expect(fixture.counter.reaches("change", 1))
        #expect(try fixture.ask("GET", "/brief")?.status == 200)
        fixture.gate.open()
        #expect(client.reply()?.status == 200)
    }

    @Test func `serves a thousand connections`() throws {
        let fixture = try EngineFixture { $0.connections = 2500 }
        let clients = try (0..<1000).map { _ in try fixture.client() }
        for client in clients { client.send(fixture.request("GET", "/alphabet")) }
        #expect(clients.allSatisfy { $0.reply()?.status == 200 })
        for client in clients { client.send(fixture.request("GET", "/alphabet")) }
        #expect(clients.allSatisfy { $0.reply()?.body.count == 26 })
    }

    @Test(arguments: [ServerConfiguration.LogFormat.text, .json])
    func `writes an access log that holds no secrets and no lines of others`(
        format: ServerConfiguration.LogFormat
    ) throws {
        let pipe = Pipe()
        do {
            let fixture = try EngineFixture {
                $0.log = format
                $0.logDescriptor = pipe.fileHandleForWriting.fileDescriptor
            }
            _ = try fixture.ask(
                "GET", "/p/a/%22?a=b&access_token=mr_x&token=y\"&c=d",
                ["Authorization: Bearer mr_z", "Cookie: session=w"])
            fixture.server.stop(drainSeconds: 1)
        }
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(text.contains("/p/a/%22?a=b&access_token=***&token=***&c=d"))
        #expect(text.contains("200"))
        for secret in ["mr_x", "mr_z", "session"] { #expect(!text.contains(secret)) }
        #expect(text.split(separator: "\n").count == 1)
        if format == .json { _ = try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }
}
