/// The sign between a key and what is asked of it.
struct Comparison: Sendable, Hashable {
    enum Sign: Sendable, Hashable { case colon, equal, notEqual, less, atMost, greater, atLeast }

    let sign: Sign
    /// The place behind it.
    let end: Int

    /// Reads the sign at a place; nil when none stands there.
    init?(_ scalars: QueryScalars, at place: Int) {
        let isDouble: Bool
        switch (scalars[place], scalars[place + 1]) {
        case (":", _): (sign, isDouble) = (.colon, false)
        case ("=", "="): (sign, isDouble) = (.equal, true)
        case ("!", "="): (sign, isDouble) = (.notEqual, true)
        case ("<", "="), ("=", "<"): (sign, isDouble) = (.atMost, true)
        case (">", "="), ("=", ">"): (sign, isDouble) = (.atLeast, true)
        case ("=", _): (sign, isDouble) = (.equal, false)
        case ("<", _): (sign, isDouble) = (.less, false)
        case (">", _): (sign, isDouble) = (.greater, false)
        case ("≤", _): (sign, isDouble) = (.atMost, false)
        case ("≥", _): (sign, isDouble) = (.atLeast, false)
        default: return nil
        }
        end = place + (isDouble ? 2 : 1)
    }

    /// Whether it asks for more or less.
    var isOrder: Bool { sign == .less || sign == .atMost || sign == .greater || sign == .atLeast }
}

extension Comparison.Sign {
    /// The numbers that are so to `value`.
    func range(of value: Double, column: String, allowsMissing: Bool = false) -> NumberRange {
        var range = NumberRange(column: column, allowsMissing: allowsMissing)
        if self != .greater && self != .atLeast { (range.upper, range.includesUpper) = (value, self != .less) }
        if self != .less && self != .atMost { (range.lower, range.includesLower) = (value, self != .greater) }
        return range
    }
}
