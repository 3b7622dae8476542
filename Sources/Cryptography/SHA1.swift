import CGnuTLS

/// SHA-1 (FIPS 180-4), for the names that git gives to blobs; never for security. Fed piece by piece. It may move between threads, and be shared.
public final class SHA1: Sendable {
    /// The length of a digest in bytes.
    public static let byteCount = 20

    private let state: HashState

    public init() { state = HashState(GNUTLS_DIG_SHA1) }

    private init(_ state: HashState) { self.state = state }

    /// Another one that has had the same bytes, and goes on by itself.
    public func copy() -> SHA1 { SHA1(HashState(copying: state)) }

    /// Takes further bytes in.
    public func update(_ bytes: UnsafeRawBufferPointer) { state.update(bytes) }

    public func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes(state.update) }

    /// The digest of all bytes so far. More may follow, for a digest further on.
    public func finish() -> [UInt8] { state.finish() }

    /// The digest of `bytes`.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        HashState.digest(GNUTLS_DIG_SHA1, of: bytes)
    }

    /// The digest of `bytes`.
    public static func digest(of bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { digest(of: $0) } }

    /// The digest of the UTF-8 of `text`.
    public static func digest(of text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
    }
}
