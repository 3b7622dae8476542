import HTTPServer
import Testing

@Suite struct `A conditional request` {
    /// For a resource with the tag "abc", changed at 784111777 (Sun, 06 Nov 1994 08:49:37 GMT).
    @Test(arguments: [
        (["If-None-Match: \"abc\""], 304), (["If-None-Match: W/\"abc\""], 304), (["If-None-Match: *"], 304),
        (["If-None-Match: \"x\", \"abc\""], 304), (["If-None-Match: \"x\"", "If-None-Match: \"abc\""], 304),
        (["If-None-Match: \"x,\\\"abc\""], 200), (["If-None-Match: abc"], 200), (["If-None-Match: \"abd\""], 200),
        (["If-Match: \"abc\""], 200), (["If-Match: *"], 200), (["If-Match: W/\"abc\""], 412),
        (["If-Match: \"x\""], 412),
        (["If-Match: \"x\", \"abc\"", "If-None-Match: \"abc\""], 304),
        (["If-Match: \"x\"", "If-None-Match: \"abc\""], 412),
        (["If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"], 304),
        (["If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT"], 200), (["If-Modified-Since: yesterday"], 200),
        (["If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "If-None-Match: \"x\""], 200),
        (["If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT"], 412),
        (["If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"], 200),
        (["If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", "If-Match: \"abc\""], 200),
        (["Range: bytes=0-1", "If-None-Match: \"abc\""], 304), (["Range: bytes=0-1", "If-Match: \"x\""], 412),
        (["Range: bytes=0-1", "If-Range: \"abc\""], 206), (["Range: bytes=0-1", "If-Range: \"x\""], 200),
        (["Range: bytes=0-1", "If-Range: W/\"abc\""], 200),
        (["Range: bytes=0-1", "If-Range: Sun, 06 Nov 1994 08:49:37 GMT"], 206),
        (["Range: bytes=0-1", "If-Range: Sun, 06 Nov 1994 08:49:38 GMT"], 200),
    ]) func `is judged in the order of the standard`(fields: [String], status: Int) throws {
        let fixture = try EngineFixture()
        for method in ["GET", "HEAD"] {
            let reply = try #require(try fixture.ask(method, "/alphabet", fields + ["Accept: */*"]))
            #expect(reply.status == (method == "HEAD" && status == 206 ? 200 : status))
            if reply.status == 304 || reply.status == 200 {
                #expect(reply.field("ETag") == "\"abc\"")
                #expect(reply.field("Content-Length") == "26")
            }
        }
    }

    @Test func `by a client that negotiates nothing gets a 304 it does not wait on`() throws {
        let reply = try EngineFixture().ask("GET", "/alphabet", ["If-None-Match: \"abc\""])
        #expect(reply?.status == 304)
        #expect(reply?.field("Content-Length") == "0")
    }
}

@Suite struct `A range` {
    @Test(arguments: [
        ("bytes=0-3", "abcd", "bytes 0-3/26"), ("bytes=24-", "yz", "bytes 24-25/26"),
        ("bytes=-3", "xyz", "bytes 23-25/26"), ("bytes=20-99", "uvwxyz", "bytes 20-25/26"),
        ("bytes=-99", "abcdefghijklmnopqrstuvwxyz", "bytes 0-25/26"), ("BYTES = 1-1", "b", "bytes 1-1/26"),
        ("bytes=0-3,2-5", "abcdef", "bytes 0-5/26"), ("bytes=2-3,0-1", "abcd", "bytes 0-3/26"),
        ("bytes=0-1,50-60", "ab", "bytes 0-1/26"), ("bytes=,0-0,", "a", "bytes 0-0/26"),
    ]) func `gives that part`(range: String, body: String, contentRange: String) throws {
        let reply = try EngineFixture().ask("GET", "/alphabet", ["Range: \(range)"])
        #expect(reply?.status == 206)
        #expect(reply?.text == body)
        #expect(reply?.field("Content-Range") == contentRange)
    }

    @Test(arguments: [
        "bytes=3-2", "bytes=a-b", "bytes", "bytes=", "items=0-1", "bytes=0-1-2", "bytes=--1", "bytes=0x1-2",
        "bytes=99999999999999999999-", "bytes=0-99999999999999999999",
        "bytes=" + (0..<17).map { "\($0)-\($0)" }.joined(separator: ","),
    ]) func `that is malformed, or one of too many, gives the whole`(range: String) throws {
        let reply = try EngineFixture().ask("GET", "/alphabet", ["Range: \(range)"])
        #expect(reply?.status == 200)
        #expect(reply?.body == EngineFixture.alphabet)
    }

    @Test(arguments: ["bytes=26-", "bytes=100-200", "bytes=-0"])
    func `beyond the end is refused`(range: String) throws {
        let reply = try EngineFixture().ask("GET", "/alphabet", ["Range: \(range)"])
        #expect(reply?.status == 416)
        #expect(reply?.field("Content-Range") == "bytes */26")
    }

    @Test func `beside others comes in parts`() throws {
        let reply = try #require(try EngineFixture().ask("GET", "/alphabet", ["Range: bytes=0-1, 5-6 ,-2"]))
        #expect(reply.status == 206)
        let type = try #require(reply.field("Content-Type"))
        let boundary = try #require(type.split(separator: "boundary=").last)
        let parts = [("0-1", "ab"), ("5-6", "fg"), ("24-25", "yz")].map {
            "\r\n--\(boundary)\r\nContent-Type: text/plain\r\nContent-Range: bytes \($0)/26\r\n\r\n\($1)"
        }
        #expect(reply.text == parts.joined() + "\r\n--\(boundary)--\r\n")
    }

    @Test func `is left out for HEAD`() throws {
        let reply = try EngineFixture().ask("HEAD", "/alphabet", ["Range: bytes=0-1"])
        #expect(reply?.status == 200)
        #expect(reply?.field("Content-Length") == "26")
    }
}

@Suite struct `Compression` {
    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("deflate, gzip;q=0.5", true), ("*", true), ("x-gzip", true),
        ("gzip;q=0", false), ("gzip; q=0.000", false), ("*, gzip;q=0", false), ("*;q=0", false), ("br", false),
        ("identity", false), ("", false), ("gzip;q=0, *", false),
    ]) func `follows Accept-Encoding`(accepted: String, isCompressed: Bool) throws {
        let reply = try #require(try EngineFixture().ask("GET", "/long", ["Accept-Encoding: \(accepted)"]))
        #expect((reply.field("Content-Encoding") == "gzip") == isCompressed)
        #expect(reply.field("Vary") == "Accept-Encoding")
        #expect((reply.body.count < 500) == isCompressed)
        #expect(reply.field("ETag")?.hasSuffix("-gzip\"") == isCompressed)
    }

    @Test func `has a tag of its own`() throws {
        let fixture = try EngineFixture()
        let packed = try #require(try fixture.ask("GET", "/long", ["Accept-Encoding: gzip"])?.field("ETag"))
        let plain = try #require(try fixture.ask("GET", "/long")?.field("ETag"))
        #expect(packed != plain)
        let fields = ["If-None-Match: \(packed)"]
        #expect(try fixture.ask("GET", "/long", fields + ["Accept-Encoding: gzip"])?.status == 304)
        #expect(try fixture.ask("GET", "/long", fields)?.status == 200)
    }

    @Test(arguments: ["/alphabet", "/cached"]) func `leaves short bodies alone`(path: String) throws {
        #expect(try EngineFixture().ask("GET", path, ["Accept-Encoding: gzip"])?.field("Content-Encoding") == nil)
    }
}

@Suite struct `A date` {
    @Test(arguments: [
        (Int64(0), "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ]) func `is written and read alike`(time: Int64, text: String) {
        #expect(HTTPDate.format(time) == text)
        #expect(HTTPDate.parse(text) == time)
    }

    @Test(arguments: [
        "", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nuv 1994 08:49:37 GMT",
        "Sun, 36 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 28:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
    ]) func `in another form is not understood`(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }
}
