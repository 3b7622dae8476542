public import Registry

/// The bytes of artifacts and READMEs, addressed by digest. A blob is either there whole, or not at all.
///
/// Collection beside uploads stays safe by two rules: a blob is removed only inside a write transaction, and publishing
/// looks for its blobs again inside its own.
///
/// - Throws: Each function `store-full` when the disk or a quota is full, else `store-unavailable`.
public protocol BlobStore: Sendable {
    /// Opens a new incoming file.
    ///
    /// `expectedSize` is how many bytes will probably come, if known. A right guess saves a second reading.
    func begin(expectedSize: Int64?) throws -> any BlobWriter

    /// Where the blob's file is, or would be.
    func path(of digest: Digest) -> String

    /// Bytes; nil when the blob is not there.
    func size(of digest: Digest) throws -> Int64?

    /// Removes a blob; one that is not there is fine.
    func remove(_ digest: Digest) throws

    /// Keeps blobs, which may not be there yet, from collection by this process as long as the result lives.
    func pin(_ digests: some Collection<Digest>) -> BlobPin

    /// Calls `body` for every blob, in no order.
    func forEachDigest(_ body: (Digest) throws -> Void) throws

    /// Proves that bytes can be stored now.
    func checkWritable() throws
}

extension BlobStore {
    public func begin() throws -> any BlobWriter { try begin(expectedSize: nil) }

    /// Whether the blob is there.
    public func contains(_ digest: Digest) throws -> Bool { try size(of: digest) != nil }
}

/// One blob on its way in. Calls come one after the other, from any thread. One that is dropped leaves nothing behind.
///
/// - Throws: Each function `store-full` when the disk or a quota is full, else `store-unavailable`.
public protocol BlobWriter: AnyObject, Sendable {
    /// Bytes received so far.
    var size: Int64 { get }

    /// Takes the next bytes, which hold during the call only.
    func write(_ bytes: UnsafeRawBufferPointer) throws

    /// Makes the blob durable and visible under its digest. Collection by this process leaves it alone as long as the
    /// writer lives, so that it can be named.
    ///
    /// - Throws: `digest-mismatch` when the bytes are not those of `digest`; nothing is visible then.
    func finish(expecting digest: Digest?) throws -> Blob

    /// Drops what has been received.
    func cancel()
}

extension BlobWriter {
    public func finish() throws -> Blob { try finish(expecting: nil) }
}
