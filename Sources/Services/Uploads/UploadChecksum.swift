import Cryptography

/// What the bytes of one request should be, as its sender says.
public struct UploadChecksum: Sendable {
    /// The algorithms that are known.
    public enum Algorithm: String, Sendable, CaseIterable {
        case sha1, sha256

        /// Bytes of a digest.
        public var byteCount: Int { self == .sha1 ? SHA1.byteCount : SHA256.byteCount }
    }

    private enum Running { case sha1(SHA1), sha256(SHA256) }

    private let expected: [UInt8]
    private let running: Running

    /// `expected` is a digest of the algorithm.
    public init(_ algorithm: Algorithm, _ expected: [UInt8]) {
        self.expected = expected
        running = algorithm == .sha1 ? .sha1(SHA1()) : .sha256(SHA256())
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        switch running {
        case .sha1(let hash): hash.update(bytes)
        case .sha256(let hash): hash.update(bytes)
        }
    }

    /// Whether all bytes so far are those that were meant.
    var holds: Bool {
        switch running {
        case .sha1(let hash): hash.finish() == expected
        case .sha256(let hash): hash.finish() == expected
        }
    }
}
