/// The words of Korean and English that compare numbers.
enum ConstraintWords {
    enum Order: Sendable {
        case less, atMost, greater, atLeast
        /// Fewer milliseconds or more frames a second.
        case faster, slower, atLeastAsFast, atLeastAsSlow

        /// What it means for numbers of a dimension; nil where it means nothing.
        func sign(_ dimension: NumberDimension) -> Comparison.Sign? {
            let isTime = dimension == .milliseconds
            if self == .less { return .less }
            if self == .atMost { return .atMost }
            if self == .greater { return .greater }
            if self == .atLeast { return .atLeast }
            guard isTime || dimension == .framesPerSecond else { return nil }
            switch self {
            case .faster: return isTime ? .less : .greater
            case .slower: return isTime ? .greater : .less
            case .atLeastAsFast: return isTime ? .atMost : .atLeast
            default: return isTime ? .atLeast : .atMost
            }
        }
    }

    /// A comparison that stands before its number, and the place behind it.
    static func before(_ atoms: [QueryAtom], _ place: Int) -> (Order, Int)? {
        for length in [3, 2, 1] where place + length <= atoms.count {
            let words = atoms[place..<place + length]
            guard words.allSatisfy({ $0.kind == .word }) else { continue }
            if let order = ordersBefore[words.map(\.text).joined(separator: " ")] { return (order, place + length) }
        }
        return nil
    }

    /// A comparison that stands behind its number, and the place behind it.
    static func behind(_ atoms: [QueryAtom], _ start: Int) -> (Order, Int)? {
        var place = start
        if place < atoms.count, particles.contains(atoms[place].text) { place += 1 }
        guard place < atoms.count, atoms[place].kind == .word else { return nil }
        let word = atoms[place].text
        let next = place + 1 < atoms.count && atoms[place + 1].kind == .word ? atoms[place + 1].text : ""
        if word == "or", let order = ordersBehindOr[next] { return (order, place + 2) }
        if word == "보다", let order = adjectives[next] { return (order, place + 2) }
        if word.hasPrefix("보다"), let order = adjectives[String(word.dropFirst(2))] { return (order, place + 1) }
        if word == "넘지", next == "않는" { return (.atMost, place + 2) }
        if let order = ordersBehind[word] { return (order, place + 1) }
        for ending in endings where word.hasSuffix(ending) {
            if let order = ordersBehind[String(word.dropLast(ending.count))] { return (order, place + 1) }
        }
        return nil
    }

    /// What `known` says of the word, or of it without the particle at its end.
    static func withoutParticle(_ word: String, _ known: (String) -> String?) -> String? {
        if let key = known(word) { return key }
        guard let last = word.last, particles.contains(String(last)) else { return nil }
        return known(String(word.dropLast()))
    }

    /// The place behind a word that joins a subject to what is said of it.
    static func filler(_ atoms: [QueryAtom], _ place: Int) -> Int {
        place < atoms.count && ["is", "of"].contains(atoms[place].text) ? place + 1 : place
    }

    static func sign(_ text: String) -> Comparison.Sign? {
        let scalars = QueryScalars(text.unicodeScalars)
        return Comparison(scalars, at: 0).flatMap { $0.end == scalars.count ? $0.sign : nil }
    }

    /// Whether it is a unit of any dimension.
    static func isUnit(_ word: String) -> Bool { dimensions.contains { $0.units[word] != nil } }

    private static let dimensions: [NumberDimension] = [
        .bytes, .operations, .count, .milliseconds, .framesPerSecond, .hertz, .millijoules, .plain,
    ]

    private static let ordersBefore: [String: Order] = [
        "under": .less, "below": .less, "less than": .less, "smaller than": .less, "fewer than": .less,
        "lower than": .less, "lighter than": .less, "at most": .atMost, "up to": .atMost, "no more than": .atMost,
        "not more than": .atMost, "no larger than": .atMost, "not over": .atMost, "within": .atMost, "max": .atMost,
        "maximum": .atMost, "최대": .atMost, "over": .greater, "above": .greater, "more than": .greater,
        "greater than": .greater, "larger than": .greater, "bigger than": .greater, "higher than": .greater,
        "at least": .atLeast, "no less than": .atLeast, "not less than": .atLeast, "not under": .atLeast,
        "min": .atLeast, "minimum": .atLeast, "최소": .atLeast, "faster than": .faster, "slower than": .slower,
    ]

    private static let ordersBehindOr: [String: Order] = [
        "less": .atMost, "fewer": .atMost, "smaller": .atMost, "lower": .atMost, "below": .atMost, "under": .atMost,
        "more": .atLeast, "larger": .atLeast, "greater": .atLeast, "higher": .atLeast, "above": .atLeast,
        "over": .atLeast, "faster": .atLeastAsFast, "slower": .atLeastAsSlow,
    ]

    private static let ordersBehind: [String: Order] = [
        "이하": .atMost, "이내": .atMost, "미만": .less, "이상": .atLeast, "초과": .greater, "넘는": .greater,
        "max": .atMost, "maximum": .atMost,
    ]

    private static let adjectives: [String: Order] = [
        "작은": .less, "작고": .less, "적은": .less, "적고": .less, "낮은": .less, "낮고": .less, "가벼운": .less,
        "큰": .greater, "크고": .greater, "많은": .greater, "많고": .greater, "높은": .greater, "높고": .greater,
        "무거운": .greater, "빠른": .faster, "빠르고": .faster, "느린": .slower, "느리고": .slower,
    ]

    private static let particles: Set<String> = ["이", "가", "은", "는", "을", "를", "의"]

    private static let endings = ["으로", "이고", "이며", "의", "인", "로", "에", "은", "는", "을", "를", "만"]
}
