import Services
import TestSupport
import Testing

@Suite struct `Ten thousand attempts to sign in` {
    private let limiter = AttemptLimiter()

    private func isLet(_ account: String, _ address: String, at now: Int64 = 0) -> Bool {
        (try? limiter.begin(account, address, at: now)) != nil
    }

    @Test func `at one account check five of an address`() {
        #expect((0..<10_000).count { _ in isLet("kim", "192.0.2.1") } == 5)
        #expect(isLet("kim", "192.0.2.2"))
    }

    @Test func `at many accounts check a hundred of an address`() {
        #expect((0..<10_000).count { isLet("user\($0)", "192.0.2.1") } == 100)
        #expect(isLet("kim", "192.0.2.2"))
        #expect(limiter.remembered <= 103)
    }

    @Test func `of many threads check no more`() throws {
        let passed = try concurrently(16) { [limiter] _ in
            (0..<625).count { _ in (try? limiter.begin("kim", "192.0.2.1", at: 0)) != nil }
        }
        #expect(passed.reduce(0, +) == 5)
    }

    @Test func `from many networks stay bounded, and none that is at its limit goes free`() {
        let limiter = AttemptLimiter(capacity: 1000)
        for _ in 0..<5 { try? limiter.begin("kim", "192.0.2.1", at: 0) }
        // All in the same second, as in a flood.
        for index in 0..<10_000 {
            #expect(throws: Never.self) {
                try limiter.begin("kim", "2001:db8:\(String(index, radix: 16))::1", at: 1)
            }
        }
        #expect(limiter.remembered <= 1000)
        #expect(throws: RetryLater.self) { try limiter.begin("kim", "192.0.2.1", at: 2) }
        #expect(throws: Never.self) { try limiter.begin("kim", "198.51.100.7", at: 2) }
    }

    @Test func `are forgotten after a quarter of an hour`() {
        let limiter = AttemptLimiter(capacity: 1000)
        for index in 0..<500 { try? limiter.begin("kim", "10.0.\(index / 256).\(index % 256)", at: 0) }
        #expect(limiter.remembered == 1000)
        #expect(throws: Never.self) { try limiter.begin("kim", "192.0.2.1", at: 900) }
        #expect(limiter.remembered == 2)
    }

    @Test func `take an IPv4 address in IPv6 form for itself`() {
        for _ in 0..<5 { #expect(isLet("kim", "::ffff:192.0.2.1")) }
        #expect(!isLet("kim", "192.0.2.1"))
        #expect(isLet("kim", "::ffff:192.0.2.2"))
    }
}
