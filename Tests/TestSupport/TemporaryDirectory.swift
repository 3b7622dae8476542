import Foundation

/// A directory of one test, removed when the test lets go of it.
public final class TemporaryDirectory: Sendable {
    public let path: String

    public init() throws {
        path = NSTemporaryDirectory() + "moru-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// How many files are below `part`, at any depth.
    public func fileCount(in part: String) -> Int {
        FileManager.default.subpaths(atPath: "\(path)/\(part)")?.count { name in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(part)/\(name)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        } ?? 0
    }
}

/// The folders of this package.
public enum PackageFolder {
    public static let root = String(
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/"))
    public static let migrations = root + "/Migrations"
    public static let vocabulary = root + "/Vocabulary"
    public static let publicFiles = root + "/Public"

    public static func text(of file: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)
    }
}
