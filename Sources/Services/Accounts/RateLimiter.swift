public import Registry
import Synchronization

/// Bounds how many requests a second each client may send, in memory.
///
/// A bucket of ``burstSeconds`` times the rate fills at the rate; a request takes one from it. All that is kept of a bucket
/// is when it will be full (the generic cell rate algorithm, ITU-T I.371), so a bucket that is full need not be kept.
/// When there is no room for one more, the fullest buckets are forgotten, which gives back the least: a client that has
/// used up its bucket stays known, and one that is new is served, however many others there are.
public final class RateLimiter: Sendable {
    /// Who is counted as one.
    public enum Client: Hashable, Sendable {
        case token(ID<Token>)
        case user(ID<User>)
        case network(ClientNetwork)
    }

    /// A bucket holds what comes in this time.
    public static let burstSeconds = 10

    /// When the buckets of some clients will be full, by ``Clock/uptime``. In parts, so that threads seldom meet.
    private final class Part: Sendable {
        let fullAt = Mutex<[Client: Int64]>([:])
    }

    private let parts: [Part]
    private let capacityOfPart: Int
    /// Nanoseconds in which one request comes back.
    private let interval: Int64
    /// Nanoseconds in which an empty bucket fills.
    private let depth: Int64
    private let clock: any Clock

    /// - Parameters:
    ///   - rate: Requests a second, 1 to 1,000,000.
    ///   - clock: Tells the time.
    ///   - capacity: Clients that are remembered, about 50 bytes each.
    public init(perSecond rate: Int, clock: any Clock, capacity: Int = 65_536) {
        let parts = min(16, max(1, capacity / 4))
        self.parts = (0..<parts).map { _ in Part() }
        capacityOfPart = max(4, capacity / parts)
        interval = 1_000_000_000 / Int64(min(max(rate, 1), 1_000_000))
        depth = interval * Int64(min(max(rate, 1), 1_000_000) * Self.burstSeconds)
        self.clock = clock
    }

    /// Counts one request.
    ///
    /// - Throws: ``RetryLater`` with `rate-limited` when the bucket is empty; then nothing is counted.
    public func count(_ client: Client) throws(RetryLater) {
        // The dictionaries look at the other end of the hash.
        let part = parts[Int(UInt(bitPattern: client.hashValue) >> 32) % parts.count]
        let now = clock.uptime
        let missing = part.fullAt.withLock { fullAt -> Int64 in
            let known = fullAt[client]
            let full = max(known ?? now, now) + interval
            guard full - now <= depth else { return full - now - depth }
            if known == nil, fullAt.count >= capacityOfPart { makeRoom(in: &fullAt, now) }
            fullAt[client] = full
            return 0
        }
        guard missing == 0 else {
            throw RetryLater(
                error: RegistryError(
                    .rateLimited, "too many requests; try again in a moment", ko: "요청이 너무 많습니다. 잠시 뒤에 다시 시도하세요"),
                seconds: (missing + 999_999_999) / 1_000_000_000)
        }
    }

    /// Clients that are remembered.
    package var remembered: Int { parts.reduce(0) { sum, part in sum + part.fullAt.withLock { $0.count } } }

    private func makeRoom(in fullAt: inout [Client: Int64], _ now: Int64) {
        fullAt = fullAt.filter { $0.value > now }
        // Room for many at once, so that it is seldom made.
        let kept = capacityOfPart / 2
        guard fullAt.count > kept else { return }
        let emptiest = fullAt.sorted { $0.value > $1.value }.prefix(kept)
        fullAt = Dictionary(uniqueKeysWithValues: emptiest.map { ($0.key, $0.value) })
    }
}
