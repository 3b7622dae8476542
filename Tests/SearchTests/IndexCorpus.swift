import Registry
import Search

/// Made-up models and plans, the same for the same seed.
struct IndexCorpus {
    private var random: IndexRandom
    let tags: [KnownTag]
    private let vocabulary: [String]
    static let keys = ["env", "format", "object", "service", "tag"]
    static let columns = ["latency_ms@rpi5", "object", "size"]

    init(seed: UInt64, tagCount: Int = 60, wordCount: Int = 80) {
        var random = IndexRandom(seed: seed)
        let syllables = ["car", "fire", "ob", "ject", "de", "tec", "tor", "night", "v4", "x"]
        let hangul = ["불법", "주정차", "화재", "연기", "사람", "차량", "번호판"]
        var words: Set<String> = []
        while words.count < wordCount {
            if random.below(4) == 0 {
                words.insert((0...random.below(2)).map { _ in hangul[random.below(hangul.count)] }.joined())
            } else {
                words.insert((0...random.below(3)).map { _ in syllables[random.below(syllables.count)] }.joined())
            }
        }
        let vocabulary = words.sorted()
        var tags: [Int64: KnownTag] = [:]
        var values: Set<String> = []
        while tags.count < tagCount {
            let key = Self.keys[random.below(Self.keys.count)]
            let value = (0...random.below(2)).map { _ in vocabulary[random.below(vocabulary.count)] }
                .joined(separator: "-")
            if !values.insert("\(key):\(value)").inserted { continue }
            let id = Int64(1 + random.below(1000))
            if tags[id] == nil { tags[id] = KnownTag(id: id, key: key, value: value.uppercased(), folded: value) }
        }
        (self.random, self.vocabulary) = (random, vocabulary)
        self.tags = tags.values.sorted { $0.id < $1.id }
    }

    mutating func number(below end: Int) -> Int { random.below(end) }

    /// A rank that small numbers have far more often than great ones.
    private mutating func skewed(_ count: Int) -> Int { random.below(random.below(random.below(count) + 1) + 1) }

    mutating func word() -> String { vocabulary[skewed(vocabulary.count)] }

    mutating func tag() -> Int64 { tags[skewed(tags.count)].id }

    mutating func document(_ model: Int64) -> SearchDocument {
        let title = (0...random.below(5)).map { _ in word() }.joined(separator: " ")
        let summary = (0..<random.below(12)).map { _ in word() }.joined(separator: " ")
        var numbers: [SearchNumber] = []
        for column in Self.columns where random.below(3) == 0 {
            for _ in 0...random.below(2) {
                numbers.append(SearchNumber(column: column, value: Double(random.below(20)) / 2 - 2))
            }
        }
        return SearchDocument(
            model: model, namespace: Int64(1 + random.below(5)), isPublic: random.below(4) > 0,
            popularity: random.below(4) == 0 ? random.below(64) : 0,
            updated: random.below(8) == 0 ? Int64(random.below(1000)) : model * 7 % 300,
            words: SearchWords.tokens(name: "m\(model % 7)", title: title, summary: summary, readme: ""),
            tags: Array(Set((0..<random.below(7)).map { _ in tag() })).sorted(), numbers: numbers)
    }

    mutating func changes(_ count: Int, models: Int) -> [SearchChange] {
        (0..<count).map { _ in
            let model = Int64(1 + random.below(models) * 3)
            return random.below(5) == 0 ? .remove(model) : .put(document(model))
        }
    }

    mutating func readers() -> SearchReaders {
        switch random.below(4) {
        case 0: SearchReaders(everything: true, namespaces: [], models: [])
        case 1: SearchReaders(everything: false, namespaces: [2, 4], models: [1, 4, 9999, Int64(random.below(300))])
        default: .anonymous
        }
    }

    mutating func match() -> PlanAlternative.Match {
        switch random.below(8) {
        case 0, 1: return .tags((0...random.below(3)).map { _ in tag() })
        case 2: return .tags((0..<20).map { _ in tag() } + [77_777])
        case 3: return .prefix("w" + word().prefix(1 + random.below(3)))
        case 4: return .prefix(["w", "", "gx", "wno"][random.below(4)])
        case 5: return .terms(["wnothing"])
        default:
            let words = SearchText.words("\(word()) \(random.below(2) == 0 ? word() : "")")
            return .terms(SearchText.terms(asking: words))
        }
    }

    mutating func range() -> NumberRange {
        NumberRange(
            column: (Self.columns + ["nothing"])[random.below(4)], lower: Double(random.below(8)) / 2 - 3,
            includesLower: random.below(2) == 0, upper: random.below(3) == 0 ? .infinity : Double(random.below(12)) / 2,
            includesUpper: random.below(2) == 0, allowsMissing: random.below(3) == 0)
    }

    mutating func condition(_ units: Int, depth: Int = 2) -> PlanCondition {
        switch random.below(depth > 0 ? 10 : 6) {
        case 0: return .tags((0...random.below(2)).map { _ in tag() })
        case 1: return .has((Self.keys + Self.columns + ["nothing"])[random.below(9)])
        case 2, 3: return .number(range())
        case 4: return units > 0 ? .unit(random.below(units)) : .everything
        case 5: return random.below(4) == 0 ? .nothing : .everything
        case 6: return .not(condition(units, depth: depth - 1))
        case 7, 8: return .any((0..<random.below(4)).map { _ in condition(units, depth: depth - 1) })
        default: return .all((0..<random.below(3)).map { _ in condition(units, depth: depth - 1) })
        }
    }

    mutating func plan() -> SearchPlan {
        var plan = SearchPlan()
        for _ in 0..<random.below(5) {
            let alternatives = (0...random.below(4)).map { _ in
                PlanAlternative(match(), weight: 1 + random.below(255), isStrong: random.below(3) > 0)
            }
            plan.units.append(PlanUnit(text: "", alternatives: alternatives, rarity: random.below(5) * 1024))
        }
        plan.wanted = plan.units.indices.filter { _ in random.below(4) > 0 }
        if random.below(2) == 0 { plan.condition = condition(plan.units.count) }
        for key in Self.keys where random.below(6) == 0 {
            for _ in 0...random.below(2) {
                let condition = condition(plan.units.count, depth: 1)
                plan.filters.append(PlanFilter(key: key, condition: condition, isChosen: random.below(2) == 0))
            }
        }
        if random.below(3) == 0 { plan.named = (0..<3).map { _ in Int64(1 + random.below(300)) } }
        return plan
    }

    mutating func request() -> SearchRequest {
        let orders: [SearchOrder] = [
            .relevance, .relevance, .relevance, .unordered, .updated,
            .number(Self.columns[random.below(3)], ascending: random.below(2) == 0),
        ]
        return SearchRequest(
            plan(), for: readers(), order: orders[random.below(orders.count)],
            limit: [0, 1, 5, 20, 100][random.below(5)],
            facets: (Self.keys + ["nothing"]).filter { _ in random.below(2) == 0 },
            facetLimit: random.below(2) == 0 ? 3 : 100)
    }
}

/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
struct IndexRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ end: Int) -> Int { end <= 1 ? 0 : Int(next() % UInt64(end)) }
}
