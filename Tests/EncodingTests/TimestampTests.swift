import Encoding
import Testing

@Suite struct `A time` {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (1_795_486_532, "2026-11-24T02:15:32Z"),
        (-1, "1969-12-31T23:59:59Z"), (4_102_444_799, "2099-12-31T23:59:59Z"),
    ])
    func `is written and read as RFC 3339`(seconds: Int64, text: String) {
        #expect(Timestamp.rfc3339(seconds) == text)
        #expect(Timestamp.parse(text) == seconds)
    }

    @Test(arguments: [
        ("2026-11-21T11:00:00+09:00", "2026-11-21T02:00:00Z"), ("2026-11-21T02:00:00.123Z", "2026-11-21T02:00:00Z"),
    ])
    func `may carry an offset or a fraction`(text: String, utc: String) throws {
        #expect(Timestamp.rfc3339(try #require(Timestamp.parse(text))) == utc)
    }

    @Test func `may stand in the name of a file`() {
        #expect(Timestamp.basic(951_782_400) == "20000229T000000Z")
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T02:00:00",
        "2026-11-21T02:00:00.Z", "x026-11-21T02:00:00Z", "9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00+00:01",
    ])
    func `refuses what is none`(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }
}
