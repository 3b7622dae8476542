import Registry

extension PlanDraft {
    mutating func understand(_ item: QueryItem, tags: [KnownTag], key: String, isNegated: Bool) {
        let meanings = tags.map { tag in
            UnderstoodItem.Meaning(
                key: tag.key, value: tag.folded,
                label: planner.vocabulary.label(key: tag.key, folded: tag.folded))
        }
        let problem =
            tags.isEmpty ? Label(ko: "이 값을 가진 모델이 없습니다", en: "no model has this value of \(key)") : nil
        result.understood.append(
            UnderstoodItem(
                text: item.text, range: item.range, kind: .key, isNegated: isNegated, meanings: meanings,
                problem: problem))
    }

    func exactTags(key: String, values: [String]) throws -> [KnownTag] {
        try lexicon.tags(key: key, values: values).compactMap(lexicon.tag)
    }

    /// The tags of a key with one of the values; where none has a value, those that the vocabulary calls so.
    func tags(key: String, values: [String]) throws -> [KnownTag] {
        let like = planner.vocabulary.keys(like: key)
        var ids: Set<Int64> = []
        for value in values.map(\.folded) {
            var found = try like.flatMap { try lexicon.tags(key: $0, values: [value]) }
            let named = planner.vocabulary.entries(named: ContextVocabulary.phrase(SearchText.words(value)))
            for entry in named where found.isEmpty && like.contains(entry.key) { found += try units.tags(of: entry) }
            found += try editions(of: value, keys: like)
            ids.formUnion(found)
        }
        return try ids.compactMap(lexicon.tag).sorted { ($0.key, $0.folded) < ($1.key, $1.folded) }
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
        return try lexicon.tags(holding: terms, limit: 64).filter { tag in
            keys.contains(tag.key) && parts(tag.folded).filter { !isNumber($0) } == wanted
        }.map(\.id)
    }
}
