import Encoding
import Testing

@Suite struct `Text in URLs` {
    @Test(arguments: [
        ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b", "a%20b"), ("사람", "%EC%82%AC%EB%9E%8C"),
        ("a/b?c#d%", "a%2Fb%3Fc%23d%25"),
    ])
    func `is percent-encoded`(plain: String, encoded: String) {
        #expect(PercentEncoding.encode(plain) == encoded)
        #expect(PercentEncoding.decode(encoded) == plain)
    }

    @Test func `keeps what the caller names`() {
        #expect(PercentEncoding.encode("a/b c", keeping: "/") == "a/b%20c")
    }

    @Test func `makes queries`() {
        #expect(PercentEncoding.query([]) == "")
        #expect(PercentEncoding.query([("q", "a&b"), ("limit", "5")]) == "?q=a%26b&limit=5")
    }

    @Test(arguments: ["%", "%4", "%zz", "%4g", "%00", "%FF", "%C3"])
    func `is not decoded when malformed`(text: String) { #expect(PercentEncoding.decode(text) == nil) }

    @Test func `has plus signs for spaces, and no NUL, in forms only`() {
        #expect(PercentEncoding.decode("a+b%2B") == "a+b+")
        #expect(PercentEncoding.decode("a+b%2B", ofForm: true) == "a b+")
        #expect(PercentEncoding.decode("a%00b%20", ofForm: true) == "a\u{FFFD}b ")
    }
}
