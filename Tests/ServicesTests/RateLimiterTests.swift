import Registry
import Services
import TestSupport
import Testing

@Suite struct `A rate limiter` {
    private let clock = TestClock()

    private func limiter(_ rate: Int, capacity: Int = 65_536) -> RateLimiter {
        RateLimiter(perSecond: rate, clock: clock, capacity: capacity)
    }

    private func token(_ id: Int64) -> RateLimiter.Client { .token(ID(id)) }

    /// Seconds to wait; nil when the request is allowed.
    private func wait(_ limiter: RateLimiter, _ client: RateLimiter.Client) -> Int64? {
        do {
            try limiter.count(client)
            return nil
        } catch {
            #expect(error.error.code == .rateLimited)
            return error.seconds
        }
    }

    private func allowed(_ limiter: RateLimiter, _ client: RateLimiter.Client, of count: Int) -> Int {
        (0..<count).count { _ in wait(limiter, client) == nil }
    }

    @Test(arguments: [1, 3, 7, 100, 1_000_000])
    func `allows ten seconds' worth at once, and then the rate`(rate: Int) {
        let limiter = limiter(rate)
        let sample = min(rate, 1000)
        #expect(allowed(limiter, token(1), of: min(rate * 10, 20_000)) == min(rate * 10, 20_000))
        guard rate <= 1000 else { return }
        #expect(wait(limiter, token(1)) == 1)
        for _ in 0..<5 {
            clock.advance(by: 1)
            #expect(allowed(limiter, token(1), of: sample + 5) == sample)
        }
        clock.advance(by: 3600)
        #expect(allowed(limiter, token(1), of: rate * 10 + 5) == rate * 10)
    }

    @Test func `gives back a part of a second, and says how long to wait`() {
        let limiter = limiter(4)
        #expect(allowed(limiter, token(1), of: 50) == 40)
        clock.advance(milliseconds: 249)
        #expect(wait(limiter, token(1)) == 1)
        clock.advance(milliseconds: 1)
        #expect(allowed(limiter, token(1), of: 5) == 1)
        // Refused requests cost nothing.
        for _ in 0..<1000 { _ = wait(limiter, token(1)) }
        clock.advance(milliseconds: 250)
        #expect(allowed(limiter, token(1), of: 5) == 1)
    }

    @Test func `counts each client for itself`() {
        let limiter = limiter(1)
        let clients: [RateLimiter.Client] = [
            token(1), token(2), .user(ID(1)), .user(ID(2)), .network(ClientNetwork("192.0.2.1")),
            .network(ClientNetwork("192.0.2.2")), .network(ClientNetwork("2001:db8::1")),
            .network(ClientNetwork("2001:db8:0:1::1")),
        ]
        for client in clients { #expect(allowed(limiter, client, of: 20) == 10, "\(client)") }
    }

    @Test(arguments: [
        ("2001:db8::1", "2001:DB8:0:0:ffff::2", true), ("2001:db8::1", "2001:db8:0:1::1", false),
        ("192.0.2.1", "::ffff:192.0.2.1", true), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
        ("192.0.2.1", "192.0.2.2", false), ("::1", "0.0.0.0", false), ("-", "nonsense", true),
        ("fe80::1", "fe80::2", true), ("192.0.2.1", "::c000:201", false),
    ])
    func `takes an IPv6 network, and an IPv4 address in any form, for one client`(
        one: String, other: String, isSame: Bool
    ) {
        #expect((ClientNetwork(one) == ClientNetwork(other)) == isSame)
    }

    @Test func `lets no more pass when many ask at once`() throws {
        let limiter = limiter(100)
        let passed = try concurrently(16) { index in
            (0..<1000).count { _ in (try? limiter.count(.token(ID(Int64(index % 2))))) != nil }
        }
        #expect(passed.reduce(0, +) == 2000)
    }

    @Test func `stays bounded, forgets no one who is at the limit, and shuts nobody out`() {
        let limiter = limiter(1, capacity: 1024)
        let busy = (0..<100).map { token(Int64($0)) }
        for client in busy { #expect(allowed(limiter, client, of: 11) == 10) }
        for stranger in 0..<100_000 as Range<Int64> {
            #expect(wait(limiter, token(1000 + stranger)) == nil)
        }
        #expect(limiter.remembered <= 1024)
        for client in busy { #expect(wait(limiter, client) == 1) }
    }

    @Test func `serves who is new even when all that it remembers are at the limit`() {
        let limiter = limiter(1, capacity: 64)
        for client in 0..<1000 as Range<Int64> { #expect(allowed(limiter, token(client), of: 11) == 10) }
        #expect(limiter.remembered <= 64)
        #expect(allowed(limiter, token(5000), of: 11) == 10)
    }

    @Test func `forgets whose bucket is full`() {
        let limiter = limiter(1, capacity: 64)
        for client in 0..<60 as Range<Int64> { #expect(allowed(limiter, token(client), of: 11) == 10) }
        clock.advance(by: 10)
        for client in 100..<164 as Range<Int64> { #expect(wait(limiter, token(client)) == nil) }
        #expect(limiter.remembered <= 64)
        #expect(allowed(limiter, token(0), of: 11) == 10)
    }
}
