public import Registry
import Synchronization

/// The blobs that collection in this process leaves alone whether or not a row names them: those of uploads that are
/// not published yet, and those that are being sent.
public final class BlobPins: Sendable {
    private let counts = Mutex<[Digest: Int]>([:])

    init() {}

    /// Pins each of `digests` until the last reference to the result is gone.
    public func pin(_ digests: some Collection<Digest>) -> BlobPin {
        counts.withLock { counts in
            for digest in digests { counts[digest, default: 0] += 1 }
        }
        return BlobPin(Array(digests), of: self)
    }

    /// Whether anything pins the blob now.
    public func contains(_ digest: Digest) -> Bool { counts.withLock { $0[digest] != nil } }

    fileprivate func release(_ digests: [Digest]) {
        counts.withLock { counts in
            for digest in digests {
                let count = (counts[digest] ?? 1) - 1
                counts[digest] = count > 0 ? count : nil
            }
        }
    }
}

/// Blobs that stay as long as this lives.
public final class BlobPin: Sendable {
    private let digests: [Digest]
    private let pins: BlobPins

    fileprivate init(_ digests: [Digest], of pins: BlobPins) {
        (self.digests, self.pins) = (digests, pins)
    }

    deinit { pins.release(digests) }
}
