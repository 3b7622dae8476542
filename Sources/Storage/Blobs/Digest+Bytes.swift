import Encoding
public import Registry

extension Digest {
    /// The digest of 32 bytes.
    ///
    /// - Throws: When there are not 32.
    public init(stored bytes: [UInt8]) throws {
        self = try Storage.stored(Digest(hex: Hex.encode(bytes)), "digest")
    }

    /// The 32 bytes of SHA-256, as rows keep them.
    public var bytes: [UInt8] { Hex.decode(hex) ?? [] }
}
