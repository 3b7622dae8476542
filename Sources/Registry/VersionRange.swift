/// A set of version numbers: `^1.2`, `~1.2.3`, `1.x`, `>=1.2 <2`, alternatives joined by `||`.
///
/// A prerelease is in a range only when the range itself names a prerelease of the same major, minor and patch, so that
/// a device following `^1` is never given a release candidate.
public struct VersionRange: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    private let alternatives: [[Comparator]]

    private struct Comparator: Hashable, Sendable {
        enum Relation: Hashable, Sendable { case equal, less, lessOrEqual, greater, greaterOrEqual }
        let relation: Relation
        let number: VersionNumber
    }

    /// nil when `text` is not a range; a plain number such as `1.2.0` is a number, not a range.
    public init?(parsing text: some StringProtocol) {
        guard (1...128).contains(text.utf8.count) else { return nil }
        var alternatives: [[Comparator]] = []
        for alternative in String(text).split(separatedBy: "||") {
            var comparators: [Comparator] = []
            let terms = alternative.split { $0 == " " || $0 == "," }
            guard !terms.isEmpty, terms.count <= 8 else { return nil }
            for term in terms {
                guard let parsed = Self.comparators(of: term) else { return nil }
                comparators += parsed
            }
            alternatives.append(comparators)
        }
        guard (1...8).contains(alternatives.count) else { return nil }
        self.alternatives = alternatives
        description = String(text)
    }

    /// Whether every comparator of one alternative holds, prereleases as said above.
    public func contains(_ number: VersionNumber) -> Bool {
        alternatives.contains { comparators in
            comparators.allSatisfy { Self.holds($0, number) }
                && (!number.isPrerelease || comparators.contains { Self.admitsPrerelease($0, number) })
        }
    }

    private static func holds(_ comparator: Comparator, _ number: VersionNumber) -> Bool {
        switch comparator.relation {
        case .equal: number == comparator.number
        case .less: number < comparator.number
        case .lessOrEqual: number <= comparator.number
        case .greater: number > comparator.number
        case .greaterOrEqual: number >= comparator.number
        }
    }

    private static func admitsPrerelease(_ comparator: Comparator, _ number: VersionNumber) -> Bool {
        let own = comparator.number
        return own.isPrerelease && (own.major, own.minor, own.patch) == (number.major, number.minor, number.patch)
    }

    /// `^1.2` becomes `>=1.2.0 <2.0.0`; upper bounds are written `-0`, the lowest prerelease.
    private static func comparators(of term: Substring) -> [Comparator]? {
        for (sign, relation) in [
            (">=", Comparator.Relation.greaterOrEqual), ("<=", .lessOrEqual), (">", .greater), ("<", .less),
        ] where term.hasPrefix(sign) {
            guard let (low, high) = bounds(of: term.dropFirst(sign.utf8.count), widen: .written) else { return nil }
            switch relation {
            case .greater:
                return [
                    high.map { Comparator(relation: .greaterOrEqual, number: $0) }
                        ?? Comparator(relation: .greater, number: low)
                ]
            case .lessOrEqual:
                return [
                    high.map { Comparator(relation: .less, number: $0) }
                        ?? Comparator(relation: .lessOrEqual, number: low)
                ]
            default: return [Comparator(relation: relation, number: low)]
            }
        }
        let widen: Widening
        var rest = term
        switch term.first {
        case "^": (widen, rest) = (.caret, term.dropFirst())
        case "~": (widen, rest) = (.tilde, term.dropFirst())
        case "=": (widen, rest) = (.written, term.dropFirst())
        default: widen = .written
        }
        if rest == "*" || rest == "x" { return [Comparator(relation: .greaterOrEqual, number: VersionNumber(0, 0, 0))] }
        guard let (low, high) = bounds(of: rest, widen: widen) else { return nil }
        guard let high else { return [Comparator(relation: .equal, number: low)] }
        return [Comparator(relation: .greaterOrEqual, number: low), Comparator(relation: .less, number: high)]
    }

    private enum Widening { case written, caret, tilde }

    /// The lowest number that `text` names and, unless it names just one, the first number above.
    private static func bounds(of text: Substring, widen: Widening) -> (VersionNumber, VersionNumber?)? {
        if let exact = VersionNumber(parsing: text) {
            switch widen {
            case .written: return (exact, nil)
            case .tilde: return (exact, floor(exact.major, exact.minor &+ 1, 0))
            case .caret:
                if exact.major > 0 { return (exact, floor(exact.major &+ 1, 0, 0)) }
                if exact.minor > 0 { return (exact, floor(0, exact.minor &+ 1, 0)) }
                return (exact, floor(0, 0, exact.patch &+ 1))
            }
        }
        var parts: [UInt32] = []
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(pieces.count) else { return nil }
        for (position, piece) in pieces.enumerated() {
            if piece == "x" || piece == "X" || piece == "*" {
                guard position > 0, pieces.dropFirst(position).allSatisfy({ ["x", "X", "*"].contains($0) }) else {
                    return nil
                }
                break
            }
            guard piece.utf8.count <= 9, piece.utf8.allSatisfy(\.isDigit), let value = UInt32(piece) else { return nil }
            parts.append(value)
        }
        let major = parts[0]
        guard parts.count > 1 else { return (VersionNumber(major, 0, 0), floor(major &+ 1, 0, 0)) }
        let low = VersionNumber(major, parts[1], 0)
        if widen == .caret, major > 0 { return (low, floor(major &+ 1, 0, 0)) }
        return (low, floor(major, parts[1] &+ 1, 0))
    }

    private static func floor(_ major: UInt32, _ minor: UInt32, _ patch: UInt32) -> VersionNumber {
        VersionNumber(major, minor, patch, prerelease: ["0"])
    }
}

extension String {
    fileprivate func split(separatedBy separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
