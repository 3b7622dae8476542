/// One step of the schema: a file `NNNN_name.sql`.
public struct Migration: Sendable, Hashable {
    /// From 1 on, without gaps.
    public let number: Int
    /// What it does, such as `initial`, as its file is named.
    public let name: String
    /// The SHA-256 of the file in hexadecimal digits: a step that has been applied must not change.
    public let sha256: String
    let script: String

    /// `NNNN_name.sql`.
    public var fileName: String { "\(Self.padded(number))_\(name).sql" }

    /// The parts of `0001_initial.sql`, or nil when `file` is not named so.
    static func parse(_ file: String) -> (number: Int, name: String)? {
        guard file.hasSuffix(".sql") else { return nil }
        let parts = file.dropLast(4).split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[0].utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(parts[0]), number > 0, !parts[1].isEmpty
        else { return nil }
        return (number, String(parts[1]))
    }

    static func padded(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
