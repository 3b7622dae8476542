import Registry

/// A number, a word or a sign inside of a run: `5MB이하` is `5`, `mb`, `이하`.
struct QueryAtom {
    enum Kind { case number, word, sign, punctuation, other }

    let kind: Kind
    /// In lower case.
    let text: String
    /// The place of its run in the list.
    let run: Int
    let startsRun: Bool

    /// The atoms of a run; a long one is one of another kind.
    static func atoms(of range: Range<Int>, in scalars: QueryScalars, run: Int) -> [QueryAtom] {
        var atoms: [QueryAtom] = []
        var place = range.lowerBound
        func append(_ kind: Kind, _ text: String) {
            atoms.append(QueryAtom(kind: kind, text: text.folded, run: run, startsRun: atoms.isEmpty))
        }
        guard range.count <= 40 else {
            append(.other, "")
            return atoms
        }
        while place < range.upperBound {
            let start = place
            let first = Class(scalars[place])
            place += 1
            switch first {
            case .digit:
                while place < range.upperBound, isNumber(scalars, place) { place += 1 }
                append(.number, scalars[start..<place])
            case .latin:
                while place < range.upperBound, isWord(scalars, place) { place += 1 }
                append(.word, scalars[start..<place])
            case .hangul:
                while place < range.upperBound, Class(scalars[place]) == .hangul { place += 1 }
                let (unit, rest) = hangul(
                    scalars[start..<place].normalizedNFC, isBehindNumber: atoms.last?.kind == .number)
                if !unit.isEmpty { append(.word, unit) }
                if !rest.isEmpty { append(.word, rest) }
            case .sign:
                if place < range.upperBound, let sign = Comparison(scalars, at: start) { place = max(place, sign.end) }
                append(.sign, scalars[start..<place])
            case .punctuation: append(.punctuation, scalars[start..<place])
            case .other: append(.other, scalars[start..<place])
            }
        }
        return atoms
    }

    private static func hangul(_ text: String, isBehindNumber: Bool) -> (String, String) {
        guard isBehindNumber, let unit = NumberDimension.hangulUnits.first(where: text.hasPrefix) else {
            return ("", text)
        }
        return (unit, String(text.dropFirst(unit.count)))
    }

    private static func isNumber(_ scalars: QueryScalars, _ place: Int) -> Bool {
        switch scalars[place] {
        case ".", ",": Class(scalars[place + 1]) == .digit
        default: Class(scalars[place]) == .digit
        }
    }

    private static func isWord(_ scalars: QueryScalars, _ place: Int) -> Bool {
        switch scalars[place] {
        case ".", "-", "@", "_": isWord(scalars[place + 1])
        default: isWord(scalars[place])
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        Class(scalar) == .latin || Class(scalar) == .digit || scalar == "_"
    }

    private enum Class {
        case digit, latin, hangul, sign, punctuation, other

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "0"..."9": self = .digit
            case "a"..."z", "A"..."Z", "%", "µ", "μ": self = .latin
            case "<", ">", "=", "≤", "≥", "~": self = .sign
            case ",", ".", "?", "!", ";": self = .punctuation
            default:
                switch scalar.value {
                case 0xAC00...0xD7A3, 0x1100...0x11FF: self = .hangul
                default: self = .other
                }
            }
        }
    }
}
