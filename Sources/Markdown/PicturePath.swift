/// The path of an artifact that a README shows as a picture.
enum PicturePath {
    /// SVG is not among them: it can hold scripts.
    private static let suffixes = [".png", ".jpg", ".jpeg", ".gif", ".webp"]

    /// `url` as a path from the root of the version, or nil when it leaves the version or is no picture by its name.
    static func normalized(_ url: String) -> String? {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        guard !path.hasPrefix("/"), let decoded = percentDecoded(path.utf8) else { return nil }
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

    private static func percentDecoded(_ bytes: some Sequence<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hexDigit), let low = iterator.next().flatMap(hexDigit) else {
                return nil
            }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
