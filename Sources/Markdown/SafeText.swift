/// Text out of a README that may be shown.
enum SafeText {
    /// `text` without controls other than tab and line feed, and without what turns the direction of text around
    /// (Unicode TR36 §2.10, "bidirectional text spoofing").
    static func cleaned(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnwanted) else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\u{0}" {
                clean.append("\u{FFFD}")
            } else if !isUnwanted(scalar) {
                clean.append(scalar)
            }
        }
        return String(clean)
    }

    static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
