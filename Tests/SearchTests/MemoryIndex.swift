import Foundation
import Registry
import Search

/// The rules of ``SearchRequest`` over plain dictionaries: slow, and short enough to be seen to be right.
struct MemoryIndex: SearchIndex {
    private let documents: [SearchDocument]
    private let allTags: [Int64: KnownTag]
    private var levels: [String: [Int: Int]] = [:]
    private var holders: [Int64: Set<Int>] = [:]
    private var tagTerms: [Int64: Set<String>] = [:]
    private var tagsOfTerm: [String: Set<Int64>] = [:]

    init(_ documents: [SearchDocument], tags: [KnownTag]) {
        self.documents = documents
        allTags = Dictionary(tags.map { ($0.id, $0) }) { first, _ in first }
        for (place, document) in documents.enumerated() {
            for token in document.words.split(separator: " ") {
                guard let first = token.utf8.first else { continue }
                levels[String(token.dropFirst()), default: [:]][place] = SearchWords.level(ofLetter: first)
            }
            for tag in document.tags { holders[tag, default: []].insert(place) }
        }
        for tag in tags {
            let terms = Set(SearchText.terms(indexing: SearchText.words(tag.folded), wholeWords: true))
            tagTerms[tag.id] = terms
            for term in terms { tagsOfTerm[term, default: []].insert(tag.id) }
        }
    }

    /// Documents of models that are all public and of one namespace, made of names, tags and a README.
    static func holding(_ models: [(name: String, tags: [String], readme: String)]) throws -> MemoryIndex {
        var ids: [String: KnownTag] = [:]
        var documents: [SearchDocument] = []
        for (place, model) in models.enumerated() {
            var tags: [Int64] = []
            for text in model.tags {
                let tag = try ContextTag(text)
                let name = "\(tag.key):\(tag.folded)"
                let id = ids[name]?.id ?? Int64(ids.count + 1)
                ids[name] = KnownTag(id: id, key: tag.key, value: tag.value, folded: tag.folded)
                tags.append(id)
            }
            let words = SearchWords.tokens(name: model.name, title: "", summary: "", readme: model.readme)
            documents.append(
                SearchDocument(model: Int64(place + 1), namespace: 1, isPublic: true, words: words, tags: tags))
        }
        return MemoryIndex(documents, tags: Array(ids.values))
    }

    // MARK: Lexicon

    var publicCount: Int { documents.count { $0.isPublic } }

    func publicCount(term: String) -> Int { levels[term, default: [:]].keys.count { documents[$0].isPublic } }

    func publicCount(tag: Int64) -> Int { holders[tag, default: []].count { documents[$0].isPublic } }

    func isKnown(_ alternatives: [[String]], to readers: SearchReaders) -> Bool {
        alternatives.contains { terms in
            documents.indices.contains { exists($0, for: readers) && level(of: terms, at: $0) > 0 }
                || tagIDs(holding: terms).contains { has($0, for: readers) }
        }
    }

    func tags(key: String, values: [String], for readers: SearchReaders) -> [Int64] {
        allTags.values.filter { $0.key == key && values.contains($0.folded) && has($0.id, for: readers) }
            .map(\.id).sorted()
    }

    func isKey(_ key: String, for readers: SearchReaders) -> Bool {
        allTags.values.contains { $0.key == key && has($0.id, for: readers) }
            || documents.indices.contains { place in
                exists(place, for: readers) && documents[place].numbers.contains { $0.column == key }
            }
    }

    func keys(for readers: SearchReaders, limit: Int) -> [String] {
        let keys = Set(allTags.values.map(\.key)).filter { isKey($0, for: readers) }
        return Array(keys.sorted().prefix(limit))
    }

    func tags(holding terms: [String], limit: Int, for readers: SearchReaders) -> [KnownTag] {
        let found = tagIDs(holding: terms).filter { has($0, for: readers) }
            .sorted { (publicCount(tag: $1), $0) < (publicCount(tag: $0), $1) }
        return found.prefix(limit).compactMap { allTags[$0] }
    }

    func tags(beginning text: String, limit: Int, for readers: SearchReaders) -> [(tag: KnownTag, count: Int)] {
        let found = allTags.values.filter { tag in
            tag.folded.hasPrefix(text) || tag.folded.split(separator: " ").contains { $0.hasPrefix(text) }
        }
        let counted = found.map { tag in
            (tag: tag, count: holders[tag.id, default: []].count { exists($0, for: readers) })
        }
        return Array(
            counted.filter { $0.count > 0 }.sorted { ($1.count, $0.tag.id) < ($0.count, $1.tag.id) }.prefix(limit))
    }

    func tag(_ id: Int64) -> KnownTag? { allTags[id] }

    func words(near word: String, distance: Int, limit: Int) -> [(word: String, distance: Int, count: Int)] {
        let wanted = WordLetters.letters(of: word)
        guard wanted.count <= WordSlips.mostLetters else { return [] }
        var found: [(word: String, distance: Int, count: Int)] = []
        for (term, holders) in levels where term.hasPrefix("w") && abs(term.utf8.count - word.utf8.count) < 9 {
            let candidate = String(term.dropFirst())
            let away = EditDistance.between(wanted, WordLetters.letters(of: candidate), atMost: distance)
            if away <= distance { found.append((candidate, away, holders.count)) }
        }
        return Array(found.sorted { ($0.distance, $1.count, $0.word) < ($1.distance, $0.count, $1.word) }.prefix(limit))
    }

    func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) -> [TagNeighbour] {
        let matching = Set(documents.indices.filter { documents[$0].isPublic && meets(match, at: $0) })
        var found: [TagNeighbour] = []
        for tag in allTags.values where keys.contains(tag.key) {
            let seed = seeds.contains(tag.id) ? 20 : 0
            let having = holders[tag.id, default: []].filter { documents[$0].isPublic }
            let support = having.intersection(matching).count
            guard support + seed >= 5 else { continue }
            let strength = Self.strength(
                both: support + seed, left: matching.count + seed, right: having.count + seed,
                all: publicCount + seed)
            if strength > 0 { found.append(TagNeighbour(tag: tag, strength: strength, support: support)) }
        }
        return Array(found.sorted { ($1.strength, $0.tag.folded) < ($0.strength, $1.tag.folded) }.prefix(limit))
    }

    private static func strength(both: Int, left: Int, right: Int, all: Int) -> Int {
        guard both < all else { return 0 }
        let (both, left, right, all) = (Double(both), Double(left), Double(right), Double(all))
        let information = log(both * all / (left * right)) / -log(both / all)
        return Int((max(information, 0) * both / (both + 10) * 1000).rounded())
    }

    // MARK: Finding

    func hits(of models: [Int64], by plan: SearchPlan) -> [SearchFound.Hit] {
        models.map { model in
            var (met, touched): (UInt64, UInt64) = (0, 0)
            for place in documents.indices where documents[place].model == model {
                for (index, unit) in plan.units.enumerated() {
                    let (words, tags, isMet) = worth(of: unit, at: place)
                    if words + tags > 0 { touched |= 1 << UInt64(index) }
                    if isMet { met |= 1 << UInt64(index) }
                }
            }
            return SearchFound.Hit(place: SearchPlace(value: 0, model: model), met: met, touched: touched)
        }
    }

    func find(_ request: SearchRequest) -> SearchFound {
        let plan = request.plan
        let candidates = documents.indices.filter { place in
            exists(place, for: request.readers) && holds(plan.condition, of: plan, at: place)
        }
        var scored: [(place: Int, met: UInt64, touched: UInt64, score: Int64, isNamed: Bool)] = []
        for place in candidates {
            var (met, touched): (UInt64, UInt64) = (0, 0)
            var score = 0
            for (index, unit) in plan.units.enumerated() {
                let (words, tags, isMet) = worth(of: unit, at: place)
                if words + tags > 0 { touched |= 1 << UInt64(index) }
                if isMet { met |= 1 << UInt64(index) }
                score += (words + tags) * unit.rarity
            }
            let wantedMet = plan.wanted.count { met & 1 << UInt64($0) != 0 }
            score = score * (10 * wantedMet + 3) / (10 * plan.wanted.count + 3)
            let isNamed = plan.named.contains(documents[place].model)
            scored.append(
                (place, met, touched, Int64(score * 64 + documents[place].popularity), isNamed))
        }
        let wanted = plan.wanted.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
        let filtered = scored.filter { found in
            plan.filters.allSatisfy { holds($0.condition, of: plan, at: found.place) }
        }
        let meetingAll = filtered.count { $0.met & wanted == wanted }
        let beforeChosen = scored.count { found in
            found.met & wanted == wanted
                && plan.filters.allSatisfy { $0.isChosen || holds($0.condition, of: plan, at: found.place) }
        }
        let isRelaxed = request.isRelaxed(meetingAll: meetingAll, beforeChosen: beforeChosen)
        let matching = filtered.filter { found in
            found.isNamed || found.met & wanted == wanted || isRelaxed && found.touched & wanted != 0
        }
        let hits = matching.map { found in
            let bonus: Int64 = (found.met & wanted == wanted ? 1 << 48 : 0) + (found.isNamed ? 1 << 49 : 0)
            return SearchFound.Hit(
                place: SearchPlace(value: found.score + bonus, model: documents[found.place].model), met: found.met,
                touched: found.touched)
        }.sorted { $0.place.precedes($1.place) }
        let page = hits.filter { hit in request.after.map { $0.precedes(hit.place) } ?? true }
        return SearchFound(
            hits: Array(page.prefix(request.limit)), total: matching.count, meetingAll: meetingAll,
            isRelaxed: isRelaxed, hasMore: page.count > request.limit, facets: [:], models: nil)
    }

    /// What the best words and the best tags are worth, and whether the unit is met.
    private func worth(of unit: PlanUnit, at place: Int) -> (words: Int, tags: Int, isMet: Bool) {
        var (words, tags, isMet) = (0, 0, false)
        for alternative in unit.alternatives {
            if case .tags = alternative.match {
                guard meets(alternative.match, at: place) else { continue }
                tags = max(tags, alternative.weight)
            } else {
                let level = level(of: alternative.match, at: place)
                if level == 0 { continue }
                words = max(words, Int(SearchLevel.strengths[level]) * alternative.weight / 255)
            }
            isMet = isMet || alternative.isStrong
        }
        return (words, tags, isMet)
    }

    private func holds(_ condition: PlanCondition, of plan: SearchPlan, at place: Int) -> Bool {
        switch condition {
        case .everything: true
        case .nothing: false
        case .tags(let tags): meets(.tags(tags), at: place)
        case .has(let key):
            documents[place].tags.contains { allTags[$0]?.key == key }
                || documents[place].numbers.contains { $0.column == key }
        case .number(let range):
            documents[place].numbers.contains { $0.column == range.column && range.contains($0.value) }
                || range.allowsMissing && !documents[place].numbers.contains { $0.column == range.column }
        case .unit(let index): worth(of: plan.units[index], at: place).isMet
        case .not(let inner): !holds(inner, of: plan, at: place)
        case .all(let inner): inner.allSatisfy { holds($0, of: plan, at: place) }
        case .any(let inner): inner.contains { holds($0, of: plan, at: place) }
        }
    }

    private func meets(_ match: PlanAlternative.Match, at place: Int) -> Bool {
        if case .tags(let tags) = match { return tags.contains { holders[$0]?.contains(place) == true } }
        return level(of: match, at: place) > 0
    }

    private func level(of match: PlanAlternative.Match, at place: Int) -> Int {
        switch match {
        case .terms(let terms): level(of: terms, at: place)
        case .prefix(let prefix): levels.filter { $0.key.hasPrefix(prefix) }.compactMap { $0.value[place] }.max() ?? 0
        case .tags: 0
        }
    }

    private func level(of terms: [String], at place: Int) -> Int {
        terms.map { levels[$0]?[place] ?? 0 }.min() ?? 0
    }

    private func tagIDs(holding terms: [String]) -> [Int64] {
        guard let first = terms.first else { return [] }
        return tagsOfTerm[first, default: []].filter { tagTerms[$0]?.isSuperset(of: terms) == true }
    }

    private func exists(_ place: Int, for readers: SearchReaders) -> Bool {
        let document = documents[place]
        return document.isPublic || readers.everything || readers.namespaces.contains(document.namespace)
            || readers.models.contains(document.model)
    }

    private func has(_ tag: Int64, for readers: SearchReaders) -> Bool {
        holders[tag, default: []].contains { exists($0, for: readers) }
    }
}
