/// The body of a response.
public enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// A part of a file, sent by the kernel (sendfile). `size` bytes from `offset`, both of the file.
    case file(path: String, offset: Int64, size: Int64)
    case stream(any BodyStream)

    /// Bytes in all, or nil when unknown.
    public var length: Int64? {
        switch self {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, _, let size): size
        case .stream(let stream): stream.length
        }
    }
}
