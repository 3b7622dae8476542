import Cryptography
import Glibc

/// What belongs to one thread of libmicrohttpd: its cache, its part of the access log, its request ids.
final class EventLoop: @unchecked Sendable {
    let cache: ResponseCache
    let log: AccessLog
    private var lastID: UInt64

    init(_ configuration: ServerConfiguration) {
        cache = ResponseCache(entries: configuration.cacheEntries, bytes: configuration.cacheBytes)
        log = AccessLog(configuration.log, descriptor: configuration.logDescriptor)
        lastID = SecureRandom.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Unlikely to repeat, and not to be taken for a secret (SplitMix64).
    func nextID() -> UInt64 {
        lastID &+= 0x9E37_79B9_7F4A_7C15
        var value = lastID
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
