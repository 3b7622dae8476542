/// The path of an artifact in its version, such as `nmp.mlpackage/Manifest.json`.
///
/// UTF-8 NFC, 1–255 bytes a part, at most 1,024 in all and 32 parts; safe to create on any device: no empty, `.` or `..`
/// part, no backslash, colon, control, bidirectional or zero-width character, no trailing dot or space, no Windows
/// device name, none of the names that Moru itself serves beside artifacts.
public struct ArtifactPath: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// - Throws: `validation-failed` when `text` breaks the rule above.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        let path = text.normalizedNFC
        if let broken = Self.brokenRule(path) {
            throw .invalid(
                "artifact", "“\(Self.printable(path))” \(broken.en)", ko: "“\(Self.printable(path))” \(broken.ko)")
        }
        description = path
    }

    /// The path as it is compared: two artifacts of a version may not differ in case only.
    public var folded: String { description.folded }

    /// What stands between the slashes: directories, then the file.
    public var parts: [Substring] { description.split(separator: "/") }

    /// Refuses a set of paths that some device could not lay out in one directory.
    ///
    /// - Throws: `validation-failed` when two paths are equal after folding, or one is a file and a directory at once.
    public static func checkTogether(_ paths: [ArtifactPath]) throws(RegistryError) {
        var files: Set<String> = []
        for path in paths where !files.insert(path.folded).inserted {
            throw .invalid("artifact", "“\(path)” occurs twice", ko: "“\(path)”이(가) 두 번 나옵니다")
        }
        for path in paths {
            var directory = ""
            for part in path.folded.split(separator: "/").dropLast() {
                directory += directory.isEmpty ? String(part) : "/\(part)"
                if files.contains(directory) {
                    throw .invalid(
                        "artifact", "“\(directory)” is both a file and a directory",
                        ko: "“\(directory)”은(는) 파일이면서 디렉터리입니다")
                }
            }
        }
    }

    private static func brokenRule(_ path: String) -> RegistryError.Message? {
        guard (1...1024).contains(path.utf8.count) else {
            return .init(en: "must have 1 to 1,024 bytes", ko: "경로는 1~1,024바이트여야 합니다")
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 32 else { return .init(en: "has over 32 parts", ko: "경로는 32단계까지입니다") }
        for part in parts {
            guard (1...255).contains(part.utf8.count), part != ".", part != ".." else {
                return .init(en: "has an empty, '.' , '..' or overlong part", ko: "비었거나 '.', '..'이거나 너무 긴 부분이 있습니다")
            }
            let forbidden = part.unicodeScalars.contains {
                $0 == "\\" || $0 == ":" || $0.isInvisible || $0 == "\u{FFFD}"
            }
            guard !forbidden else {
                return .init(en: "holds a backslash, colon or invisible character", ko: "역슬래시, 콜론 또는 보이지 않는 문자가 있습니다")
            }
            guard let last = part.last, last != ".", !last.isWhitespace, part.first?.isWhitespace != true else {
                return .init(
                    en: "has a part that begins with a space or ends in a dot or space",
                    ko: "점이나 공백으로 끝나거나 공백으로 시작하는 부분이 있습니다")
            }
            let stem = part.prefix { $0 != "." }.lowercased()
            guard !windowsDevices.contains(stem) else {
                return .init(en: "is a device name on Windows", ko: "Windows 장치 이름입니다")
            }
            let lower = part.lowercased()
            guard !lower.hasPrefix(".git"), lower != "model.sig", lower != "server.sig" else {
                return .init(en: "is a reserved name", ko: "예약된 이름입니다")
            }
        }
        return nil
    }

    private static let windowsDevices: Set<String> = {
        var names: Set<String> = ["con", "prn", "aux", "nul", "conin$", "conout$"]
        for digit in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"] {
            names.insert("com\(digit)")
            names.insert("lpt\(digit)")
        }
        return names
    }()

    private static func printable(_ path: String) -> String {
        String(String.UnicodeScalarView(path.unicodeScalars.prefix(80).map { $0.isInvisible ? "\u{FFFD}" : $0 }))
    }
}

extension ArtifactPath: Comparable {
    public static func < (left: ArtifactPath, right: ArtifactPath) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}
