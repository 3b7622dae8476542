import Registry

/// A plan while it is made.
struct PlanDraft {
    private let planner: Planner
    private let units: UnitPlanner
    private let reader: WordReader
    private var result = PlannedQuery()
    private var conditions: [PlanCondition] = []
    private var corrections: [QueryWord] = []
    private var seen: Set<String> = []
    private var learntUnits = 0
    private var isVague = false

    /// Learning what goes with a unit takes a look at thousands of models.
    private static let maximumLearntUnits = 3

    init(_ planner: Planner) {
        self.planner = planner
        units = UnitPlanner(vocabulary: planner.vocabulary, lexicon: planner.lexicon, readers: planner.readers)
        let lexicon = planner.lexicon
        let readers = planner.readers
        reader = WordReader(vocabulary: planner.vocabulary) { word in
            try lexicon.isKnown([SearchText.terms(asking: [word])], to: readers)
        }
    }

    /// Adds the items of the query itself: words are wanted, all else must hold.
    mutating func add(_ items: [QueryItem]) throws {
        try forEachRun(of: items) { draft, words in
            try draft.addWanted(words)
        } other: { draft, item in
            if case .clause(let clause) = item.node, case .values(let values) = clause.test {
                guard try draft.isUsed(clause.key) else {
                    try draft.addWords(values, of: item, key: clause.key)
                    return
                }
                let tags = try draft.addFilter(key: clause.key, values: values, isExact: false)
                try draft.understand(item, .key, tags: tags, key: clause.key, isNegated: false)
            } else {
                draft.conditions.append(try draft.condition(of: item, isNegated: false))
            }
        }
    }

    private func isUsed(_ key: String) throws -> Bool {
        for key in planner.vocabulary.keys(like: key) where try planner.lexicon.isKey(key, for: planner.readers) {
            return true
        }
        return false
    }

    /// Reads the values of a key that no model has as words: `publisher:acme` finds what acme is said of.
    private mutating func addWords(_ values: [String], of item: QueryItem, key: String) throws {
        let words = values.flatMap { SearchText.words($0) }.map { QueryWord($0, at: item.range) }
        let first = result.understood.count
        try addWanted(words)
        result.understood.removeSubrange(first...)
        let problem = Label(
            ko: "\(key)을(를) 가진 모델이 없어 낱말로 찾았습니다", en: "no model has the key \(key): read as words")
        result.understood.append(UnderstoodItem(text: item.text, range: item.range, kind: .key, problem: problem))
    }

    /// Adds a filter of a key; values that no model has find nothing. One that was chosen and not typed is exact.
    @discardableResult
    mutating func addFilter(key: String, values: [String], isExact: Bool) throws -> [KnownTag] {
        let tags = try isExact ? exactTags(key: key, values: values) : tags(key: key, values: values)
        let condition = tags.isEmpty ? PlanCondition.nothing : .tags(tags.map(\.id))
        result.plan.filters.append(PlanFilter(key: key, condition: condition))
        return tags
    }

    /// The plan; `text` is the query as typed.
    func finished(_ query: ParsedQuery, _ text: String) -> PlannedQuery {
        var result = result
        switch conditions.count {
        case 0: break
        case 1: result.plan.condition = conditions[0]
        default: result.plan.condition = .all(conditions)
        }
        if query.sort != nil, let range = query.sortRange {
            let typed = String(String.UnicodeScalarView(Array(text.unicodeScalars)[clamping: range]))
            result.understood.append(UnderstoodItem(text: typed, range: range, kind: .sort))
        }
        result.understood.sort {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        for problem in query.problems { result.tell(problem) }
        result.associations.sort { ($1.strength, $1.support) < ($0.strength, $0.support) }
        result.associations = Array(result.associations.prefix(8))
        result.corrected = SpellingCorrector.text(text, with: corrections)
        return result
    }

    // MARK: Words

    /// Hands on words that stand side by side together, and other items one by one.
    private mutating func forEachRun(
        of items: [QueryItem], words: (inout PlanDraft, [QueryWord]) throws -> Void,
        other: (inout PlanDraft, QueryItem) throws -> Void
    ) throws {
        var run: [QueryWord] = []
        for item in items {
            if case .word(let text) = item.node {
                run += QueryWord.words(of: text, at: item.range)
                continue
            }
            if !run.isEmpty { try words(&self, run) }
            run = []
            try other(&self, item)
        }
        if !run.isEmpty { try words(&self, run) }
    }

    private mutating func read(_ words: [QueryWord]) throws -> [ReadUnit] {
        let corrector = SpellingCorrector(reader: reader, lexicon: planner.lexicon, readers: planner.readers)
        let words = try corrector.corrected(Array(words.prefix(64)))
        corrections += words.filter { $0.typed != nil }
        return try reader.units(of: words)
    }

    /// - Returns: The place of the unit; nil when there are too many.
    private mutating func append(_ unit: ReadUnit, isNegated: Bool) throws -> Int? {
        guard result.plan.units.count < Planner.maximumUnits else { return nil }
        learntUnits += isNegated || unit.entries.isEmpty ? 0 : 1
        var planned = try units.plan(unit, learns: !isNegated && learntUnits <= Self.maximumLearntUnits)
        if isNegated {
            planned.unit.rarity = 0
            planned.unit.alternatives.removeAll { !$0.isStrong }
        } else {
            result.associations += planned.associations
        }
        isVague = planned.isVague
        result.plan.units.append(planned.unit)
        result.understood.append(
            UnderstoodItem(
                text: unit.text, range: unit.range, kind: .word, isNegated: isNegated, meanings: planned.meanings))
        return result.plan.units.count - 1
    }

    private mutating func addWanted(_ words: [QueryWord]) throws {
        let read = Array(try read(words).prefix(Planner.maximumWords))
        for unit in read {
            guard result.plan.wanted.count < Planner.maximumWords, seen.insert(unit.text).inserted,
                let index = try append(unit, isNegated: false)
            else { continue }
            if !isVague { result.plan.wanted.append(index) }
        }
        try addPhrase(of: read)
        if result.plan.wanted.isEmpty { result.plan.wanted = Array(result.plan.units.indices) }
    }

    /// Adds what words are worth that stand side by side in a model as in the query, such as the name of the model.
    private mutating func addPhrase(of read: [ReadUnit]) throws {
        let words = read.flatMap(\.words).map(\.word)
        guard read.count > 1, words.count <= 6, result.plan.units.count < Planner.maximumUnits else { return }
        result.plan.units.append(try units.plan(phrase: words))
        guard result.plan.units.count < Planner.maximumUnits, let name = try units.plan(edgeOfName: words) else {
            return
        }
        result.plan.units.append(name)
    }

    // MARK: Conditions

    private mutating func condition(of item: QueryItem, isNegated: Bool) throws -> PlanCondition {
        switch item.node {
        case .word(let text):
            return try conditions(of: QueryWord.words(of: text, at: item.range), isNegated: isNegated)
        case .phrase(let text):
            return try strict(item, text, .phrase, isNegated: isNegated)
        case .prefix(let text):
            return try strict(item, text, .prefix, isNegated: isNegated)
        case .clause(let clause):
            return try condition(of: clause, item, isNegated: isNegated)
        case .not(let inner):
            let first = result.understood.count
            let negated = try condition(of: inner, isNegated: !isNegated)
            understandAsOne(item, from: first)
            // Signs without words say nothing, and neither does leaving them out.
            return negated == .all([]) ? negated : .not(negated)
        case .any(let branches):
            let first = result.understood.count
            var conditions: [PlanCondition] = []
            for branch in branches { conditions.append(try condition(of: branch, isNegated: isNegated)) }
            conditions.removeAll { $0 == .all([]) }
            let meanings = result.understood[first...].flatMap(\.meanings)
            result.understood.removeSubrange(first...)
            result.understood.append(
                UnderstoodItem(
                    text: item.text, range: item.range, kind: .group, isNegated: isNegated, meanings: meanings))
            return conditions.isEmpty ? .all([]) : conditions.count == 1 ? conditions[0] : .any(conditions)
        }
    }

    /// What holds where all items of a group hold.
    private mutating func condition(of items: [QueryItem], isNegated: Bool) throws -> PlanCondition {
        var all: [PlanCondition] = []
        try forEachRun(of: items) { draft, words in
            all.append(try draft.conditions(of: words, isNegated: isNegated))
        } other: { draft, item in
            all.append(try draft.condition(of: item, isNegated: isNegated))
        }
        return all.count == 1 ? all[0] : .all(all)
    }

    private mutating func conditions(of words: [QueryWord], isNegated: Bool) throws -> PlanCondition {
        var all: [PlanCondition] = []
        for unit in try read(words) {
            if let index = try append(unit, isNegated: isNegated) { all.append(.unit(index)) }
        }
        return all.count == 1 ? all[0] : .all(all)
    }

    /// A unit that only the words as they stand meet.
    private mutating func strict(
        _ item: QueryItem, _ text: String, _ kind: UnderstoodItem.Kind, isNegated: Bool
    ) throws -> PlanCondition {
        let planned = try units.plan(strict: text, isPrefix: kind == .prefix, for: planner.readers)
        result.understood.append(UnderstoodItem(text: item.text, range: item.range, kind: kind, isNegated: isNegated))
        guard !planned.isEmpty, result.plan.units.count + planned.count <= Planner.maximumUnits else {
            return .everything
        }
        var all: [PlanCondition] = []
        for var unit in planned {
            if isNegated { unit.rarity = 0 }
            all.append(.unit(result.plan.units.count))
            result.plan.units.append(unit)
        }
        return all.count == 1 ? all[0] : .all(all)
    }

    private mutating func condition(
        of clause: QueryClause, _ item: QueryItem, isNegated: Bool
    ) throws -> PlanCondition {
        switch clause.test {
        case .values(let values):
            let tags = try tags(key: clause.key, values: values)
            try understand(item, .key, tags: tags, key: clause.key, isNegated: isNegated)
            return tags.isEmpty ? .nothing : .tags(tags.map(\.id))
        case .number(let range):
            result.understood.append(
                UnderstoodItem(text: item.text, range: item.range, kind: .number, isNegated: isNegated))
            return .number(range)
        case .present:
            result.understood.append(
                UnderstoodItem(text: item.text, range: item.range, kind: .has, isNegated: isNegated))
            return .has(clause.column)
        }
    }

    /// Makes one item of what was understood of a negated one: it is taken out together with its minus.
    private mutating func understandAsOne(_ item: QueryItem, from first: Int) {
        let parts = Array(result.understood[first...])
        guard let one = parts.first else { return }
        result.understood.removeSubrange(first...)
        result.understood.append(
            UnderstoodItem(
                text: item.text, range: item.range, kind: parts.count == 1 ? one.kind : .group,
                isNegated: one.isNegated, meanings: parts.flatMap(\.meanings),
                problem: parts.compactMap(\.problem).first))
    }

    /// Whether the readers may know of a tag: one of public models, or of models that exist for them.
    private func isTold(_ tag: KnownTag) throws -> Bool {
        let lexicon = planner.lexicon
        if try lexicon.publicCount(tag: tag.id) > 0 { return true }
        guard planner.readers != .anonymous else { return false }
        return try lexicon.tags(beginning: tag.folded, limit: 64, for: planner.readers).contains { $0.tag.id == tag.id }
    }

    private mutating func understand(
        _ item: QueryItem, _ kind: UnderstoodItem.Kind, tags: [KnownTag], key: String, isNegated: Bool
    ) throws {
        let tags = try tags.filter(isTold)
        let meanings = tags.map { tag in
            UnderstoodItem.Meaning(
                key: tag.key, value: tag.folded,
                label: planner.vocabulary.label(key: tag.key, folded: tag.folded))
        }
        let problem =
            tags.isEmpty ? Label(ko: "이 값을 가진 모델이 없습니다", en: "no model has this value of \(key)") : nil
        result.understood.append(
            UnderstoodItem(
                text: item.text, range: item.range, kind: kind, isNegated: isNegated, meanings: meanings,
                problem: problem))
    }

    private func exactTags(key: String, values: [String]) throws -> [KnownTag] {
        try planner.lexicon.tags(key: key, values: values).compactMap { try planner.lexicon.tag($0) }
    }

    /// The tags of a key with one of the values; where none has a value, those that the vocabulary calls so.
    private func tags(key: String, values: [String]) throws -> [KnownTag] {
        let lexicon = planner.lexicon
        let like = planner.vocabulary.keys(like: key)
        var ids: Set<Int64> = []
        for value in values.map(\.folded) {
            var found = try like.flatMap { try lexicon.tags(key: $0, values: [value]) }
            let named = planner.vocabulary.entries(named: ContextVocabulary.phrase(SearchText.words(value)))
            for entry in named where found.isEmpty && like.contains(entry.key) { found += try units.tags(of: entry) }
            found += try editions(of: value, keys: like)
            ids.formUnion(found)
        }
        return try ids.sorted().compactMap { try lexicon.tag($0) }
    }

    /// The tags whose value is `value` and only numbers besides: `coco-2017` is an edition of `coco`.
    private func editions(of value: String, keys: [String]) throws -> [Int64] {
        func parts(_ text: String) -> [String] {
            SearchText.words(text).flatMap { $0.isGrammed ? [$0.text] : SearchText.parts(of: $0.text) }
        }
        func isNumber(_ text: String) -> Bool { text.utf8.allSatisfy(\.isDigit) }
        let wanted = parts(value)
        guard !wanted.isEmpty, !wanted.contains(where: isNumber) else { return [] }
        let terms = SearchText.terms(asking: SearchText.words(value))
        return try planner.lexicon.tags(holding: terms, limit: 64).filter { tag in
            keys.contains(tag.key) && parts(tag.folded).filter { !isNumber($0) } == wanted
        }.map(\.id)
    }
}

extension Array {
    fileprivate subscript(clamping range: Range<Int>) -> ArraySlice<Element> { self[range.clamped(to: indices)] }
}
