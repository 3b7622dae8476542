import Testing

/// One connection: a bad request, then a request that must never be answered.
struct BadRequest: Sendable, CustomTestStringConvertible {
    let name: String
    let statuses: [Int]
    let bytes: String

    init(_ name: String, _ bytes: String) { self.init(name, [400], bytes) }

    init(_ name: String, _ statuses: [Int], _ bytes: String) {
        self.name = name
        self.statuses = statuses
        self.bytes = bytes
    }

    var testDescription: String { name }

    static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"

    /// `GET /` with these lines after Host.
    static func get(_ name: String, _ lines: String) -> BadRequest { get(name, [400], lines) }

    static func get(_ name: String, _ statuses: [Int], _ lines: String) -> BadRequest {
        BadRequest(name, statuses, "GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n\r\n")
    }

    /// `POST /echo` with these lines after Host, and a body that is a request.
    static func post(_ name: String, _ lines: String) -> BadRequest { post(name, [400], lines) }

    static func post(_ name: String, _ statuses: [Int], _ lines: String) -> BadRequest {
        BadRequest(name, statuses, "POST /echo HTTP/1.1\r\nHost: h\r\n\(lines)\r\n\r\n")
    }

    /// `GET` of this target.
    static func target(_ name: String, _ target: String, _ statuses: [Int] = [400]) -> BadRequest {
        BadRequest(name, statuses, "GET \(target) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    }

    static let refused: [BadRequest] = [
        .post("two lengths", "Content-Length: 3\r\nContent-Length: 3"),
        .post("two different lengths", "Content-Length: 3\r\nContent-Length: 34"),
        .post("a list of lengths", "Content-Length: 3, 3"),
        .post("space before the colon of the length", "Content-Length : 34"),
        .post("tab before the colon of the length", "Content-Length\t: 34"),
        .post("a folded length", "Content-Length:\r\n 3"),
        .post("a length folded with a tab", "Content-Length:\r\n\t3"),
        .post("a near miss of a length", "Content-Length3: 34"),
        .post("a length with a hyphen", "Content-Length-: 34"),
        .post("a negative length", "Content-Length: -1"),
        .post("a length with a plus", "Content-Length: +3"),
        .post("a hexadecimal length", "Content-Length: 0x3"),
        .post("a length with a letter", "Content-Length: 3a"),
        .post("an empty length", "Content-Length:"),
        .post("a huge length", [400, 413], "Content-Length: 99999999999999999999999"),
        .post("length and chunked", "Content-Length: 3\r\nTransfer-Encoding: chunked"),
        .post("chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 3"),
        .post("gzip, chunked", "Transfer-Encoding: gzip, chunked"),
        .post("chunked, identity", "Transfer-Encoding: chunked, identity"),
        .post("identity", "Transfer-Encoding: identity"),
        .post("x-chunked", "Transfer-Encoding: xchunked"),
        .post("quoted chunked", "Transfer-Encoding: \"chunked\""),
        .post("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        .post("two different codings", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"),
        .post("space before the colon of the coding", "Transfer-Encoding : chunked"),
        .post("a folded coding", "Transfer-Encoding:\r\n chunked"),
        .post("a near miss of a coding", "Transfer-Encodings: chunked"),
        .post("an empty coding", "Transfer-Encoding:"),
        .post("vertical tab in the coding", "Transfer-Encoding: \u{B}chunked"),
        BadRequest(
            "chunked on HTTP/1.0",
            "POST /echo HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        BadRequest("no Host", "GET / HTTP/1.1\r\nAccept: x\r\n\r\n"),
        .get("two Hosts", "Host: h"),
        .get("two different Hosts", "Host: other"),
        .get("a near miss of Host", "Host2: other"),
        .get("space before the colon of Host", "Host : other"),
        BadRequest("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        BadRequest("Host with a path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n"),
        BadRequest("Host with a user", "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n"),
        BadRequest("Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        BadRequest("Host with a comma", "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n"),
        BadRequest("Host with a bad port", "GET / HTTP/1.1\r\nHost: h:8x\r\n\r\n"),
        BadRequest("Host with a long port", "GET / HTTP/1.1\r\nHost: h:123456\r\n\r\n"),
        BadRequest("Host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        .get("space in a name", "X Y: z"),
        .get("space before the colon", "X-Y : z"),
        .get("a name with a slash", "X/Y: z"),
        .get("a name with a quote", "X\"Y: z"),
        .get("a name outside ASCII", "X\u{E9}: z"),
        .get("a control byte in a name", "X\u{1}: z"),
        .get("a control byte in a value", "X: a\u{1}b"),
        .get("an escape in a value", "X: a\u{1B}[2J"),
        .get("DEL in a value", "X: a\u{7F}b"),
        .get("a line without colon", "nonsense"),
        .get("two Authorizations", "Authorization: Bearer a\r\nAuthorization: Bearer b"),
        .get("an unknown expectation", [417], "Expect: 200-ok"),
        .get("a length on GET", "Content-Length: 3"),
        .get("chunked on GET", "Transfer-Encoding: chunked"),
        .target("two slashes", "//"),
        .target("an empty segment", "/p//x"),
        .target("a dot segment", "/p/./x"),
        .target("a double dot segment", "/p/../smuggled"),
        .target("an escaped double dot segment", "/p/%2e%2E/smuggled"),
        .target("a half escaped double dot segment", "/p/.%2e/smuggled"),
        .target("a final double dot", "/p/.."),
        .target("a broken escape", "/p/%"),
        .target("a short escape", "/p/%4"),
        .target("an escape of no digits", "/p/%zz"),
        .target("an escaped NUL", "/p/a%00b/c"),
        .target("an escaped line feed", "/p/a%0Ab/c"),
        .target("a backslash", "/p/a\\b"),
        .target("an escaped backslash", "/p/a%5Cb/c"),
        .target("a fragment", "/p/a#b"),
        .target("a control byte", "/p/a\u{1}b/c"),
        .target("a hidden slash in the rest", "/p/a/b%2Fc"),
        .target("bytes that are not UTF-8", "/p/a/%FF"),
        .target("a query that is not UTF-8", "/p/a/b?q=%FF"),
        .target("a query with a broken escape", "/p/a/b?q=%4"),
        .target("no slash", "p"),
        .target("the asterisk", "*"),
        .target("an authority", "h:80"),
        .target("an absolute form without path", "http://h"),
        BadRequest("a space in the target", [400, 0], "GET /a b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest("no version", [400, 505, 0], "GET /\r\nHost: h\r\n\r\n"),
        BadRequest("version 2.0", [400, 505], "GET / HTTP/2.0\r\nHost: h\r\n\r\n"),
        BadRequest("version 1.2", [400, 505], "GET / HTTP/1.2\r\nHost: h\r\n\r\n"),
        BadRequest("version 0.9", [400, 505], "GET / HTTP/0.9\r\nHost: h\r\n\r\n"),
        BadRequest("a small version", [400, 505], "GET / http/1.1\r\nHost: h\r\n\r\n"),
        BadRequest("CONNECT", [400, 404, 405], "CONNECT h:80 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest("TRACE", [405], "TRACE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest("an unknown method", [501], "BREW / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest("a method in small letters", [501], "get / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest("a method with a slash", [400, 501], "G/T / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest(
            "a long target", [414],
            "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        BadRequest(
            "a very long target", [414], "GET /\(String(repeating: "a", count: 40_000)) HTTP/1.1\r\nHost: h\r\n\r\n"),
        .get("a large head", [431], "X: \(String(repeating: "a", count: 40_000))"),
        .get("many fields", [431], (0..<3000).map { "X\($0): y" }.joined(separator: "\r\n")),
        .post("a chunk size of no digits", [400, 0], "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0"),
        .post("a negative chunk size", [400, 0], "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0"),
        .post("a huge chunk size", [400, 413, 0], "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nabc\r\n0"),
        .post("a chunk without end", [400, 0], "Transfer-Encoding: chunked\r\n\r\n3\r\nabcGET /smuggled HTTP/1.1"),
    ]

    /// What libmicrohttpd hides from a handler. SECURITY.md lists these.
    static let invisible: [BadRequest] = [
        .get("an empty name", [200, 400], ": z"),
        .get("a folded field", [200, 400], "X: a\r\n b"),
        BadRequest("bare line feeds", [200, 400], "GET / HTTP/1.1\nHost: h\nConnection: close\n\n"),
        .get("a bare line feed that hides a field", [200, 400], "X: a\nContent-Length: 0"),
        .get("NUL in a value", [200, 400], "X: a\u{0}b"),
        BadRequest("NUL in the target", [200, 400], "GET /\u{0}x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
        .post(
            "a chunk extension", [200, 400], "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3;x=y\r\nabc\r\n0"),
        .post(
            "a field in the trailer", [200, 400],
            "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\nContent-Length: 9"),
    ]
}

@Suite struct `A malformed request` {
    @Test(arguments: BadRequest.refused)
    func `is refused, and nothing after it is answered`(bad: BadRequest) throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(bad.bytes + BadRequest.smuggled)
        let status = client.reply()?.status ?? 0
        #expect(bad.statuses.contains(status), "\(status)")
        #expect(client.isClosed())
        #expect(fixture.counter["smuggled"] == 0)
        #expect(fixture.counter["/"] + fixture.counter["echo"] == 0)
    }

    @Test(arguments: BadRequest.invisible)
    func `that cannot be seen runs a handler at most once`(bad: BadRequest) throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(bad.bytes)
        let status = client.reply()?.status ?? 0
        #expect(bad.statuses.contains(status), "\(status)")
        client.vanish()
        #expect(fixture.counter["smuggled"] == 0)
        #expect(fixture.counter["/"] + fixture.counter["echo"] <= 1)
    }

    @Test func `is told from pipelined requests, which are answered in order`() throws {
        let fixture = try EngineFixture()
        let client = try fixture.client()
        client.send(
            fixture.request("GET", "/") + fixture.request("POST", "/echo", body: "abc")
                + fixture.request("GET", "http://localhost/alphabet", ["Connection: close"]))
        #expect(client.reply()?.text == "root")
        #expect(client.reply()?.text == "abc")
        #expect(client.reply()?.text == "abcdefghijklmnopqrstuvwxyz")
        #expect(client.isClosed())
    }
}
