/// What was sent for a response, told once when the request is over.
public struct Served: Sendable, Hashable {
    /// The status that was sent, such as 200, 206 or 304.
    public let status: Int
    /// Bytes of the body that were handed to the socket.
    public let bytes: Int64
    /// Whether a HEAD was answered, so that no body was to be sent.
    public let isHead: Bool
    /// First byte and length of the part that was asked for; the whole body when there was no Range.
    public let range: Range<Int64>
    /// Whether everything that was to be sent was sent.
    public let isComplete: Bool

    public init(status: Int, bytes: Int64, isHead: Bool, range: Range<Int64>, isComplete: Bool) {
        self.status = status
        self.bytes = bytes
        self.isHead = isHead
        self.range = range
        self.isComplete = isComplete
    }
}
