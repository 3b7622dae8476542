/// What an uploaded archive may cost to unpack.
public struct ArchiveLimits: Hashable, Sendable {
    /// Entries of every kind, directories and skipped ones too.
    public var maximumEntries: Int
    /// Bytes of all entries together, unpacked.
    public var maximumBytes: Int64
    /// Unpacked bytes for each byte of the archive, applied once more than ``ratioAllowance`` bytes are unpacked.
    public var maximumRatio: Int
    /// Bytes that any archive may unpack to, however small it is.
    public var ratioAllowance: Int64

    public init(
        maximumEntries: Int = 10_000, maximumBytes: Int64, maximumRatio: Int = 200,
        ratioAllowance: Int64 = 10 * 1024 * 1024
    ) {
        self.maximumEntries = maximumEntries
        self.maximumBytes = maximumBytes
        self.maximumRatio = maximumRatio
        self.ratioAllowance = ratioAllowance
    }

    /// - Throws: ``ArchiveError/tooLarge(limit:)`` or ``ArchiveError/ratioTooHigh(limit:)``.
    func check(unpacked: Int64, packed: Int64) throws(ArchiveError) {
        guard unpacked <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        guard unpacked > ratioAllowance else { return }
        let (most, overflow) = packed.multipliedReportingOverflow(by: Int64(maximumRatio))
        guard overflow || unpacked <= most else { throw .ratioTooHigh(limit: maximumRatio) }
    }
}
