import Glibc
public import Registry

/// How full a file system is.
public struct DiskSpace: Sendable, Hashable {
    /// Bytes in all.
    public let total: Int64
    /// Bytes that a user without privileges may still write.
    public let free: Int64
    /// Bytes in use, of those and ``free`` together.
    public let used: Int64

    /// From this percentage on, operators are warned.
    public static let warningPercent = 80

    public init(total: Int64, free: Int64, used: Int64) {
        (self.total, self.free, self.used) = (total, free, used)
    }

    /// The file system that holds `path`; nil when it does not tell (`statvfs(3)`).
    public init?(of path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let bytes = { (blocks: fsblkcnt_t) in
            let (product, overflow) = Int64(clamping: blocks).multipliedReportingOverflow(
                by: Int64(clamping: status.f_frsize))
            return overflow ? Int64.max : product
        }
        total = bytes(status.f_blocks)
        free = bytes(status.f_bavail)
        used = bytes(status.f_blocks - min(status.f_bfree, status.f_blocks))
    }

    /// As `df` shows it: of what users without privileges can have, rounded up.
    public var usedPercent: Int {
        let whole = Double(used) + Double(free)
        return whole > 0 ? min(100, Int((Double(used) * 100 / whole).rounded(.up))) : 0
    }

    /// Whether operators should be warned.
    public var isWarning: Bool { usedPercent >= Self.warningPercent }

    /// Bytes that stay free for the database, so that deleting, withdrawing and collecting go on when all else is
    /// refused: a sixteenth of the file system, at most 64 MiB.
    public var reserve: Int64 { min(64 << 20, total / 16) }

    /// - Throws: `store-full` when `bytes` more would leave less than ``reserve``.
    public func requireRoom(for bytes: Int64 = 0) throws(RegistryError) {
        let (needed, overflow) = bytes.addingReportingOverflow(reserve)
        guard !overflow, free >= needed else {
            throw RegistryError(
                .storeFull, "the server has no room left but a reserve; delete what is not needed, or ask its operator",
                ko: "서버에 예비 공간만 남았습니다. 필요 없는 것을 지우거나 운영자에게 문의하세요")
        }
    }
}

extension DataDirectory {
    /// The file system of the directory; nil when it does not tell.
    public var disk: DiskSpace? { DiskSpace(of: path) }

    /// - Throws: `store-full` when `bytes` more would leave less than the reserve; see ``DiskSpace/reserve``.
    public func requireRoom(for bytes: Int64 = 0) throws(RegistryError) { try disk?.requireRoom(for: bytes) }
}
