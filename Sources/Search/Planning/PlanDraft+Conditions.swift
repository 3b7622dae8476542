import Registry

extension PlanCondition {
    /// What signs without words ask for; it holds of everything.
    static let nothingAsked = PlanCondition.all([])

    /// What holds where all of some conditions hold.
    static func holding(_ conditions: [PlanCondition]) -> PlanCondition {
        let conditions = conditions.filter { $0 != nothingAsked }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }
}

extension PlanDraft {
    mutating func condition(of item: QueryItem, isNegated: Bool) throws -> PlanCondition {
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
            return negated == .nothingAsked ? negated : .not(negated)
        case .any(let branches):
            let first = result.understood.count
            var conditions: [PlanCondition] = []
            for branch in branches { conditions.append(try condition(of: branch, isNegated: isNegated)) }
            conditions.removeAll { $0 == .nothingAsked }
            understandAsOne(item, from: first, isNegated: isNegated)
            return conditions.isEmpty ? .nothingAsked : conditions.count == 1 ? conditions[0] : .any(conditions)
        }
    }

    /// What holds where all items of a group hold.
    private mutating func condition(of items: [QueryItem], isNegated: Bool) throws -> PlanCondition {
        var all: [PlanCondition] = []
        try forEachRun(of: leavingOut(items)) { draft, words in
            all.append(try draft.conditions(of: words, isNegated: isNegated))
        } other: { draft, item in
            all.append(try draft.condition(of: item, isNegated: isNegated))
        }
        return .holding(all)
    }

    private mutating func conditions(of words: [QueryWord], isNegated: Bool) throws -> PlanCondition {
        var read = try read(words, isNegated: isNegated)
        let leftOut = try leavingOut(of: &read, isNegated: isNegated)
        return .holding(
            try read.compactMap { unit in try append(unit, isNegated: isNegated).map { .unit($0.place) } } + leftOut)
    }

    /// Items, where a phrase, a clause or a group beside a word such as 말고 or "except" is negated.
    func leavingOut(_ items: [QueryItem]) -> [QueryItem] {
        var result: [QueryItem] = []
        var isBefore = false
        for item in items {
            let mark = saysExcept(item)
            if mark == .behind, let last = result.last, last.isNoWord {
                result[result.count - 1] = last.leftOut(with: item.range)
            } else if isBefore, item.isNoWord, let last = result.popLast() {
                result.append(item.leftOut(with: last.range))
            } else {
                result.append(item)
            }
            isBefore = mark == .before
        }
        return result
    }

    private enum Mark { case before, behind }

    private func saysExcept(_ item: QueryItem) -> Mark? {
        guard case .word(let text) = item.node else { return nil }
        let words = SearchText.words(text)
        let entries = planner.vocabulary.entries(named: ContextVocabulary.phrase(words))
        guard entries.contains(where: \.saysExcept) else { return nil }
        return words.contains(where: \.isGrammed) ? .behind : .before
    }

    /// A unit that only the words as they stand meet.
    private mutating func strict(
        _ item: QueryItem, _ text: String, _ kind: UnderstoodItem.Kind, isNegated: Bool
    ) throws -> PlanCondition {
        if kind == .prefix {
            guard prefixes < PlanBudget.prefixes else { return leaveOut(item, kind, isNegated: isNegated) }
            prefixes += 1
        }
        let (planned, meanings) = try units.plan(strict: text, isPrefix: kind == .prefix)
        guard result.plan.units.count + planned.count <= PlanBudget.units else {
            return leaveOut(item, kind, isNegated: isNegated)
        }
        result.understood.append(
            UnderstoodItem(
                text: item.text, range: item.range, kind: kind, isNegated: isNegated, meanings: meanings))
        var all: [PlanCondition] = []
        for var unit in planned {
            if isNegated { unit.rarity = 0 }
            all.append(.unit(result.plan.units.count))
            result.plan.units.append(unit)
        }
        return .holding(all)
    }

    private mutating func condition(
        of clause: QueryClause, _ item: QueryItem, isNegated: Bool
    ) throws -> PlanCondition {
        if case .values(let values) = clause.test {
            let tags = try tags(key: clause.key, values: values)
            understand(item, tags: tags, key: clause.key, isNegated: isNegated)
            return tags.isEmpty ? .nothing : .tags(tags.map(\.id))
        }
        var kind = UnderstoodItem.Kind.has
        if case .number = clause.test { kind = .number }
        guard numbers < PlanBudget.numbers else { return leaveOut(item, kind, isNegated: isNegated) }
        numbers += 1
        let meant = NumberMeanings(clause, planner.vocabulary)
        let condition =
            if case .number(let range) = clause.test { meant.condition(range) } else { meant.present }
        if try !meant.columns.contains(where: lexicon.isKey) {
            untold.append(
                QueryProblem(item.range, en: "no model tells its \(clause.column)", ko: "이 값을 밝힌 모델이 없습니다"))
        }
        result.understood.append(
            UnderstoodItem(
                text: item.text, range: item.range, kind: kind, isNegated: isNegated,
                meanings: [ConditionWords(clause, planner.vocabulary).meaning].compactMap(\.self)))
        return condition
    }

    /// Tells that a condition is one too many; it asks for nothing.
    private mutating func leaveOut(
        _ item: QueryItem, _ kind: UnderstoodItem.Kind, isNegated: Bool
    ) -> PlanCondition {
        let problem = QueryProblem(
            item.range, en: "too many conditions of this kind: this one is left out", ko: "이런 조건이 너무 많아 이것은 쓰지 않았습니다")
        result.leftOut.append(problem)
        result.understood.append(
            UnderstoodItem(
                text: item.text, range: item.range, kind: kind, isNegated: isNegated,
                problem: Label(ko: problem.ko, en: problem.en)))
        return .nothingAsked
    }

    /// Makes one item of what was understood of a negated one, which is taken out together with its minus.
    private mutating func understandAsOne(_ item: QueryItem, from first: Int) {
        guard let one = result.understood[first...].first else { return }
        let isGroup = result.understood.count - first > 1
        join(item, from: first, isGroup ? .group : one.kind, isNegated: one.isNegated)
    }

    /// Makes one item of what was understood of words that are left out together.
    mutating func understandAsOne(_ exclusion: Exclusion, from first: Int) {
        guard let one = result.understood[first...].first else { return }
        let text = exclusion.groups.joined().map(\.text).joined(separator: " ")
        let item = QueryItem(.word(text), text: text, range: exclusion.range)
        join(item, from: first, one.kind, isNegated: one.isNegated)
    }

    /// Makes one item of what was understood of a group.
    private mutating func understandAsOne(_ item: QueryItem, from first: Int, isNegated: Bool) {
        join(item, from: first, .group, isNegated: isNegated)
    }

    private mutating func join(
        _ item: QueryItem, from first: Int, _ kind: UnderstoodItem.Kind, isNegated: Bool
    ) {
        let parts = result.understood[first...]
        // "(마스크 제외)" leaves out what stands in it.
        let isAlone = kind == .group && parts.count == 1 && parts.allSatisfy(\.isNegated) && !isNegated
        let one = UnderstoodItem(
            text: isAlone ? parts.map(\.text).joined() : item.text, range: item.range, kind: kind,
            isNegated: isNegated || isAlone, meanings: parts.flatMap(\.meanings),
            problem: parts.compactMap(\.problem).first)
        result.understood.replaceSubrange(first..., with: [one])
    }
}

extension QueryItem {
    fileprivate var isNoWord: Bool {
        switch node {
        case .word, .not: false
        case .phrase, .prefix, .clause, .any: true
        }
    }

    fileprivate func leftOut(with mark: Range<Int>) -> QueryItem {
        QueryItem(
            .not(self), text: text,
            range: min(range.lowerBound, mark.lowerBound)..<max(range.upperBound, mark.upperBound))
    }
}
