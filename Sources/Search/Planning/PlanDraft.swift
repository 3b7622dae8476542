import Registry

/// A plan while it is made.
struct PlanDraft {
    let planner: Planner
    let lexicon: PlanLexicon
    let units: UnitPlanner
    private let reader: WordReader
    private let text: [Unicode.Scalar]
    private let isStrict: Bool
    private var corrector: SpellingCorrector
    var result = PlannedQuery()
    private var conditions: [PlanCondition] = []
    private var corrections: [QueryWord] = []
    private var seen: Set<String> = []
    /// The units of plain words, also those that need not be met.
    private var wordUnits: [Int] = []
    private var learntUnits = 0
    var numbers = 0
    /// Conditions on what no model tells; whatever else there is to say of them comes first.
    var untold: [QueryProblem] = []
    var prefixes = 0

    /// Learning what goes with a unit takes a look at thousands of models.
    private static let maximumLearntUnits = 3

    /// One of nothing yet; `text` is the query as typed.
    init(_ planner: Planner, _ text: String, isStrict: Bool) {
        let lexicon = PlanLexicon(planner.lexicon, for: planner.readers)
        (self.planner, self.lexicon, self.text) = (planner, lexicon, Array(text.unicodeScalars))
        self.isStrict = isStrict
        units = UnitPlanner(vocabulary: planner.vocabulary, lexicon: lexicon)
        reader = WordReader(vocabulary: planner.vocabulary) { word in
            try lexicon.isKnown(SearchText.terms(asking: [word]))
        }
        corrector = SpellingCorrector(reader: reader, lexicon: lexicon)
    }

    /// Adds the items of the query itself: words are wanted, all else must hold.
    mutating func add(_ items: [QueryItem]) throws {
        let items = leavingOut(items)
        try forEachRun(of: items) { draft, words in
            try draft.addWanted(words)
        } other: { draft, item in
            if case .clause(let clause) = item.node, case .values(let values) = clause.test {
                guard try draft.isStrict || draft.isUsed(clause.key) else {
                    try draft.addWords(values, of: item, key: clause.key)
                    return
                }
                let tags = try draft.addFilter(key: clause.key, values: values, isExact: false)
                draft.understand(item, tags: tags, key: clause.key, isNegated: false)
            } else {
                draft.conditions.append(try draft.condition(of: item, isNegated: false))
            }
        }
    }

    private func isUsed(_ key: String) throws -> Bool {
        for key in planner.vocabulary.keys(counting: key) where try lexicon.isKey(key) { return true }
        return false
    }

    /// Reads the values of a key that no model has as words: `publisher:acme` finds what acme is said of.
    private mutating func addWords(_ values: [String], of item: QueryItem, key: String) throws {
        let words = values.flatMap { SearchText.words($0) }.map { QueryWord($0, at: item.range) }
        let first = result.understood.count
        try addWanted(words, isClause: true)
        let leftOut = result.understood[first...].compactMap(\.problem).first
        result.understood.removeSubrange(first...)
        let problem = Label(
            ko: "\(key)을(를) 가진 모델이 없어 낱말로 찾았습니다", en: "no model has the key \(key): read as words")
        result.understood.append(
            UnderstoodItem(text: item.text, range: item.range, kind: .key, problem: leftOut ?? problem))
    }

    /// Adds a filter of a key; values that no model has find nothing. One that was chosen and not typed is exact.
    @discardableResult
    mutating func addFilter(key: String, values: [String], isExact: Bool) throws -> [KnownTag] {
        let tags = try isExact ? exactTags(key: key, values: values) : tags(key: key, values: values)
        let condition = tags.isEmpty ? PlanCondition.nothing : .tags(tags.map(\.id))
        result.plan.filters.append(PlanFilter(key: key, condition: condition, isChosen: isExact))
        return tags
    }

    /// The plan of the query.
    func finished(_ query: ParsedQuery) -> PlannedQuery {
        var result = result
        let condition = PlanCondition.holding(conditions)
        if condition != .nothingAsked { result.plan.condition = condition }
        // Where all words are vague, these are what was asked for.
        if result.plan.wanted.isEmpty { result.plan.wanted = wordUnits }
        // "under sort:new 5MB" is one condition: it is taken out with what stands inside of it.
        if query.sort != nil, let range = query.sortRange,
            !result.understood.contains(where: { $0.range.lowerBound < range.lowerBound && $0.range.overlaps(range) })
        {
            result.understood.append(UnderstoodItem(text: typed(range), range: range, kind: .sort))
        }
        result.understood.sort {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        for problem in query.problems + untold { result.tell(problem, in: text) }
        result.leftOut.sort { $0.range.lowerBound < $1.range.lowerBound }
        result.associations.sort { ($1.strength, $1.support) < ($0.strength, $0.support) }
        result.associations = Array(result.associations.prefix(8))
        result.corrected = SpellingCorrector.text(text, with: corrections)
        return result
    }

    // MARK: Words

    /// Hands on words that stand side by side together, and other items one by one. A `sort:` between words parts them.
    mutating func forEachRun(
        of items: [QueryItem], words: (inout PlanDraft, [QueryWord]) throws -> Void,
        other: (inout PlanDraft, QueryItem) throws -> Void
    ) throws {
        var run: [QueryWord] = []
        var end = 0
        for item in items {
            let gap = typed(end..<max(end, item.range.lowerBound))
            end = item.range.upperBound
            if case .word(let text) = item.node {
                if !run.isEmpty, !SearchText.words(gap).isEmpty {
                    try words(&self, run)
                    run = []
                }
                run += QueryWord.words(of: text, at: item.range)
                continue
            }
            if !run.isEmpty { try words(&self, run) }
            run = []
            try other(&self, item)
        }
        if !run.isEmpty { try words(&self, run) }
    }

    mutating func read(_ words: [QueryWord], isNegated: Bool = false) throws -> [ReadUnit] {
        leaveOut(words.dropFirst(PlanBudget.wordsOfRun).map(\.range))
        let words = try corrector.corrected(
            Array(words.prefix(PlanBudget.wordsOfRun)), keepsKnown: isNegated)
        corrections += words.filter { $0.typed != nil }
        return try reader.units(of: words)
    }

    /// - Returns: The place of the unit, and whether it need not be met; nil when there are too many.
    mutating func append(_ unit: ReadUnit, isNegated: Bool) throws -> (place: Int, isVague: Bool)? {
        guard result.plan.units.count < PlanBudget.units else {
            leaveOut([unit.range])
            return nil
        }
        learntUnits += isNegated || unit.entries.isEmpty ? 0 : 1
        var planned = try units.plan(
            unit, learns: !isNegated && learntUnits <= Self.maximumLearntUnits, isNegated: isNegated)
        if isNegated {
            planned.unit.rarity = 0
            planned.unit.alternatives.removeAll { !$0.isStrong }
        } else {
            result.associations += planned.associations
        }
        result.plan.units.append(planned.unit)
        result.understood.append(
            UnderstoodItem(
                text: unit.text, range: unit.range, kind: .word, isNegated: isNegated, meanings: planned.meanings))
        return (result.plan.units.count - 1, planned.isVague)
    }

    /// Adds words that are looked for; `isClause` says that they were the value of a key.
    private mutating func addWanted(_ words: [QueryWord], isClause: Bool = false) throws {
        var read = try read(words)
        if !isClause { conditions += try leavingOut(of: &read, isNegated: false) }
        for (place, unit) in read.enumerated() {
            guard wordUnits.count < PlanBudget.words else {
                leaveOut(read[place...].map(\.range))
                break
            }
            guard seen.insert(unit.text).inserted, let added = try append(unit, isNegated: false) else { continue }
            wordUnits.append(added.place)
            if !isClause, !unit.namesTask, read.contains(where: \.namesTask) {
                let rarity = result.plan.units[added.place].rarity
                result.plan.units[added.place].rarity = max(1, rarity * PlanWeights.besidesTask / 100)
            }
            if !added.isVague { result.plan.wanted.append(added.place) }
        }
        try addPhrase(of: read)
    }

    /// What must not hold, by the words of a run that leave something out; these are taken out of it.
    mutating func leavingOut(of read: inout [ReadUnit], isNegated: Bool) throws -> [PlanCondition] {
        let text = text
        let exclusions = Exclusion.taken(from: &read) {
            String(String.UnicodeScalarView(text[$0.clamped(to: text.indices)]))
        }
        return try exclusions.compactMap { exclusion in
            let first = result.understood.count
            let groups = try exclusion.groups.compactMap { group -> PlanCondition? in
                let units = try group.compactMap { try append(try asTyped($0), isNegated: !isNegated)?.place }
                // Less than all of its units would leave out more than was said.
                return units.count == group.count ? .holding(units.map(PlanCondition.unit)) : nil
            }
            understandAsOne(exclusion, from: first)
            return groups.isEmpty ? nil : .not(groups.count == 1 ? groups[0] : .any(groups))
        }
    }

    /// A unit of the words as they were typed, if models hold these: nothing is left out by a guess.
    private mutating func asTyped(_ unit: ReadUnit) throws -> ReadUnit {
        var unit = unit
        for place in unit.words.indices {
            guard let typed = unit.words[place].typed, try lexicon.isKnown(SearchText.terms(asking: [typed])) else {
                continue
            }
            corrections.removeAll { $0.range == unit.words[place].range }
            (unit.words[place].word, unit.words[place].typed, unit.entries) = (typed, nil, [])
        }
        return unit
    }

    /// Adds what words are worth that stand side by side in a model as in the query, such as the name of the model.
    private mutating func addPhrase(of read: [ReadUnit]) throws {
        let words = read.flatMap(\.words).map(\.word)
        guard read.count > 1, words.count <= 6, result.plan.units.count < PlanBudget.units else { return }
        result.plan.units.append(try units.plan(phrase: words))
        guard result.plan.units.count < PlanBudget.units, let name = try units.plan(edgeOfName: words) else {
            return
        }
        result.plan.units.append(name)
    }

    /// Tells that words stand there which are not looked for.
    private mutating func leaveOut(_ ranges: [Range<Int>]) {
        guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max() else { return }
        let problem = QueryProblem(
            start..<end, en: "too many words: these are left out", ko: "낱말이 너무 많아 이 부분은 찾지 않았습니다")
        result.leftOut.append(problem)
        result.understood.append(
            UnderstoodItem(
                text: typed(start..<end), range: start..<end, kind: .word,
                problem: Label(ko: problem.ko, en: problem.en)))
    }

    private func typed(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(text[range.clamped(to: text.indices)]))
    }
}
