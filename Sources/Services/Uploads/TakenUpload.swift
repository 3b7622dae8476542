public import Registry
import Storage

/// A whole upload whose bytes are stored as a blob, which collection leaves alone as long as this lives.
public struct TakenUpload: Sendable {
    let id: UploadID
    public let blob: Blob
    let pin: BlobPin
}
