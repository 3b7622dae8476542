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

/// The 16 hexadecimal digits of a request id.
enum RequestID {
    static func write(_ id: UInt64, to target: UnsafeMutableRawPointer) {
        for index in 0..<16 {
            let nibble = UInt8(truncatingIfNeeded: id >> UInt64(60 - 4 * index)) & 15
            target.storeBytes(of: nibble < 10 ? 0x30 + nibble : 0x57 + nibble, toByteOffset: index, as: UInt8.self)
        }
    }

    static func text(_ id: UInt64) -> String {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            write(id, to: base)
            return UnsafeRawBufferPointer(buffer).text
        }
    }
}
