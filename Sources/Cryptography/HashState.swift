import CGnuTLS
import Synchronization

/// A running hash of GnuTLS, which uses the processor's own instructions where it has them.
final class HashState: Sendable {
    /// `@unchecked Sendable` because the mutex gives the pointer to one thread at a time.
    private struct Handle: @unchecked Sendable { let raw: gnutls_hash_hd_t }

    private let handle: Mutex<Handle>
    private let byteCount: Int

    init(_ algorithm: gnutls_digest_algorithm_t) {
        var raw: gnutls_hash_hd_t?
        // It fails only without memory, where Swift itself ends the process too.
        guard gnutls_hash_init(&raw, algorithm) == 0, let raw else { fatalError("GnuTLS cannot hash") }
        handle = Mutex(Handle(raw: raw))
        byteCount = Int(gnutls_hash_get_len(algorithm))
    }

    /// A hash of the bytes that `other` has had so far, which goes on by itself.
    init(copying other: HashState) {
        byteCount = other.byteCount
        handle = other.handle.withLock { handle in
            guard let copy = gnutls_hash_copy(handle.raw) else { fatalError("GnuTLS cannot copy a hash") }
            return Mutex(Handle(raw: copy))
        }
    }

    deinit { handle.withLock { gnutls_hash_deinit($0.raw, nil) } }

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        handle.withLock { _ = gnutls_hash($0.raw, start, bytes.count) }
    }

    /// The hash of the bytes so far; a copy is finished, so more may follow.
    func finish() -> [UInt8] {
        handle.withLock { handle in
            guard let copy = gnutls_hash_copy(handle.raw) else { fatalError("GnuTLS cannot copy a hash") }
            var digest = [UInt8](repeating: 0, count: byteCount)
            gnutls_hash_deinit(copy, &digest)
            return digest
        }
    }

    static func digest(_ algorithm: gnutls_digest_algorithm_t, of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(gnutls_hash_get_len(algorithm)))
        guard gnutls_hash_fast(algorithm, bytes.baseAddress, bytes.count, &digest) == 0
        else { fatalError("GnuTLS cannot hash") }
        return digest
    }
}
