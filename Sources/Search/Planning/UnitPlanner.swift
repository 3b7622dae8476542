import Registry

/// Finds the ways to meet a unit: its words, other names, tags, and what goes with it.
struct UnitPlanner {
    let vocabulary: ContextVocabulary
    let lexicon: PlanLexicon

    /// A unit with what is told of it.
    struct Planned {
        var unit: PlanUnit
        var meanings: [UnderstoodItem.Meaning] = []
        /// Whether it tells little of which models are meant: a general word of the field, or one that most models hold.
        var isVague = false
        /// What was learnt, or is known, to go with it.
        var associations: [Association] = []
    }

    /// The ways to meet a unit; `learns` says whether to ask what goes with it. What is negated is left out by what it surely
    /// means, and by nothing that is guessed.
    func plan(_ unit: ReadUnit, learns: Bool, isNegated: Bool = false) throws -> Planned {
        var alternatives = Alternatives()
        let words = unit.words.map(\.word)
        addLiteral(words, to: &alternatives)
        let typed = unit.words.compactMap(\.typed)
        if !typed.isEmpty {
            alternatives.add(unit.words.flatMap { SearchText.terms(asking: [$0.typed ?? $0.word]) }, weight: 255)
        }
        var tags = TagWeights()
        try addTags(holding: words, scale: 255, path: [], to: &tags)
        for entry in unit.entries { try add(entry, of: unit, to: &alternatives, &tags) }
        if !isNegated { try addGuesses(for: unit, beside: alternatives, to: &tags) }
        for entry in vocabulary.entries(looselyNamed: ContextVocabulary.phrase(words)) {
            let path = [unit.text, entry.tag ?? entry.value]
            for id in try self.tags(of: entry) {
                tags.add(id, weight: PlanWeights.relatedTag, isStrong: false, path: path)
            }
        }
        var result = Planned(unit: PlanUnit(text: unit.text, alternatives: [], rarity: 0))
        // What goes with a unit, and what it is worth, is the same for all: private models have no say in it.
        let open = try tags.strong.filter(isOpen)
        if learns, !unit.entries.isEmpty {
            let match = open.isEmpty ? alternatives.list.first?.match : .tags(open)
            result.associations = try associations(of: unit, matching: match, besides: Set(open))
            for association in result.associations where association.tag.id != 0 && isAbout(association, unit) {
                tags.add(
                    association.tag.id, weight: max(1, association.strength * PlanWeights.learnt / 1000),
                    isStrong: false, path: Array(association.path.dropLast()))
            }
        }
        result.meanings = unit.entries.filter { !$0.key.isEmpty }.map {
            UnderstoodItem.Meaning(key: $0.key, value: $0.value, label: $0.label)
        }
        let (most, sum) = try counts(of: alternatives, open)
        result.unit.rarity = Rarity.of(most + (sum - most) * PlanWeights.sumShare / 100, among: lexicon.publicCount)
        let isCommon = sum * 100 > lexicon.publicCount * PlanWeights.vagueShare
        let isGeneric = unit.entries.contains { $0.key.isEmpty }
        result.isVague =
            most > SearchPlan.enough && (isCommon || isGeneric)
            && !unit.entries.contains { isTelling($0, hasTags: !open.isEmpty) }
        let kinds = learns && most < PlanWeights.enoughWithoutKinds ? try self.kinds(of: unit) : []
        result.unit.alternatives = try chosen(alternatives.list, tags.alternatives + kinds, most: most)
        return result
    }

    /// The ways to meet a unit that are worth looking for: words that models hold and `others`, so that many words leave
    /// room for these. Of so many models that meet it otherwise (`most`) what only goes with it is worth less.
    private func chosen(
        _ words: [PlanAlternative], _ others: [PlanAlternative], most: Int
    ) throws -> [PlanAlternative] {
        func weighed(_ alternative: PlanAlternative) -> PlanAlternative? {
            guard !alternative.isStrong, isRelated(alternative) else { return alternative }
            var alternative = alternative
            alternative.weight = alternative.weight * PlanWeights.scarce / (PlanWeights.scarce + most)
            return alternative.weight < PlanWeights.least ? nil : alternative
        }
        // The words as they stand are told of even where no model holds them.
        let held = try words.compactMap(weighed).enumerated().filter { try $0.offset == 0 || isHeld($0.element) }
        let (strong, weak) = (held.map(\.element).filter(\.isStrong), held.map(\.element).filter { !$0.isStrong })
        let limit = PlanBudget.alternatives(among: lexicon.publicCount)
        let all = strong.prefix(limit / 2) + others.compactMap(weighed) + strong.dropFirst(limit / 2) + weak
        return Array(all.prefix(limit))
    }

    /// Whether what goes with a unit says that a model has to do with it: where it stands or with what it looks says so
    /// only where the vocabulary does, as most models of any kind are for outdoors or colour cameras.
    private func isAbout(_ association: Association, _ unit: ReadUnit) -> Bool {
        guard ["env", "sensor"].contains(association.tag.key) else { return true }
        let name = "\(association.tag.key):\(association.tag.folded)"
        return unit.entries.contains { $0.companions.contains(name) }
    }

    // MARK: Words

    private func addLiteral(_ words: [SearchText.Word], to alternatives: inout Alternatives) {
        alternatives.add(SearchText.terms(asking: words), weight: PlanWeights.literal)
        for word in words where !word.isGrammed && words.count == 1 {
            alternatives.add([SearchTerm.word(SearchText.stem(word.text))], weight: PlanWeights.literal)
            let parts = SearchText.parts(of: word.text)
            if parts.count > 1 {
                alternatives.add(parts.map { SearchTerm.word(SearchText.stem($0)) }, weight: PlanWeights.parts)
            }
        }
        if words.count > 1 {
            if !words.contains(where: \.isGrammed) {
                let joined = words.map(\.text).joined()
                alternatives.add([SearchTerm.word(SearchText.stem(joined))], weight: PlanWeights.literal)
            }
            alternatives.add(apart(words), weight: PlanWeights.apart)
        }
    }

    /// The terms of words that need not stand side by side.
    private func apart(_ words: [SearchText.Word]) -> [String] {
        let telling = words.filter { !FunctionWords.english.contains($0.text) }
        return (telling.isEmpty ? words : telling).flatMap { SearchText.terms(asking: [$0]) }
    }

    private func add(
        _ entry: ContextVocabulary.Entry, of unit: ReadUnit, to alternatives: inout Alternatives,
        _ tags: inout TagWeights
    ) throws {
        let own = ContextVocabulary.phrase(unit.words.map(\.word))
        let joined = unit.words.map(\.word.text).joined()
        let path = [unit.text, entry.tag ?? entry.value]
        // Where the words name a kind of it too, that comes first: 안개 제거 is dehazing before any enhancement.
        let isWide = entry.tag.map { tag in unit.entries.contains { $0.broader.contains(tag) } } ?? false
        let share = isWide ? PlanWeights.wide : 100
        for id in try self.tags(of: entry) {
            let isNamed = try lexicon.tag(id).map { SearchText.joined($0.folded) == joined || $0.folded == entry.value }
            tags.add(
                id, weight: (isNamed == true ? PlanWeights.tag : PlanWeights.otherTag) * share / 100, isStrong: true,
                path: path)
        }
        let isLooseUnit = isLoose(own, for: entry)
        let names = entry.names.filter { !entry.also.contains($0) || entry.synonyms.contains($0) }
        for name in names.prefix(PlanBudget.names(among: lexicon.publicCount)) {
            let read = vocabulary.read(name)
            let words = read.words
            guard read.phrase != own, !read.phrase.isEmpty else { continue }
            if isLooseUnit || isLoose(read.phrase, for: entry) {
                addRelated(name, path, to: &alternatives)
            } else {
                let isShort = isShortStem(words)
                alternatives.add(
                    read.terms, weight: isShort ? PlanWeights.related : PlanWeights.synonym * share / 100,
                    isStrong: !isShort, path: path)
                if isShort { continue }
                if words.count > 1 {
                    alternatives.add(apart(words), weight: PlanWeights.synonymApart, isStrong: false, path: path)
                }
                // A short name stands in values that have nothing to do with it: `ir` in `openvino-ir`.
                let onlyWhole = entry.key.isEmpty || words.count == 1 && words[0].text.utf8.count <= 3
                try addTags(
                    holding: words, scale: PlanWeights.synonymTag * share / 100, path: path, onlyWhole: onlyWhole,
                    to: &tags)
            }
        }
        for name in entry.loose { addRelated(name, path, to: &alternatives) }
        for narrower in entry.tag.map(vocabulary.entries(narrowerThan:)) ?? [] {
            for id in try self.tags(of: narrower) {
                tags.add(id, weight: PlanWeights.narrowerTag * share / 100, isStrong: true, path: path)
            }
        }
        for related in entry.companions {
            guard let goesWith = vocabulary.entry(for: related) else { continue }
            for id in try self.tags(of: goesWith) {
                tags.add(id, weight: PlanWeights.relatedTag, isStrong: false, path: path)
            }
            let weight = goesWith.key == "task" ? PlanWeights.relatedTask : PlanWeights.related
            for name in goesWith.names.prefix(PlanBudget.relatedNames(among: lexicon.publicCount)) {
                addRelated(name, path + [related], weight: weight, to: &alternatives)
            }
        }
    }

    /// Names of what is a kind of the unit and no value of a key, such as networks that do a task, where models hold them:
    /// many are named by their network alone.
    private func kinds(of unit: ReadUnit) throws -> [PlanAlternative] {
        var kinds = Alternatives()
        for entry in unit.entries {
            guard let tag = entry.tag else { continue }
            for kind in vocabulary.entries(narrowerThan: tag) where kind.key.isEmpty {
                for name in kind.names {
                    kinds.add(
                        vocabulary.read(name).terms, weight: PlanWeights.kind, path: [unit.text, tag, kind.value])
                }
            }
        }
        var held: [PlanAlternative] = []
        for kind in kinds.list.prefix(PlanBudget.kinds) where held.count < PlanWeights.mostKinds {
            if try isHeld(kind) { held.append(kind) }
        }
        return held
    }

    /// Whether a name is one word of which its stem leaves so little that it may be of another word.
    private func isShortStem(_ words: [SearchText.Word]) -> Bool {
        guard words.count == 1, let word = words.first, !word.isGrammed else { return false }
        let stem = SearchText.stem(word.text).utf8.count
        return stem <= 4 && word.text.utf8.count >= stem + 4
    }

    private func addRelated(
        _ name: String, _ path: [String], weight: Int = PlanWeights.related, to alternatives: inout Alternatives
    ) {
        alternatives.add(vocabulary.read(name).terms, weight: weight, isStrong: false, path: path)
    }

    /// The tags that say what an entry says, under all names of its key.
    func tags(of entry: ContextVocabulary.Entry) throws -> [Int64] {
        guard !entry.key.isEmpty else { return [] }
        return try vocabulary.keys(like: entry.key).flatMap { try lexicon.tags(key: $0, values: entry.values) }
    }

    /// Whether public models have a tag.
    func isOpen(_ tag: Int64) throws -> Bool { try lexicon.publicCount(tag: tag) > 0 }

    /// Whether an alternative is something that goes with the unit.
    private func isRelated(_ alternative: PlanAlternative) -> Bool {
        if case .tags = alternative.match { return true }
        return alternative.path.count > 2
    }

    /// Whether an entry says what a model is for or runs on, however many models there are of it.
    private func isTelling(_ entry: ContextVocabulary.Entry, hasTags: Bool) -> Bool {
        entry.key.isEmpty
            ? entry.companions.contains { $0.hasPrefix("task:") } : hasTags && !Self.vagueKeys.contains(entry.key)
    }

    private static let vagueKeys: Set<String> = ["sensor", "form-factor", "scenario", "domain"]

    /// Whether a name of a service type also names something of another kind: 감시 is monitoring of anything, not only
    /// against crime.
    private func isLoose(_ phrase: String, for entry: ContextVocabulary.Entry) -> Bool {
        entry.key == "service" && vocabulary.entries(named: phrase).contains { $0 != entry }
    }

    // MARK: Tags

    /// Tags that a word which is no name itself may ask for, as it stands in a name of them; where no model holds the word
    /// they are what meets it.
    private func addGuesses(
        for unit: ReadUnit, beside alternatives: Alternatives, to tags: inout TagWeights
    ) throws {
        guard unit.entries.isEmpty, let word = unit.words.first, unit.words.count == 1 else { return }
        let isHeld = try alternatives.list.contains { alternative in
            guard case .terms(let terms) = alternative.match else { return false }
            return try lexicon.least(of: terms) > 0
        }
        var entries = vocabulary.entries(partlyNamed: word.word)
        if entries.isEmpty { entries = vocabulary.entries(partlyNamed: WordReader.withoutParticle(word).word) }
        for entry in entries {
            let path = [unit.text, entry.tag ?? entry.value]
            for id in try self.tags(of: entry) {
                tags.add(
                    id, weight: isHeld ? PlanWeights.relatedTag / entries.count : PlanWeights.guess, isStrong: !isHeld,
                    path: path)
            }
        }
    }

    private func addTags(
        holding words: [SearchText.Word], scale: Int, path: [String], onlyWhole: Bool = false,
        to tags: inout TagWeights
    ) throws {
        let terms = apart(words)
        guard !terms.isEmpty else { return }
        let asked = size(of: words)
        let joined = words.map(\.text).joined()
        for tag in try lexicon.tags(holding: terms, limit: 64) {
            let whole = max(size(of: SearchText.words(tag.folded)), 1)
            let isWhole = SearchText.joined(tag.folded) == joined
            if onlyWhole, !isWhole { continue }
            let (least, most) = PlanWeights.holding
            let weight = isWhole ? 255 : min(most, least + (most - least) * asked / whole)
            tags.add(tag.id, weight: max(1, weight * scale / 255), isStrong: true, path: path)
        }
    }

    /// How long a text is, in parts of Latin words and characters of others.
    private func size(of words: [SearchText.Word]) -> Int {
        words.reduce(0) { $0 + ($1.isGrammed ? $1.text.unicodeScalars.count : SearchText.parts(of: $1.text).count) }
    }

    // MARK: Counts

    /// Whether a model that exists for the readers may hold the words.
    private func isHeld(_ alternative: PlanAlternative) throws -> Bool {
        guard case .terms(let terms) = alternative.match else { return true }
        if try lexicon.least(of: terms) > 0 { return true }
        return try lexicon.isKnown(terms)
    }

    /// About how many public models meet the unit: of the ways to, the one with the most, and a part of the others.
    private func counts(of alternatives: Alternatives, _ tags: [Int64]) throws -> (most: Int, sum: Int) {
        var (most, all) = (0, 0)
        for alternative in alternatives.list where alternative.isStrong {
            if case .terms(let terms) = alternative.match {
                let count = try lexicon.least(of: terms)
                most = max(most, count)
                all += count
            }
        }
        for tag in tags {
            let count = try lexicon.publicCount(tag: tag)
            most = max(most, count)
            all += count
        }
        return (most, all)
    }
}
