public import Registry
import SQLite
import Search
import Storage

extension SearchService {
    /// What a half-typed `text` may become: service types, then other context, then models, `limit` of all together.
    public func suggest(_ text: String, limit: Int, for caller: Caller) throws -> [SearchSuggestion] {
        let words = SearchText.words(text, maximum: Self.maximumWords)
        guard !words.isEmpty else { return [] }
        return try read(for: caller) { db, reading in
            var (services, values): ([SearchSuggestion], [SearchSuggestion]) = ([], [])
            for suggestion in try suggestedTags(text, words, reading) {
                if suggestion.kind == .service { services.append(suggestion) } else { values.append(suggestion) }
            }
            values.sort { ($1.count ?? 0, $0.value) < ($0.count ?? 0, $1.value) }
            let share = max(1, limit / 3)
            let tags = services.prefix(share) + values.prefix(share)
            let models = try suggestedModels(words, limit: limit - min(limit, tags.count), reading, in: db)
            return Array((tags + models).prefix(limit))
        }
    }

    private static let maximumWords = 16
    private static let maximumTags = 50

    /// Tags that models have which the caller may read: those that the vocabulary names so in either language, and those
    /// whose value begins so.
    private func suggestedTags(
        _ text: String, _ words: [SearchText.Word], _ reading: SearchReading
    ) throws -> [SearchSuggestion] {
        var suggestions: [SearchSuggestion] = []
        var seen: Set<String> = []
        func add(_ key: String, _ value: String, _ count: Int) {
            guard count > 0, seen.insert("\(key):\(value)").inserted else { return }
            let isService = key == "service"
            suggestions.append(
                SearchSuggestion(
                    kind: isService ? .service : .context, value: isService ? value : "\(key):\(value)",
                    label: reading.vocabulary.label(key: key, folded: value), count: count))
        }
        let start = words.map(\.text).joined(separator: " ")
        for entry in reading.vocabulary.entries(beginning: start).prefix(Self.maximumTags) {
            let tags = try reading.index.tags(key: entry.key, values: [entry.value], for: reading.readers)
            if !tags.isEmpty { add(entry.key, entry.value, try reading.count(having: tags)) }
        }
        let folded = text.folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for (tag, count) in try reading.index.tags(
            beginning: folded, limit: Self.maximumTags, for: reading.readers)
        {
            add(tag.key, tag.folded, count)
        }
        // `object:per`: only values of the key.
        if let colon = folded.firstIndex(of: ":") {
            let (key, value) = (folded[..<colon], String(folded[folded.index(after: colon)...]))
            for (tag, count) in try reading.index.tags(
                beginning: value, limit: Self.maximumTags, for: reading.readers) where tag.key == key
            {
                add(tag.key, tag.folded, count)
            }
        }
        return suggestions
    }

    /// Models whose words hold all that is typed, the last one perhaps only begun; those named so come first.
    private func suggestedModels(
        _ words: [SearchText.Word], limit: Int, _ reading: SearchReading, in db: borrowing Connection
    ) throws -> [SearchSuggestion] {
        guard limit > 0 else { return [] }
        var plan = SearchPlan()
        for (place, word) in words.enumerated() {
            var alternatives = [PlanAlternative(.terms(SearchText.terms(asking: [word])))]
            // The word may be finished, then its stem counts; or it goes on, and its stem is not known yet.
            if place == words.count - 1 { alternatives.append(PlanAlternative(.prefix(SearchTerm.word(word.text)))) }
            plan.units.append(PlanUnit(text: word.text, alternatives: alternatives, rarity: Self.suggestedRarity))
        }
        plan.condition = .all(plan.units.indices.map { .unit($0) })
        plan.named = try reading.planner.named(by: words)
        let found = try reading.index.find(SearchRequest(plan, for: reading.readers, limit: limit))
        return try SearchStore.titles(of: found.hits.map(\.place.model), in: db).map { model in
            SearchSuggestion(
                kind: .model, value: model.name, label: Label(ko: model.title, en: model.title), count: nil)
        }
    }

    /// Enough for words in names to come before those in summaries, and these before popularity.
    private static let suggestedRarity = 64
}
