/// Reads what a clause asks of the numbers of a key.
struct NumberTest {
    enum Reading {
        case number(NumberRange), broken, none
        /// Several numbers with commas between.
        case list
    }

    let column: String
    let key: String

    /// `<=50`, `>=1.5G?`; nil when no number follows.
    func compared(_ sign: Comparison.Sign, _ text: String) -> NumberRange? {
        let (text, allowsMissing) = Self.withoutMark(text)
        return NumberUnit.parse(text, key: key).map {
            sign.range(of: $0, column: column, allowsMissing: allowsMissing)
        }
    }

    /// What follows a `:`, `=` or `!=`: also `key:5MB..20MB` and `key:>=5`; `none` for a value that is no number.
    func read(_ sign: Comparison.Sign, _ text: String, isAt: Bool) -> Reading {
        guard sign == .colon else { return compared(.equal, text).map { .number($0) } ?? .none }
        let scalars = QueryScalars(text.unicodeScalars)
        if let inner = Comparison(scalars, at: 0), inner.isOrder || inner.sign == .equal {
            return compared(inner.sign, scalars[inner.end..<scalars.count]).map { .number($0) } ?? .none
        }
        let isNumeric = isAt || NumberDimension(key: key) != .plain
        if text.unicodeScalars.contains(",") {
            let isList = text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy {
                NumberUnit.parse($0, key: key) != nil
            }
            return isNumeric && isList ? .list : .none
        }
        if let dots = text.firstRange(of: "..") { return range(text, dots) }
        guard isNumeric else { return .none }
        return compared(.equal, text).map { .number($0) } ?? .none
    }

    private func range(_ text: String, _ dots: Range<String.Index>) -> Reading {
        let (upperText, allowsMissing) = Self.withoutMark(text[dots.upperBound...])
        let lower = NumberUnit.parse(text[..<dots.lowerBound], key: key)
        let upper = NumberUnit.parse(upperText, key: key)
        guard lower != nil || upper != nil else { return .none }
        guard lower != nil || dots.lowerBound == text.startIndex, upper != nil || upperText.isEmpty else {
            return .broken
        }
        let ends = (lower ?? -.infinity, upper ?? .infinity)
        return .number(
            NumberRange(
                column: column, lower: min(ends.0, ends.1), upper: max(ends.0, ends.1), allowsMissing: allowsMissing))
    }

    /// The text without the `?` at its end, which lets models through that have no number.
    private static func withoutMark(_ text: some StringProtocol) -> (String, Bool) {
        text.last == "?" ? (String(text.dropLast()), true) : (String(text), false)
    }
}
