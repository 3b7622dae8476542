/// Bytes that arrive in several requests, until a version is published from them.
public struct ResumableUpload: Sendable, Hashable {
    public let id: UploadID
    /// Whose it is.
    public let user: ID<User>
    /// The token that made it; nil when it was made in a portal session, or its token is gone.
    public let token: ID<Token>?
    /// Bytes that it will have.
    public let length: Int64
    /// Bytes that are on the disk: the next ones go behind them.
    public let received: Int64
    /// `Upload-Metadata`, as it was sent.
    public let metadata: String
    /// Of the whole, as far as it is known; nil until then.
    public let blob: Blob?
    /// Unix seconds.
    public let createdAt: Int64
    /// Unix seconds; when bytes came last, or when it was made.
    public let writtenAt: Int64

    public init(
        id: UploadID, user: ID<User>, token: ID<Token>?, length: Int64, received: Int64, metadata: String, blob: Blob?,
        createdAt: Int64, writtenAt: Int64
    ) {
        self.id = id
        self.user = user
        self.token = token
        self.length = length
        self.received = received
        self.metadata = metadata
        self.blob = blob
        self.createdAt = createdAt
        self.writtenAt = writtenAt
    }

    /// Whether all of its bytes have come.
    public var isComplete: Bool { received == length }

    /// Seconds after the last byte at which it ends.
    public static let lifetime: Int64 = 24 * 3600

    /// Unix seconds; from then on it does not exist any more.
    public var expiresAt: Int64 { writtenAt + Self.lifetime }
}
