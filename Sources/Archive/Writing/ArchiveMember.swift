/// A file that goes into an archive.
public struct ArchiveMember: Hashable, Sendable {
    /// Where the bytes of a member come from.
    public enum Contents: Hashable, Sendable {
        /// The path of a file, opened when its turn comes.
        case file(String)
        case bytes([UInt8])
    }

    /// UTF-8, relative, with `/` between the parts.
    public let path: String
    /// Bytes; the contents must have exactly as many.
    public let size: Int64
    /// Where its bytes come from.
    public let contents: Contents

    /// A member whose bytes are those of the file at `file`.
    public init(path: String, size: Int64, file: String) {
        self.path = path
        self.size = size
        contents = .file(file)
    }

    /// A member whose bytes are in memory, such as a README.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        size = Int64(bytes.count)
        contents = .bytes(bytes)
    }
}
