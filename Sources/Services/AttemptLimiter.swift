public import Registry
import Synchronization

/// Counts failed attempts to sign in, by account and address, in memory.
///
/// An attempt counts before it is checked, so that many at once gain nothing; a success takes its count back.
final class AttemptLimiter: Sendable {
    private static let allowed = 5
    private static let window: Int64 = 15 * 60
    /// Accounts and addresses remembered; beyond it the oldest half is forgotten.
    private static let capacity = 10_000

    private let failures = Mutex<[String: [Int64]]>([:])

    /// - Throws: ``RetryLater`` when there were five failures in the last 15 minutes.
    func begin(_ account: String, _ address: String, at now: Int64) throws {
        let key = Self.key(account, address)
        try failures.withLock { failures in
            if failures.count >= Self.capacity { Self.makeRoom(&failures, now) }
            let recent = (failures[key] ?? []).filter { now - $0 < Self.window && $0 <= now }
            guard recent.count < Self.allowed else {
                failures[key] = recent
                throw RetryLater(
                    error: RegistryError(
                        .tooManyAttempts, "too many failed attempts; try again later", ko: "실패가 너무 많습니다. 나중에 다시 시도하세요"),
                    seconds: max(1, (recent.first ?? now) + Self.window - now))
            }
            failures[key] = recent + [now]
        }
    }

    /// The attempt that began last has succeeded.
    func succeed(_ account: String, _ address: String) {
        failures.withLock { _ = $0.removeValue(forKey: Self.key(account, address)) }
    }

    private static func key(_ account: String, _ address: String) -> String {
        "\(account.prefix(64).lowercased())\u{0}\(address)"
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
