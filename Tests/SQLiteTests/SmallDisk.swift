import Foundation

/// A file system of one megabyte, mounted while `body` runs. It takes root, or a user that may mount.
enum SmallDisk {
    static let isPossible: Bool = (try? with { _ in true }) ?? false

    static func with<T>(_ body: (String) throws -> T) throws -> T {
        let directory = NSTemporaryDirectory() + "disk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { rmdir(directory) }
        guard mount("tmpfs", directory, "tmpfs", 0, "size=1m") == 0 else { throw POSIXError(.EPERM) }
        defer { umount2(directory, Int32(MNT_DETACH)) }
        return try body(directory)
    }
}
