import Foundation
import Registry
import Search

/// Answers as the snapshot must, with nothing but dictionaries and sets: slow, and easy to see right.
struct IndexReference {
    private var documents: [Int64: SearchDocument] = [:]
    private var terms: [Int64: [String: Int]] = [:]
    private(set) var tags: [Int64: KnownTag] = [:]

    mutating func apply(_ changes: [SearchChange], tags: [KnownTag]) {
        for tag in tags { self.tags[tag.id] = tag }
        for change in changes {
            switch change {
            case .remove(let model): (documents[model], terms[model]) = (nil, nil)
            case .put(let document):
                documents[document.model] = document
                var own: [String: Int] = [:]
                for token in document.words.split(separator: " ") {
                    own[String(token.dropFirst())] = SearchWords.level(ofLetter: token.utf8.first ?? 0)
                }
                terms[document.model] = own
            }
        }
    }

    var models: [Int64] { documents.keys.sorted() }

    // MARK: Plans

    func find(_ request: SearchRequest) -> SearchFound {
        let plan = request.plan
        let visible = documents.values.filter { exists($0, for: request.readers) }
        func passes(_ document: SearchDocument, without key: String?) -> Bool {
            holds(plan.condition, document, plan)
                && plan.filters.allSatisfy { $0.key == key || holds($0.condition, document, plan) }
        }
        func meetsAll(_ document: SearchDocument) -> Bool {
            plan.wanted.allSatisfy { worth(plan.units[$0], document).isMet }
        }
        let meetingAll = visible.filter { passes($0, without: nil) && meetsAll($0) }.count
        let beforeChosen = visible.filter { document in
            holds(plan.condition, document, plan) && meetsAll(document)
                && plan.filters.allSatisfy { $0.isChosen || holds($0.condition, document, plan) }
        }.count
        let isRelaxed =
            !plan.wanted.isEmpty && (meetingAll == 0 || request.order == .relevance && beforeChosen < 20)
        func matches(_ document: SearchDocument) -> Bool {
            plan.named.contains(document.model) || meetsAll(document)
                || isRelaxed && plan.wanted.contains { worth(plan.units[$0], document).isTouched }
        }
        let matching = visible.filter { passes($0, without: nil) && matches($0) }
        var found = SearchFound(
            hits: [], total: matching.count, meetingAll: meetingAll, isRelaxed: isRelaxed, hasMore: false, facets: [:],
            models: nil)
        for key in request.facets {
            var counts: [Int64: Int] = [:]
            for document in visible where passes(document, without: key) && matches(document) {
                for tag in document.tags where tags[tag]?.key == key { counts[tag, default: 0] += 1 }
            }
            found.facets[key] = Array(
                counts.map { SearchFound.TagCount(tag: $0.key, count: $0.value) }
                    .sorted { ($1.count, $0.tag) < ($0.count, $1.tag) }.prefix(request.facetLimit))
        }
        if request.order == .unordered {
            found.models = ModelSet(matching.map { Int($0.model) })
            return found
        }
        let hits = matching.map { hit($0, request) }.filter { request.after?.precedes($0.place) ?? true }
            .sorted { $0.place.precedes($1.place) }
        found.hits = Array(hits.prefix(request.limit))
        found.hasMore = hits.count > request.limit
        return found
    }

    private func hit(_ document: SearchDocument, _ request: SearchRequest) -> SearchFound.Hit {
        let plan = request.plan
        var (met, touched, sum): (UInt64, UInt64, Int) = (0, 0, 0)
        for (place, unit) in plan.units.enumerated() {
            let worth = worth(unit, document)
            if worth.isMet { met |= 1 << UInt64(place) }
            if worth.isTouched { touched |= 1 << UInt64(place) }
            sum += (worth.words + worth.tags) * unit.rarity
        }
        let wantedMet = plan.wanted.count { met >> UInt64($0) & 1 == 1 }
        var value = sum * (10 * wantedMet + 3) / (10 * plan.wanted.count + 3) * 64 + document.popularity
        if wantedMet == plan.wanted.count { value += 1 << 48 }
        if plan.named.contains(document.model) { value += 1 << 49 }
        var place = SearchPlace(value: Int64(value), model: document.model)
        if case .number(let column, let ascending) = request.order {
            let numbers = document.numbers.filter { $0.column == column }.map(\.value)
            place = SearchPlace(
                number: ascending ? numbers.min() : numbers.max(), ascending: ascending, model: document.model)
        }
        if request.order == .updated { place = SearchPlace(value: document.updated, model: document.model) }
        return SearchFound.Hit(place: place, met: met, touched: touched)
    }

    private func worth(
        _ unit: PlanUnit, _ document: SearchDocument
    ) -> (words: Int, tags: Int, isMet: Bool, isTouched: Bool) {
        var result = (words: 0, tags: 0, isMet: false, isTouched: false)
        for alternative in unit.alternatives where matches(alternative.match, document) {
            result.isTouched = true
            result.isMet = result.isMet || alternative.isStrong
            if case .tags = alternative.match {
                result.tags = max(result.tags, alternative.weight)
            } else {
                let level = level(alternative.match, document)
                result.words = max(result.words, Int(SearchLevel.strengths[level]) * alternative.weight / 255)
            }
        }
        return result
    }

    private func matches(_ match: PlanAlternative.Match, _ document: SearchDocument) -> Bool {
        if case .tags(let tags) = match { return !Set(tags).isDisjoint(with: document.tags) }
        return level(match, document) > 0
    }

    private func level(_ match: PlanAlternative.Match, _ document: SearchDocument) -> Int {
        let own = terms[document.model] ?? [:]
        switch match {
        case .tags: return 0
        case .terms(let wanted): return wanted.map { own[$0] ?? 0 }.min() ?? 0
        case .prefix(let prefix):
            return own.filter { $0.key.hasPrefix("w") && $0.key.hasPrefix(prefix) }.values.max() ?? 0
        }
    }

    private func holds(_ condition: PlanCondition, _ document: SearchDocument, _ plan: SearchPlan) -> Bool {
        switch condition {
        case .everything: return true
        case .nothing: return false
        case .tags(let tags): return !Set(tags).isDisjoint(with: document.tags)
        case .has(let key):
            return document.tags.contains { tags[$0]?.key == key } || document.numbers.contains { $0.column == key }
        case .number(let range):
            let numbers = document.numbers.filter { $0.column == range.column }
            return numbers.contains { range.contains($0.value) } || range.allowsMissing && numbers.isEmpty
        case .unit(let unit): return worth(plan.units[unit], document).isMet
        case .not(let condition): return !holds(condition, document, plan)
        case .all(let conditions): return conditions.allSatisfy { holds($0, document, plan) }
        case .any(let conditions): return conditions.contains { holds($0, document, plan) }
        }
    }

    private func exists(_ document: SearchDocument, for readers: SearchReaders) -> Bool {
        readers.everything || document.isPublic || readers.namespaces.contains(document.namespace)
            || readers.models.contains(document.model)
    }

    // MARK: Lexicon

    private var open: [SearchDocument] { documents.values.filter(\.isPublic) }

    var publicCount: Int { open.count }

    func publicCount(term: String) -> Int { open.count { terms[$0.model]?[term] != nil } }

    func publicCount(tag: Int64) -> Int { open.count { $0.tags.contains(tag) } }

    func isKnown(_ alternatives: [[String]], to readers: SearchReaders) -> Bool {
        alternatives.contains { wanted in
            !wanted.isEmpty
                && documents.values.contains { document in
                    exists(document, for: readers)
                        && (wanted.allSatisfy { terms[document.model]?[$0] != nil }
                            || document.tags.contains { holds($0, wanted) })
                }
        }
    }

    private func holds(_ tag: Int64, _ wanted: [String]) -> Bool {
        guard let tag = tags[tag] else { return false }
        let own = SearchText.terms(indexing: SearchText.words(tag.folded), wholeWords: true)
        return Set(own).isSuperset(of: wanted)
    }

    private func has(_ tag: KnownTag, _ readers: SearchReaders) -> Bool {
        documents.values.contains { exists($0, for: readers) && $0.tags.contains(tag.id) }
    }

    private var livingTags: [KnownTag] {
        Set(documents.values.flatMap(\.tags)).compactMap { tags[$0] }
    }

    func tags(key: String, values: [String], for readers: SearchReaders) -> [Int64] {
        livingTags.filter { $0.key == key && values.contains($0.folded) && has($0, readers) }.map(\.id).sorted()
    }

    func isKey(_ key: String, for readers: SearchReaders) -> Bool {
        documents.values.contains { document in
            exists(document, for: readers)
                && (document.tags.contains { tags[$0]?.key == key } || document.numbers.contains { $0.column == key })
        }
    }

    func keys(for readers: SearchReaders) -> [String] {
        let visible = documents.values.filter { exists($0, for: readers) }
        return Set(visible.flatMap(\.tags).compactMap { tags[$0]?.key }).sorted()
    }

    func tags(holding wanted: [String], limit: Int, for readers: SearchReaders) -> [KnownTag] {
        let found = livingTags.filter { holds($0.id, wanted) && has($0, readers) }.map {
            (tag: $0, count: publicCount(tag: $0.id))
        }
        return found.sorted { ($1.count, $0.tag.id) < ($0.count, $1.tag.id) }.prefix(limit).map(\.tag)
    }

    func tags(beginning text: String, limit: Int, for readers: SearchReaders) -> [SearchFound.TagCount] {
        let found = livingTags.filter { tag in
            tag.folded.hasPrefix(text) || SearchText.words(tag.folded).contains { $0.text.hasPrefix(text) }
        }.map { tag in
            SearchFound.TagCount(
                tag: tag.id,
                count: documents.values.count { exists($0, for: readers) && $0.tags.contains(tag.id) })
        }
        return Array(
            found.filter { $0.count > 0 }.sorted { ($1.count, $0.tag) < ($0.count, $1.tag) }.prefix(limit))
    }

    func tag(_ id: Int64) -> KnownTag? { livingTags.first { $0.id == id } }

    func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) -> [TagNeighbour] {
        let matching = open.filter { matches(match, $0) }
        var found: [TagNeighbour] = []
        for tag in livingTags where keys.contains(tag.key) {
            let support = matching.count { $0.tags.contains(tag.id) }
            let seeded = seeds.contains(tag.id) ? 20 : 0
            let both = support + seeded
            let (first, second) = (matching.count + seeds.count * 20, publicCount(tag: tag.id) + seeded)
            let all = publicCount + seeds.count * 20
            guard both >= 5, all > both else { continue }
            let share = Double(both) / Double(all)
            let chance = Double(first) / Double(all) * Double(second) / Double(all)
            let npmi = min(max(log(share / chance) / -log(share), 0), 1)
            let strength = Int((npmi * Double(both) / Double(both + 10) * 1000).rounded(.down))
            if strength > 0 { found.append(TagNeighbour(tag: tag, strength: strength, support: support)) }
        }
        return Array(
            found.sorted {
                ($1.strength, $0.tag.key, $0.tag.folded) < ($0.strength, $1.tag.key, $1.tag.folded)
            }.prefix(limit))
    }
}
