/// Why an archive could not be read or written.
public enum ArchiveError: Error, Hashable, Sendable {
    /// Why one entry of an archive is not taken.
    public enum Refusal: String, Hashable, Sendable, CaseIterable {
        case link, special, sparse, encrypted, duplicate, absolutePath, parentPath, nameNotUTF8, nameTooLong
        case nameEmpty, compressionMethod, overlapping
    }

    /// The file is no zip and no tar, or is compressed by something other than gzip, zstd or xz.
    case unsupported
    /// The archive is truncated or corrupt; `entry` is the last name that could be read.
    case damaged(entry: String?, reason: String)
    /// An entry is of a kind, or has a name, that is never unpacked.
    case refused(entry: String, Refusal)
    case tooManyEntries(limit: Int)
    /// The archive unpacks to more than `limit` bytes.
    case tooLarge(limit: Int64)
    /// The archive unpacks to more than `limit` times its own size.
    case ratioTooHigh(limit: Int)
    /// The archive, or a file that goes into one, cannot be opened or read.
    case unreadable(path: String, errno: Int32)
    /// A file that goes into an archive has another size than was declared.
    case sizeChanged(entry: String)
    /// A member cannot be written: its name is empty or too long, or its size negative or past what the format holds.
    case unwritable(entry: String)
    /// The stream was cancelled, or failed before.
    case cancelled
}
