/// What an archive format puts around the bytes of its members.
protocol ArchiveFormat: Sendable {
    /// Whether ``trailer(crc:)`` uses the CRC-32 of the contents.
    var needsChecksum: Bool { get }

    /// The bytes before the contents of `member`, which begin `offset` bytes into the archive.
    mutating func header(of member: ArchiveMember, at offset: Int64) throws(ArchiveError) -> [UInt8]

    /// The bytes after the contents of the last member; their number does not depend on `crc`.
    mutating func trailer(crc: UInt32) -> [UInt8]

    /// The bytes after all members.
    func end(at offset: Int64) -> [UInt8]
}
