import Glibc
import Registry
import Search
import SQLite

/// Finds and scores the models that hold any of the units of a query.
///
/// Each unit is worth more the rarer it is (as in BM25), and more in a name than in a README. Only models of `visible`
/// are noted, and only they count for what is rare.
struct SearchMatcher: ~Copyable {
    private(set) var units: [SearchUnit]
    /// The text as it was probably meant; nil when each word was found.
    private(set) var corrected: String?
    private let text: String
    private let vocabulary: ContextVocabulary
    private let visible: ModelSet

    init(_ text: String, vocabulary: ContextVocabulary, visible: ModelSet) {
        self.text = text
        self.vocabulary = vocabulary
        self.visible = visible
        units = SearchReader.units(of: text, with: vocabulary)
    }

    /// Notes units and scores of all found models.
    mutating func match(_ scratch: inout SearchScratch, in db: borrowing Connection) throws {
        for index in units.indices {
            let unit = units[index]
            try note(.literal, unit.literal, [.name, .context, .summary], &scratch, in: db)
            // Several words somewhere in a long text say little.
            try note(unit.isOneWord ? .literal : .related, unit.literal, [.readme], &scratch, in: db)
            if units[index].isUnknownWord { try spell(index, &scratch, in: db) }
            try note(.synonym, units[index].synonyms, [.name, .context, .summary], &scratch, in: db)
            try note(.synonym, units[index].synonyms.filter { $0.count == 1 }, [.readme], &scratch, in: db)
            try note(.related, units[index].related, [.name, .context], &scratch, in: db)
            try add(unit: index, &scratch, in: db)
        }
        let whole = #""\#(SearchField.wholeName(text))""#
        let all = (UInt32(1) << UInt32(units.count) - 1) * 0x1_0001
        try forEachModel(matching: whole, in: db) { id in
            scratch.units[id] = all
            scratch.scores[id] += Self.wholeNameScore
        }
    }

    private static let wholeNameScore: Float = 1000

    /// A word that stands nowhere, or hardly, is also looked for as a beginning and as the word it may have been meant
    /// to be.
    private mutating func spell(
        _ index: Int, _ scratch: inout SearchScratch, in db: borrowing Connection
    ) throws {
        let found = scratch.levels.withUnsafeBufferPointer { $0.count { $0 != 0 } }
        guard found < 3, let term = units[index].literal.first?.first else { return }
        if term.utf8.count > 3 {
            for field in [SearchField.name, .context] {
                try forEachModel(matching: #""\#(field.term(term))" *"#, in: db) {
                    Self.raise(&scratch.levels[$0], field, .synonym)
                }
            }
        }
        guard let word = vocabulary.correction(of: units[index].text),
            let meant = SearchReader.units(of: word, with: vocabulary).first
        else { return }
        units[index].synonyms += meant.literal + meant.synonyms
        units[index].related += meant.related
        units[index].tags += meant.tags
        units[index].relatedTags += meant.relatedTags
        if found == 0 {
            corrected = SearchText.words(corrected ?? text).map { $0.text == units[index].text ? word : $0.text }
                .joined(separator: " ")
        }
    }

    private func note(
        _ tier: SearchScratch.Tier, _ alternatives: [[String]], _ fields: [SearchField],
        _ scratch: inout SearchScratch, in db: borrowing Connection
    ) throws {
        guard !alternatives.isEmpty else { return }
        for field in fields {
            let expression = alternatives.map { terms in
                "(" + terms.map { #""\#(field.term($0))""# }.joined(separator: " AND ") + ")"
            }.joined(separator: " OR ")
            try scratch.levels.withUnsafeMutableBufferPointer { levels in
                try forEachModel(matching: expression, in: db) { Self.raise(&levels[$0], field, tier) }
            }
        }
    }

    private static func raise(_ level: inout UInt8, _ field: SearchField, _ tier: SearchScratch.Tier) {
        if level >> field.shift & 3 < tier.rawValue {
            level = level & ~(3 << field.shift) | tier.rawValue << field.shift
        }
    }

    private func forEachModel(
        matching expression: String, in db: borrowing Connection, _ body: (Int) -> Void
    ) throws {
        try visible.words.withUnsafeBufferPointer { words in
            try db.forEachInteger(SearchSQL.match, ["$match": .text(expression)]) { id in
                let id = Int(truncatingIfNeeded: id)
                if id >= 0, id >> 6 < words.count, words[id >> 6] >> UInt64(id & 63) & 1 == 1 { body(id) }
            }
        }
    }

    /// Turns the levels of a unit into scores, and clears them.
    ///
    /// A model that is tagged with what the unit names comes before all that only hold other words for it, and first
    /// when it is also tagged with what goes with that. What goes with it outweighs words that mean other things too.
    private func add(unit: Int, _ scratch: inout SearchScratch, in db: borrowing Connection) throws {
        let found = scratch.levels.withUnsafeBufferPointer { $0.count { $0 != 0 } }
        guard found > 0 else { return }
        let rarity = max(logf(1 + (Float(visible.count - found) + 0.5) / (Float(found) + 0.5)), 0.05)
        let weights = SearchScratch.contributions.map { $0 * rarity }
        let bit: UInt32 = 1 << UInt32(unit)
        for id in scratch.levels.indices {
            let level = scratch.levels[id]
            if level == 0 { continue }
            scratch.scores[id] += weights[Int(level)]
            scratch.units[id] |= SearchScratch.isStrong[Int(level)] ? bit | bit << 16 : bit
            scratch.levels[id] = 0
        }
        let tagged = try models(with: units[unit].tags, in: db)
        let going = try models(with: units[unit].relatedTags, in: db)
        let namesService = units[unit].tags.contains { $0.key == "service" }
        let tagWeight = namesService ? Self.serviceWeight : Self.tagWeight
        tagged.forEach { scratch.scores[$0] += tagWeight * rarity }
        going.forEach { id in
            let weight = tagged.contains(id) ? tagWeight : Self.relatedTagWeight
            scratch.scores[id] += weight * rarity
        }
    }

    // More than other words for a unit weigh in all texts together; for a service type, in the tags as well.
    private static let tagWeight: Float = 6
    private static let serviceWeight: Float = 9
    private static let relatedTagWeight: Float = 2

    private func models(with tags: [SearchQuery.TagFilter], in db: borrowing Connection) throws -> ModelSet {
        var models = ModelSet()
        for tag in tags { models.formUnion(try SearchStore.models(with: tag, in: db)) }
        models.formIntersection(visible)
        return models
    }
}
