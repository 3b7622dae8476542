import Encoding

/// The path of an artifact that a README shows as a picture.
enum PicturePath {
    /// SVG is not among them: it can hold scripts.
    private static let suffixes = [".png", ".jpg", ".jpeg", ".gif", ".webp"]

    /// `url` as a path from the root of the version, or nil when it leaves the version or is no picture by its name.
    static func normalized(_ url: String) -> String? {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        guard !path.hasPrefix("/"), let decoded = PercentEncoding.decode(path) else { return nil }
        var parts: [Substring] = []
        for part in decoded.split(separator: "/", omittingEmptySubsequences: false) {
            switch part {
            case ".": continue
            case "..": if parts.popLast() == nil { return nil }
            case "": return nil
            default: parts.append(part)
            }
        }
        let normal = parts.joined(separator: "/")
        guard suffixes.contains(where: { normal.lowercased().hasSuffix($0) }) else { return nil }
        guard
            !normal.unicodeScalars.contains(where: {
                SafeText.isUnwanted($0) || $0.value < 0x20 || $0 == "\\" || $0 == ":"
            })
        else {
            return nil
        }
        return normal
    }
}
