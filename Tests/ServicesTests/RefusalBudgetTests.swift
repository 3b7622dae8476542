import Services
import Testing

@Suite struct `Refused attempts to sign in` {
    private let budget = RefusalBudget()

    /// Of each of `count` attempts that is recorded, whether it is said to be the last.
    private func recorded(_ count: Int, _ address: String, at now: Int64 = 1000) -> [Bool] {
        (0..<count).compactMap { _ in budget.take(address, at: now).map { $0 == .last } }
    }

    private func more(_ count: Int) -> [Bool] { Array(repeating: false, count: count) }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1", "::ffff:192.0.2.1"), ("2001:db8::1", "2001:db8::ffff:2"),
    ])
    func `of a network are recorded twenty times, by whichever of its addresses`(one: String, other: String) {
        #expect(recorded(12, one) == more(12))
        #expect(recorded(100, other) == more(7) + [true])
        #expect(recorded(1, one) == [])
        #expect(recorded(100, "198.51.100.1") == more(19) + [true])
    }

    @Test func `are recorded two hundred times in all`() {
        let networks = (0..<100).map { recorded(3, "192.0.2.\($0)") }
        #expect(networks.prefix(66).allSatisfy { $0 == more(3) })
        #expect(networks[66] == [false, true])
        #expect(networks.dropFirst(67).allSatisfy { $0.isEmpty })
        #expect(recorded(1, "192.0.2.0") == [])
    }

    @Test func `are recorded anew when the hour is over`() {
        #expect(recorded(30, "192.0.2.1", at: 1000) == more(19) + [true])
        #expect(recorded(30, "192.0.2.1", at: 1000 + 3599) == [])
        #expect(recorded(30, "192.0.2.1", at: 1000 + 3600) == more(19) + [true])
        #expect(recorded(30, "192.0.2.1", at: 1000 + 7199) == [])
    }

    @Test func `are recorded anew, and no longer than that, when the clock is set back`() {
        #expect(recorded(30, "192.0.2.1", at: 100_000) == more(19) + [true])
        #expect(recorded(30, "192.0.2.1", at: 99_999) == more(19) + [true])
        #expect(recorded(30, "192.0.2.1", at: 100_000) == [])
        #expect(recorded(30, "192.0.2.1", at: 99_999 + 3600) == more(19) + [true])
    }
}
