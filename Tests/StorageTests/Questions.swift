import Registry
import Search
import TestSupport

/// What somebody asks of a large repository: a query string with filters, in an order, with facets.
struct Question: CustomStringConvertible {
    enum Who: CaseIterable { case nobody, member, admin, token, adminWithToken }

    var text: String
    var filters: [SearchQuery.TagFilter] = []
    var who: Caller
    /// Beside what the text says.
    var order = SearchOrder.relevance
    var facets: [String] = []
    var facetLimit = 100
    var limit = 20
    /// Models that are to come first.
    var named: [Int64] = []

    var description: String {
        let readers = who.readership
        return
            "\(text.debugDescription), filters \(filters.map { "\($0.key):\($0.values)" }), \(order), limit \(limit), "
            + "facets \(facets) \(facetLimit), named \(named), who reads "
            + (readers.everything ? "everything" : "the private ones of \(readers.namespaces) and \(readers.models)")
    }
}

/// Questions at random, of every form that the language of queries has; the same ones for the same seed.
struct Questions {
    var random: SplitMix
    private let words: LargeWords
    private let models: [(id: Int64, name: String)]
    private static let keys = [
        "service", "task", "object", "env", "format", "precision", "license", "colour", "tag", "size", "latency_ms",
        "latency_ms@rpi5", "mood", "nothing",
    ]
    private static let amounts = [
        "under 5MB", "5MB 이하", "50ms 미만", "at least 30 fps", "30fps 이상", "파라미터 500만 이하", "5~20MB",
        "between 5 and 20 MB", "faster than 20 ms", "memory under 512MB", "5MB 이상의",
    ]

    init(seed: UInt64, _ words: LargeWords, _ models: [(id: Int64, name: String)]) {
        (random, self.words, self.models) = (SplitMix(state: seed), words, models)
    }

    mutating func next() throws -> Question {
        var text = (0...random.skewed([0, 1, 0, 2, 3, 5])).map { _ in part(depth: 2) }.joined(separator: " ")
        if random.chance(8) {
            text += " " + random.pick(["sort:size", "sort:-fps", "sort:latency_ms@rpi5", "sort:new"])
        }
        var question = Question(text: text, who: try who())
        if random.chance(20) { question.filters.append(try SearchQuery.TagFilter(words.tag(&random))) }
        if random.chance(10) { question.filters.append(try SearchQuery.TagFilter(words.tag(&random))) }
        question.order = random.pick([
            .relevance, .relevance, .relevance, .relevance, .relevance, .unordered,
            .number(random.pick(Self.keys), ascending: random.chance(50)),
        ])
        for _ in 0..<random.below(5) { question.facets.append(random.pick(Self.keys)) }
        question.facetLimit = random.pick([1, 5, 20, 100, 10_000])
        question.limit = random.pick([1, 7, 20, 20, 100])
        if random.chance(5) { question.named = [random.pick(models).id, random.pick(models).id, 999_999] }
        return question
    }

    /// Nobody, somebody with namespaces, an admin; some with a token for a namespace or for single models.
    mutating func who() throws -> Caller {
        let own = LargeRepository.namespaces.filter { _ in random.chance(25) }
        let namespaces = Dictionary(uniqueKeysWithValues: own.map { ($0, NamespaceRole.reader) })
        switch random.pick(Question.Who.allCases) {
        case .nobody: return .anonymous
        case .member: return try SearchFixture.caller(.developer, namespaces: namespaces)
        case .admin: return try SearchFixture.caller(.admin)
        case .token: return try SearchFixture.caller(.developer, namespaces: namespaces, models: patterns())
        case .adminWithToken: return try SearchFixture.caller(.admin, models: patterns())
        }
    }

    private mutating func patterns() throws -> [ModelPattern] {
        var patterns = [try ModelPattern("\(random.pick(LargeRepository.namespaces))/*")]
        for _ in 0..<random.below(4) { patterns.append(try ModelPattern(random.pick(models).name)) }
        return patterns
    }

    /// A word, perhaps mistyped, and the row id of a tag, perhaps of none.
    mutating func wordAndTag() -> (word: String, tag: Int64) {
        let word = random.chance(70) ? random.skewed(words.words) : random.skewed(words.names)
        return (random.chance(40) ? mistyped(word) : word, Int64(1 + random.below(random.chance(50) ? 200 : 6000)))
    }

    /// A context key, a column of numbers, or neither.
    mutating func key() -> String { random.pick(Self.keys) }

    // MARK: The language

    private mutating func part(depth: Int) -> String {
        switch random.below(depth > 0 ? 24 : 18) {
        case 0...4: return random.skewed(words.words)
        case 5, 6: return random.skewed(words.names)
        case 7: return words.text(3, &random)
        case 8, 9: return mistyped(random.chance(50) ? random.skewed(words.words) : random.skewed(words.names))
        case 10: return "\"\(random.skewed(words.names))\""
        case 11: return String(random.skewed(words.words).prefix(1 + random.below(4))) + "*"
        case 12: return clause()
        case 13: return number()
        case 14: return "has:" + random.pick(Self.keys)
        case 15: return random.pick(Self.amounts)
        case 16: return random.pick(models).name
        case 17: return clause()
        case 18, 19: return "-" + part(depth: 0)
        case 20, 21: return part(depth: depth - 1) + " OR " + part(depth: depth - 1)
        case 22: return "(" + part(depth: depth - 1) + " " + part(depth: depth - 1) + ")"
        default: return "-(" + part(depth: depth - 1) + " | " + part(depth: depth - 1) + ")"
        }
    }

    private mutating func clause() -> String {
        let (key, values) = random.skewed(words.values)
        let some = (0...random.below(3)).map { _ in
            let value = random.skewed(values)
            return value.contains(" ") ? "\"\(value)\"" : value
        }
        return key + ":" + some.joined(separator: ",")
    }

    private mutating func number() -> String {
        let (key, units) = random.pick(LargeWords.numbers)
        let column = random.chance(40) ? "\(key)@\(random.pick(LargeWords.boards))" : key
        let (low, unit) = (random.pick(["1", "5", "7.5", "20", "35", "-3", "100"]), random.pick(units))
        switch random.below(4) {
        case 0: return "\(column):\(low)\(unit)..\(random.pick(["20", "70", "999"]))\(unit)"
        case 1: return "\(column):..\(low)\(unit)"
        default:
            let sign = random.pick(["<", "<=", ">", ">=", "="])
            return "\(column)\(sign)\(low)\(unit)\(random.chance(25) ? "?" : "")"
        }
    }

    /// A slip of the pen or two: a letter left out, doubled, changed or swapped.
    private mutating func mistyped(_ word: String) -> String {
        var letters = Array(word.unicodeScalars)
        for _ in 0...random.below(2) where letters.count > 2 {
            let place = random.below(letters.count - 1)
            switch random.below(4) {
            case 0: letters.remove(at: place)
            case 1: letters.insert(letters[place], at: place)
            case 2: letters.swapAt(place, place + 1)
            default: letters[place] = Unicode.Scalar(letters[place].value + 1) ?? letters[place]
            }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: letters)
        return String(text)
    }
}
