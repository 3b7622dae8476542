/// Names for headings as GitHub makes them: `## 사용 방법 (v2)` is `사용-방법-v2`, a second one `사용-방법-v2-1`.
struct HeadingIDs {
    private static let maximumLength = 100
    private var used: Set<String> = []
    private var counts: [String: Int] = [:]

    mutating func id(for heading: String) -> String {
        var slug = String.UnicodeScalarView()
        for scalar in heading.lowercased().unicodeScalars.prefix(Self.maximumLength) {
            if scalar == " " || scalar == "\n" {
                slug.append("-")
            } else if Self.isKept(scalar) {
                slug.append(scalar)
            }
        }
        let base = slug.isEmpty ? "section" : String(slug)
        var id = base
        while !used.insert(id).inserted {
            counts[base, default: 0] += 1
            id = "\(base)-\(counts[base, default: 0])"
        }
        return id
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar != "-", scalar != "_" else { return true }
        return switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }
}
