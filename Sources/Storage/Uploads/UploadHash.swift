import Cryptography
import Encoding
public import Registry

/// SHA-256 and git's SHA-1 of an upload whose length is known beforehand.
public struct UploadHash: Sendable {
    private let sha256: SHA256
    private let sha1: SHA1
    private let length: Int64

    public init(length: Int64) {
        self.length = length
        (sha256, sha1) = (SHA256(), SHA1())
        // git hashes the size before the bytes.
        sha1.update(Array("blob \(length)\u{0}".utf8))
    }

    private init(_ other: UploadHash) {
        (sha256, sha1, length) = (other.sha256.copy(), other.sha1.copy(), other.length)
    }

    /// Another one that has had the same bytes, and goes on by itself.
    public func copy() -> UploadHash { UploadHash(self) }

    /// Takes further bytes in.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        sha256.update(bytes)
        sha1.update(bytes)
    }

    /// What all bytes so far are, if they are all.
    ///
    /// - Throws: Never for digests of the right length.
    public func blob() throws -> Blob {
        Blob(digest: try Digest(stored: sha256.finish()), gitSHA1: Hex.encode(sha1.finish()), size: length)
    }
}
