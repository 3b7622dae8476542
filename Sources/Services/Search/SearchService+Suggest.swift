public import Registry
import SQLite
import Search
import Storage

extension SearchService {
    /// What a half-typed `text` may become: service types, then other context, then models, `limit` of all together.
    ///
    /// Where there is nothing, the text may have been typed with the keyboard set to the other language.
    public func suggest(_ text: String, limit: Int, for caller: Caller) throws -> SearchSuggestions {
        try read(for: caller) { db, reading in
            let items = try suggestions(for: text, limit: limit, reading, in: db)
            guard items.isEmpty else { return SearchSuggestions(items: items) }
            for meant in Self.otherKeyboard(text) {
                let items = try suggestions(for: meant, limit: limit, reading, in: db)
                if !items.isEmpty { return SearchSuggestions(items: items, corrected: meant) }
            }
            return SearchSuggestions(items: [])
        }
    }

    private func suggestions(
        for text: String, limit: Int, _ reading: SearchReading, in db: borrowing Connection
    ) throws -> [SearchSuggestion] {
        let words = SearchText.words(text, maximum: Self.maximumWords)
        guard !words.isEmpty else { return [] }
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

    /// What the keys of a text write when the keyboard is set to the other language.
    private static func otherKeyboard(_ text: String) -> [String] {
        let words = text.folded.split(whereSeparator: \.isWhitespace)
        let inHangul = words.compactMap { $0.unicodeScalars.count > 1 ? Keystrokes.hangul(of: $0) : nil }
        let inLatin =
            Keystrokes.hasSingleLetter(text.folded)
            ? words.map { String(decoding: Keystrokes.keys(of: $0), as: UTF8.self) } : []
        return [inHangul, inLatin].filter { !words.isEmpty && $0.count == words.count }.map {
            $0.joined(separator: " ")
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
        func add(_ entries: [ContextVocabulary.Entry]) throws {
            for entry in entries.prefix(Self.maximumTags) {
                let tags = try reading.index.tags(key: entry.key, values: [entry.value], for: reading.readers)
                if !tags.isEmpty { add(entry.key, entry.value, try reading.count(having: tags)) }
            }
        }
        try add(reading.vocabulary.entries(beginning: start))
        // While it is typed, Hangul goes through syllables that are no beginning of what is meant: 방, 방ㅂ, 방버, 방범.
        let keys = words.last?.isGrammed == true ? Keystrokes.keys(of: start) : []
        if suggestions.isEmpty, !keys.isEmpty { try add(reading.vocabulary.entries(typedWith: keys)) }
        let folded = text.folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for (tag, count) in try reading.index.tags(
            beginning: folded, limit: Self.maximumTags, for: reading.readers)
        {
            add(tag.key, tag.folded, count)
        }
        if suggestions.isEmpty, !keys.isEmpty {
            for (tag, count) in try reading.index.tags(
                beginning: String(folded.dropLast()), limit: Self.maximumTags, for: reading.readers)
            where Keystrokes.keys(of: tag.folded).starts(with: keys) { add(tag.key, tag.folded, count) }
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
            if place == words.count - 1 {
                // A single letter of Hangul is the next syllable on its way.
                let text = word.text.unicodeScalars
                let isSettled = text.count == 1 || !Keystrokes.hasSingleLetter(String(text.suffix(1)))
                let start = isSettled ? word.text : String(text.dropLast())
                alternatives.append(PlanAlternative(.prefix(SearchTerm.word(start))))
            }
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
