import CGnuTLS

/// Random bytes fit for keys and tokens.
public enum SecureRandom {
    /// `count` bytes of GnuTLS's generator for long-lived keys. Ends the process where the system has no randomness.
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        // Without the system's randomness no secret is safe: better none than a weak one.
        guard gnutls_rnd(GNUTLS_RND_KEY, &bytes, count) == 0 else { fatalError("the system has no randomness") }
        return bytes
    }
}
