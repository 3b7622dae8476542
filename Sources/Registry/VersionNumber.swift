/// A Semantic Versioning 2.0.0 number without build metadata (semver.org).
///
/// Build metadata is refused: two numbers that differ only there would have the same precedence.
public struct VersionNumber: Hashable, Sendable, CustomStringConvertible {
    /// Rises when devices that ran the version before may not run this one.
    public let major: UInt32
    /// Rises with what was added.
    public let minor: UInt32
    /// Rises with what was mended.
    public let patch: UInt32
    /// The dot-separated identifiers after `-`; empty for a release.
    public let prerelease: [String]

    public init(_ major: UInt32, _ minor: UInt32, _ patch: UInt32, prerelease: [String] = []) {
        (self.major, self.minor, self.patch, self.prerelease) = (major, minor, patch, prerelease)
    }

    /// - Throws: `validation-failed` when `text` is not SemVer, is longer than 64 bytes or carries build metadata.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        guard let number = VersionNumber(parsing: text) else {
            throw .invalid(
                "version", "a version number is SemVer such as 1.2.0 or 2.0.0-rc.1, without +build",
                ko: "버전 번호는 1.2.0이나 2.0.0-rc.1 같은 SemVer이며 +빌드는 쓰지 않습니다")
        }
        self = number
    }

    /// nil when `text` is not a version number.
    public init?(parsing text: some StringProtocol) {
        if let numbers = text.withUTF8Bytes(Self.numbers) {
            self.init(numbers.0, numbers.1, numbers.2)
            return
        }
        guard text.utf8.count <= 64 else { return nil }
        let halves = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let core = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        guard core.count == 3, let major = Self.numeric(core[0]), let minor = Self.numeric(core[1]),
            let patch = Self.numeric(core[2])
        else { return nil }
        var prerelease: [String] = []
        if halves.count == 2 {
            for part in halves[1].split(separator: ".", omittingEmptySubsequences: false) {
                guard Self.isIdentifier(part) else { return nil }
                prerelease.append(String(part))
            }
        }
        self.init(major, minor, patch, prerelease: prerelease)
    }

    /// Whether it stands before the release of the same three numbers (SemVer §9).
    public var isPrerelease: Bool { !prerelease.isEmpty }

    /// The release after this one: the next patch, or this number without its prerelease.
    public var nextPatch: VersionNumber {
        if isPrerelease { return VersionNumber(major, minor, patch) }
        if patch < .max { return VersionNumber(major, minor, patch + 1) }
        return VersionNumber(major, minor &+ 1, 0)
    }

    public var description: String {
        let core = "\(major).\(minor).\(patch)"
        return prerelease.isEmpty ? core : core + "-" + prerelease.joined(separator: ".")
    }

    /// The numbers of a release, as most are, in one go; nil for whatever needs a closer look.
    private static func numbers(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt32, UInt32, UInt32)? {
        var numbers: (UInt32, UInt32, UInt32) = (0, 0, 0)
        var (count, digits, number) = (0, 0, UInt32(0))
        for place in 0...bytes.count {
            let byte = place < bytes.count ? bytes[place] : UInt8(ascii: ".")
            if byte.isDigit {
                guard digits < 9, digits == 0 || number > 0 else { return nil }
                number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                continue
            }
            guard byte == UInt8(ascii: "."), digits > 0, count < 3 else { return nil }
            numbers = (numbers.1, numbers.2, number)
            (count, digits, number) = (count + 1, 0, 0)
        }
        return count == 3 ? numbers : nil
    }

    private static func numeric(_ text: some StringProtocol) -> UInt32? {
        let bytes = text.utf8
        guard (1...10).contains(bytes.count), bytes.allSatisfy(\.isDigit) else { return nil }
        if bytes.count > 1, bytes.first == UInt8(ascii: "0") { return nil }
        return UInt32(text)
    }

    private static func isIdentifier(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard !bytes.isEmpty,
            bytes.allSatisfy({
                $0.isDigit || $0.isLowercaseLetter || $0.isUppercaseLetter || $0 == UInt8(ascii: "-")
            })
        else { return false }
        if bytes.allSatisfy(\.isDigit), bytes.count > 1, bytes.first == UInt8(ascii: "0") { return false }
        return true
    }
}

extension VersionNumber: Comparable {
    /// Precedence as SemVer 2.0.0 §11 orders it.
    public static func < (left: VersionNumber, right: VersionNumber) -> Bool {
        let (a, b) = ((left.major, left.minor, left.patch), (right.major, right.minor, right.patch))
        if a != b { return a < b }
        if left.prerelease.isEmpty || right.prerelease.isEmpty {
            return !left.prerelease.isEmpty && right.prerelease.isEmpty
        }
        for (x, y) in zip(left.prerelease, right.prerelease) where x != y {
            switch (x.utf8.allSatisfy(\.isDigit), y.utf8.allSatisfy(\.isDigit)) {
            case (true, true):
                let (m, n) = (x.utf8.count, y.utf8.count)
                return m == n ? x.utf8.lexicographicallyPrecedes(y.utf8) : m < n
            case (true, false): return true
            case (false, true): return false
            case (false, false): return x.utf8.lexicographicallyPrecedes(y.utf8)
            }
        }
        return left.prerelease.count < right.prerelease.count
    }

    /// A text whose byte order is SemVer precedence, so that SQL can order by it.
    public var sortKey: String {
        let core = [major, minor, patch].map { Self.padded(String($0), to: 10) }.joined(separator: ".")
        if prerelease.isEmpty { return core + "~" }
        let parts = prerelease.map { part in
            part.utf8.allSatisfy(\.isDigit) ? "0" + Self.padded(String(part.utf8.count), to: 2) + part : "1" + part
        }
        return core + "-" + parts.map { $0 + " " }.joined()
    }

    private static func padded(_ digits: String, to width: Int) -> String {
        String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
