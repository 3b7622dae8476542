import Cryptography
import Glibc
public import Registry
import Synchronization

/// Counts failed attempts to sign in, by account and address, and by address alone, in memory.
///
/// An attempt counts before it is checked, so that many at once gain nothing; a success takes its count back. The count
/// of an address bounds how many passwords it may try on many accounts, and how much work it may cause: checking one
/// takes a core some ten milliseconds.
package final class AttemptLimiter: Sendable {
    private static let allowed = 5
    /// Many people may share an address.
    private static let allowedOfAddress = 100
    private static let window: Int64 = 15 * 60
    /// Accounts and addresses remembered; beyond it the oldest half is forgotten.
    private static let capacity = 10_000

    private let failures = Mutex<[String: [Int64]]>([:])

    package init() {}

    /// - Throws: ``RetryLater`` when there were five failures of the account, or a hundred of any, from the address in the
    ///   last 15 minutes.
    package func begin(_ account: String, _ address: String, at now: Int64) throws {
        let (key, origin) = Self.keys(account, address)
        try failures.withLock { failures in
            if failures.count >= Self.capacity { Self.makeRoom(&failures, now) }
            let own = try Self.recent(failures[key], at: now, allowed: Self.allowed)
            let all = try Self.recent(failures[origin], at: now, allowed: Self.allowedOfAddress)
            failures[key] = own + [now]
            failures[origin] = all + [now]
        }
    }

    /// The attempt that began last has succeeded.
    package func succeed(_ account: String, _ address: String) {
        let (key, origin) = Self.keys(account, address)
        failures.withLock { failures in
            failures[key] = nil
            _ = failures[origin]?.popLast()
        }
    }

    private static func recent(_ times: [Int64]?, at now: Int64, allowed: Int) throws -> [Int64] {
        let recent = (times ?? []).filter { now - $0 < window && $0 <= now }
        guard recent.count >= allowed else { return recent }
        throw RetryLater(
            error: RegistryError(
                .tooManyAttempts, "too many failed attempts; try again later", ko: "실패가 너무 많습니다. 나중에 다시 시도하세요"),
            seconds: max(1, (recent.first ?? now) + window - now))
    }

    private static func keys(_ account: String, _ address: String) -> (account: String, address: String) {
        let origin = network(address)
        let name = String(decoding: account.lowercased().utf8.prefix(64), as: UTF8.self)
        return ("\(name)\u{0}\(origin)", origin)
    }

    /// Who has one IPv6 address has 2^64 of them (RFC 6177), so the first half counts as one.
    private static func network(_ address: String) -> String {
        var bytes = in6_addr()
        guard address.contains(":"), inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        return withUnsafeBytes(of: &bytes) { Hex.encode(Array($0.prefix(8))) }
    }

    private static func makeRoom(_ failures: inout [String: [Int64]], _ now: Int64) {
        failures = failures.filter { now - ($0.value.last ?? 0) < window }
        guard failures.count >= capacity else { return }
        let times = failures.values.map { $0.last ?? 0 }.sorted()
        let median = times[times.count / 2]
        failures = failures.filter { ($0.value.last ?? 0) > median }
    }
}

/// A refusal that says when to try again.
public struct RetryLater: Error, Sendable {
    public let error: RegistryError
    public let seconds: Int64
}
