import Search
import Testing

/// What the words of a text meet, by making all terms of the text and of each of its parts.
private struct AllTerms {
    let words: [SearchText.Word]
    let terms: Set<String>

    init(_ text: String) {
        words = SearchText.words(text, maximum: 200)
        terms = Set(SearchText.terms(indexing: words, wholeWords: true))
    }

    func words(for unit: PlanUnit) -> String? {
        guard let first = unit.alternatives.first, !holds(first) else { return nil }
        for alternative in unit.alternatives where alternative.isStrong && holds(alternative) {
            guard case .terms(let wanted) = alternative.match else { continue }
            if let found = place(of: wanted) { return words[found].map(\.text).joined(separator: " ") }
        }
        return nil
    }

    private func holds(_ alternative: PlanAlternative) -> Bool {
        guard case .terms(let wanted) = alternative.match else { return false }
        return !wanted.isEmpty && terms.isSuperset(of: wanted)
    }

    private func place(of wanted: [String]) -> Range<Int>? {
        for length in 1...5 {
            for start in 0..<max(0, words.count - length + 1) {
                let window = words[start..<start + length]
                if Set(SearchText.terms(indexing: window, wholeWords: true)).isSuperset(of: wanted) {
                    return start..<start + length
                }
            }
        }
        return nil
    }
}

@Suite struct `Met words` {
    private static let vocabulary = [
        "night", "nights", "detector", "Detection", "licence", "license", "plate", "plates", "number", "yolov4", "yolo",
        "v4", "resnet50", "50", "re-identification", "reidentification", "kerb", "curb", "mice", "a", "x",
        "번호판", "번호", "판", "불법주정차", "주정차", "단속", "사람", "보행자", "가", "車", "café",
    ]

    private static func text(_ dice: inout IndexRandom, upTo count: Int) -> String {
        (0..<Int.random(in: 1...count, using: &dice)).map { _ in
            (vocabulary.randomElement(using: &dice) ?? "")
                + ([" ", " ", "-", "", "/"].randomElement(using: &dice) ?? "")
        }.joined()
    }

    private static func alternative(_ dice: inout IndexRandom) -> PlanAlternative {
        let words = SearchText.words(text(&dice, upTo: 3))
        let apart = words.flatMap { SearchText.terms(asking: [$0]) }
        let match: PlanAlternative.Match =
            switch Int.random(in: 0..<12, using: &dice) {
            case 0: .tags([1, 2])
            case 1: .prefix("wn")
            case 2: .terms([])
            case 3, 4, 5: .terms(apart)
            default: .terms(SearchText.terms(asking: words))
            }
        return PlanAlternative(match, isStrong: Bool.random(using: &dice))
    }

    @Test func `are those that making all terms of a text finds`() {
        var dice = IndexRandom(seed: 27)
        for _ in 0..<400 {
            var plan = SearchPlan()
            plan.units = (0..<Int.random(in: 1...4, using: &dice)).map { _ in
                let text = Self.text(&dice, upTo: 2)
                let own = PlanAlternative(.terms(SearchText.terms(asking: SearchText.words(text))))
                let others = (0..<Int.random(in: 0...4, using: &dice)).map { _ in Self.alternative(&dice) }
                return PlanUnit(
                    text: text, alternatives: (Int.random(in: 0..<5, using: &dice) == 0 ? [] : [own]) + others,
                    rarity: Int.random(in: 0..<6, using: &dice))
            }
            let met = MetWords(plan)
            for _ in 0..<8 {
                let text = Self.text(&dice, upTo: 30)
                let bits = UInt64.random(in: 0..<16, using: &dice)
                let all = AllTerms(text)
                let expected = plan.units.enumerated().compactMap { place, unit -> String? in
                    guard bits >> UInt64(place) & 1 == 1, unit.rarity > 0, !unit.text.isEmpty else { return nil }
                    return all.words(for: unit).map { "\(place) \($0)" }
                }
                let found = met.words(of: text, for: bits).map { "\($0.unit) \($0.words)" }
                #expect(found == expected, "\(plan.units) in \(text)")
            }
        }
    }

    @Test func `beyond the first two hundred of a text do not count`() {
        var plan = SearchPlan()
        let way = { (text: String) in PlanAlternative(.terms(SearchText.terms(asking: SearchText.words(text)))) }
        plan.units = [PlanUnit(text: "사람", alternatives: [way("사람"), way("pedestrian")], rarity: 1)]
        let filler = String(repeating: "x ", count: 199)
        #expect(MetWords(plan).words(of: filler + "pedestrian", for: 1).map(\.words) == ["pedestrian"])
        #expect(MetWords(plan).words(of: filler + "x pedestrian", for: 1).isEmpty)
    }
}
