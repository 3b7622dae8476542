import Registry

extension UnitPlanner {
    /// The units of a phrase, or of words the last of which is only the beginning of one; and the tags that are called
    /// as the phrase says.
    func plan(
        strict text: String, isPrefix: Bool
    ) throws -> (units: [PlanUnit], meanings: [UnderstoodItem.Meaning]) {
        var words = SearchText.words(text)
        var units: [PlanUnit] = []
        var meanings: [UnderstoodItem.Meaning] = []
        let beginning = isPrefix ? words.popLast() : nil
        if !words.isEmpty {
            let terms = SearchText.terms(asking: words)
            var tags: [Int64] = []
            if !isPrefix {
                tags = try lexicon.tags(holding: terms, limit: Self.maximumTags).map(\.id)
                for entry in entries(called: words) {
                    let own = try self.tags(of: entry)
                    if own.isEmpty { continue }
                    tags += own.filter { !tags.contains($0) }
                    meanings.append(.init(key: entry.key, value: entry.value, label: entry.label))
                }
                tags.sort()
            }
            units.append(try unit(text, .terms(terms), tags))
        }
        if let beginning {
            let tags = try lexicon.tags(beginning: beginning.text, limit: Self.maximumTags)
            units.append(try unit(text, .prefix(SearchTerm.word(beginning.text)), tags.map(\.id).sorted()))
        }
        return (units, meanings)
    }

    /// What the vocabulary calls exactly so: these are words that people see of a model, as much as its title.
    private func entries(called words: [SearchText.Word]) -> [ContextVocabulary.Entry] {
        let phrase = ContextVocabulary.phrase(words)
        return vocabulary.entries(named: phrase).filter { entry in
            !entry.key.isEmpty
                && [entry.label.ko, entry.label.en].contains {
                    ContextVocabulary.phrase(SearchText.words($0)) == phrase
                }
        }
    }

    /// The unit of words that are better side by side. It has no text: nobody asked for it.
    func plan(phrase words: [SearchText.Word]) throws -> PlanUnit {
        var unit = try unit("", .terms(SearchText.terms(asking: words)), [])
        unit.alternatives[0].weight = PlanWeights.phrase
        return unit
    }

    /// The unit of words that a model's name begins or ends with; nil when no name does. It has no text either.
    func plan(edgeOfName words: [SearchText.Word]) throws -> PlanUnit? {
        let name = SearchText.terms(naming: words)
        let edges = [Array(name.dropLast()), Array(name.dropFirst())]
        let known = try edges.filter { try $0.count > 1 && lexicon.isKnown($0) }
        guard !known.isEmpty else { return nil }
        let count = try known.map(lexicon.least).max() ?? 0
        return PlanUnit(
            text: "", alternatives: known.map { PlanAlternative(.terms($0), weight: PlanWeights.edgeOfName) },
            rarity: Rarity.of(count, among: lexicon.publicCount))
    }

    private static let maximumTags = 256

    private func unit(_ text: String, _ match: PlanAlternative.Match, _ tags: [Int64]) throws -> PlanUnit {
        var alternatives = [PlanAlternative(match)]
        var count = 0
        if case .terms(let terms) = match {
            count = try lexicon.least(of: terms)
        }
        if !tags.isEmpty {
            alternatives.append(PlanAlternative(.tags(tags)))
            count = max(count, try tags.map(lexicon.publicCount(tag:)).max() ?? 0)
        }
        return PlanUnit(text: text, alternatives: alternatives, rarity: Rarity.of(count, among: lexicon.publicCount))
    }
}
