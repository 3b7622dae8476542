import Registry
import Synchronization

/// Counts failed attempts to sign in, by account and address, and by address alone, in memory.
///
/// An attempt counts before it is checked, so that many at once gain nothing; a success takes its count back. The count
/// of an address bounds how many passwords it may try on many accounts, and how much work it may cause: checking one
/// takes a core some ten milliseconds. Nothing is counted of an account alone, or anybody could lock its owner out.
///
/// When there is no room for one more, those that are farthest from their limit are forgotten: who has reached it stays
/// known, and who is new may try, however many others there are.
package final class AttemptLimiter: Sendable {
    private enum Key: Hashable {
        case account(String, ClientNetwork)
        case network(ClientNetwork)

        var allowed: Int {
            switch self {
            case .account: 5
            // Many people may share an address.
            case .network: 100
            }
        }
    }

    private static let window: Int64 = 15 * 60

    private let capacity: Int
    /// When the attempts of the last ``window`` began, oldest first.
    private let failures = Mutex<[Key: [Int64]]>([:])

    /// Remembers at most `capacity` accounts and addresses, some 200 bytes each.
    package init(capacity: Int = 50_000) {
        self.capacity = capacity
    }

    /// - Throws: ``RetryLater`` when there were five failures of the account, or a hundred of any, from the address in the
    ///   last 15 minutes.
    package func begin(_ account: String, _ address: String, at now: Int64) throws(RetryLater) {
        let keys = Self.keys(account, address)
        let seconds = failures.withLock { failures -> Int64 in
            var recent: [[Int64]] = []
            for key in keys {
                let times = (failures[key] ?? []).filter { now - $0 < Self.window && $0 <= now }
                if times.count >= key.allowed { return max(1, times[0] + Self.window - now) }
                recent.append(times)
            }
            if failures.count + keys.count > capacity { makeRoom(in: &failures, now) }
            for (key, times) in zip(keys, recent) { failures[key] = times + [now] }
            return 0
        }
        guard seconds == 0 else {
            throw RetryLater(
                error: RegistryError(
                    .tooManyAttempts, "too many failed attempts; try again later", ko: "실패가 너무 많습니다. 나중에 다시 시도하세요"),
                seconds: seconds)
        }
    }

    /// The attempt that began last has succeeded.
    package func succeed(_ account: String, _ address: String) {
        let keys = Self.keys(account, address)
        failures.withLock { failures in
            failures[keys[0]] = nil
            _ = failures[keys[1]]?.popLast()
            if failures[keys[1]]?.isEmpty ?? false { failures[keys[1]] = nil }
        }
    }

    /// Accounts and addresses that are remembered.
    package var remembered: Int { failures.withLock { $0.count } }

    private static func keys(_ account: String, _ address: String) -> [Key] {
        let network = ClientNetwork(address)
        let name = String(decoding: account.lowercased().utf8.prefix(64), as: UTF8.self)
        return [.account(name, network), .network(network)]
    }

    private func makeRoom(in failures: inout [Key: [Int64]], _ now: Int64) {
        failures = failures.filter { now - ($0.value.last ?? 0) < Self.window }
        // Room for many at once, so that it is seldom made.
        let kept = capacity / 2
        guard failures.count > kept else { return }
        let ranked = failures.map {
            (key: $0.key, rank: $0.value.count * 100 / $0.key.allowed, last: $0.value.last ?? 0)
        }
        let nearest = ranked.sorted { ($0.rank, $0.last) > ($1.rank, $1.last) }.prefix(kept)
        failures = Dictionary(uniqueKeysWithValues: nearest.map { ($0.key, failures[$0.key] ?? []) })
    }
}
