import Foundation

/// A small file system in memory, mounted while `body` runs. It takes root, or a user that may mount.
public enum SmallDisk {
    public static let isPossible: Bool = (try? with(megabytes: 1) { _ in true }) ?? false

    public static func with<T>(megabytes: Int, _ body: (String) throws -> T) throws -> T {
        let directory = NSTemporaryDirectory() + "disk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { rmdir(directory) }
        guard mount("tmpfs", directory, "tmpfs", 0, "size=\(megabytes)m") == 0 else { throw POSIXError(.EPERM) }
        defer { umount2(directory, Int32(MNT_DETACH)) }
        return try body(directory)
    }
}
