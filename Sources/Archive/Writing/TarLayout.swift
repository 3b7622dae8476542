/// What a tar puts around the contents of its members, for who makes one piece by piece: as ``ArchiveStream/tar(_:modifiedAt:)``.
public struct TarLayout: Sendable {
    private let format: TarFormat

    /// All members are dated `modifiedAt` (Unix seconds).
    public init(modifiedAt: Int64) { format = TarFormat(modifiedAt: modifiedAt) }

    /// The bytes before the contents of a member.
    ///
    /// - Throws: ``ArchiveError/unwritable(entry:)``.
    public func header(path: String, size: Int64) throws(ArchiveError) -> [UInt8] {
        var format = format
        guard size >= 0, !path.isEmpty else { throw .unwritable(entry: path) }
        return try format.header(of: ArchiveMember(path: path, size: size, file: ""), at: 0)
    }

    /// The bytes after the contents of a member of `size` bytes.
    public static func padding(after size: Int64) -> [UInt8] { TarFormat.padding(after: size) }

    /// The bytes after the last member.
    public static let end = [UInt8](repeating: 0, count: 2 * TarFormat.block)
}
