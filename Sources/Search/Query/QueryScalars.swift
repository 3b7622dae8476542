/// The characters of a query, made narrow: full-width forms, typographic quotes, and every white space as one space.
///
/// Each scalar stays one scalar, so places are the same as in the text that was typed.
struct QueryScalars: Sendable {
    let typed: [Unicode.Scalar]
    let narrow: [Unicode.Scalar]

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        typed = Array(scalars)
        narrow = typed.map(Self.narrowed)
    }

    var count: Int { narrow.count }

    /// The narrow scalar at a place; a space outside of the text.
    subscript(place: Int) -> Unicode.Scalar { narrow.indices.contains(place) ? narrow[place] : " " }

    /// The narrow text of a range.
    subscript(range: Range<Int>) -> String { Self.string(narrow[range]) }

    func typed(_ range: Range<Int>) -> String { Self.string(typed[range]) }

    /// The text of a range without quotes, and with single spaces only between words.
    func words(_ range: Range<Int>) -> String {
        narrow[range].split { $0 == " " || $0 == "\"" }.map(Self.string).joined(separator: " ")
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x21...0x7E: return scalar
        case 0xFF02: return "\""
        case 0xFF01...0xFF5E: return Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
        case 0x201C...0x201F, 0xAB, 0xBB, 0x301D...0x301F: return "\""
        case 0x2212, 0xFE63: return "-"
        case 0x2264, 0x2266, 0x2A7D: return "≤"
        case 0x2265, 0x2267, 0x2A7E: return "≥"
        case 0x301C, 0x223C: return "~"
        case 0xFE55: return ":"
        default: return scalar.properties.isWhitespace ? " " : scalar
        }
    }
}
