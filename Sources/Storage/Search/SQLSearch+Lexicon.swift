import Glibc
import Registry
package import Search
import SQLite

extension SQLSearch {
    package var publicCount: Int { publicModels.count }

    package func publicCount(term: String) throws -> Int { try count([SQLTerm.anyLevel(term)], among: publicModels) }

    package func publicCount(tag: Int64) throws -> Int {
        try database.read { db in
            var models = try Self.set([tag], in: db)
            models.formIntersection(publicModels)
            return models.count
        }
    }

    package func isKnown(_ alternatives: [[String]], to readers: SearchReaders) throws -> Bool {
        try database.read { db in
            let visible = try visible(to: readers, in: db)
            for terms in alternatives where !terms.isEmpty {
                if try count(terms.map(SQLTerm.anyLevel), among: visible) > 0 { return true }
                for tag in try tags(withWords: terms, in: db) {
                    var models = try Self.set([tag.id], in: db)
                    models.formIntersection(visible)
                    if !models.isEmpty { return true }
                }
            }
            return false
        }
    }

    package func tags(key: String, values: [String], for readers: SearchReaders) throws -> [Int64] {
        try database.read { db in
            let visible = try visible(to: readers, in: db)
            let tags = try db.all(SQLLexiconSQL.tagsOfKey, ["$key": .text(key), "$values": .list(values)]) {
                $0.integer("id")
            }
            return try tags.filter { tag in
                var holders = try Self.set([tag], in: db)
                holders.formIntersection(visible)
                return !holders.isEmpty
            }
        }
    }

    package func isKey(_ key: String, for readers: SearchReaders) throws -> Bool {
        try database.read { db in
            var models = try Self.models(withKey: key, in: db)
            models.formIntersection(try visible(to: readers, in: db))
            return !models.isEmpty
        }
    }

    package func keys(for readers: SearchReaders, limit: Int) throws -> [String] {
        try database.read { db in
            let visible = try visible(to: readers, in: db)
            var keys: [String] = []
            try db.forEach(SQLLexiconSQL.keys) { row in
                let key = row.text("key")
                var models = try Self.models(SQLSearchSQL.setsOfKey, ["$key": .text(key)], in: db)
                models.formIntersection(visible)
                if !models.isEmpty { keys.append(key) }
                return keys.count < limit
            }
            return keys
        }
    }

    package func tags(holding terms: [String], limit: Int, for readers: SearchReaders) throws -> [KnownTag] {
        guard !terms.isEmpty else { return [] }
        return try database.read { db in
            let visible = try visible(to: readers, in: db)
            let existing = try commonest(try tags(withWords: terms, in: db), among: visible, in: db)
                .filter { $0.count > 0 }.map(\.tag)
            return try commonest(existing, among: publicModels, in: db).prefix(limit).map(\.tag)
        }
    }

    package func tags(
        beginning text: String, limit: Int, for readers: SearchReaders
    ) throws -> [(tag: KnownTag, count: Int)] {
        guard !text.isEmpty else { return [] }
        return try database.read { db in
            let candidates = try db.all(SQLLexiconSQL.tagsWith, ["$text": .text(text)]) { KnownTag(row: $0) }
            let tags = candidates.filter { tag in
                tag.folded.hasPrefix(text) || SearchText.words(tag.folded).contains { $0.text.hasPrefix(text) }
            }
            let visible = try visible(to: readers, in: db)
            return Array(try commonest(tags, among: visible, in: db).filter { $0.count > 0 }.prefix(limit))
        }
    }

    package func tag(_ id: Int64) throws -> KnownTag? {
        try database.read { db in try db.first(SQLLexiconSQL.tag, ["$id": .integer(id)]) { KnownTag(row: $0) } }
    }

    package func words(
        near word: String, distance: Int, limit: Int
    ) throws -> [(word: String, distance: Int, count: Int)] {
        let slips = WordSlips(WordLetters.letters(of: word), limit: distance)
        return try database.read { db in
            var near: [String: Int] = [:]
            func note(_ term: UnsafeRawBufferPointer, after prefix: Int) {
                UnsafeRawBufferPointer(rebasing: term.dropFirst(prefix)).withMemoryRebound(to: UInt8.self) { bytes in
                    if let count = slips.count(bytes) { near[String(decoding: bytes, as: UTF8.self)] = count }
                }
            }
            for level in 1...SearchLevel.maximum {
                let start = SearchWords.letter(of: level)
                try db.forEach(
                    SQLLexiconSQL.terms, ["$from": .text(start + "w"), "$below": .text(start + "x")]
                ) { row in
                    row.withText("term") { note($0, after: 2) }
                    return true
                }
            }
            try db.forEach(SQLLexiconSQL.tagTerms) { row in
                row.withText("term") { note($0, after: 1) }
                return true
            }
            var words: [(word: String, distance: Int, count: Int)] = []
            for (candidate, slips) in near {
                let term = SearchTerm.word(candidate)
                var models = try holders([SQLTerm.anyLevel(term)], in: db)
                for tag in try tags(withWords: [term], in: db) { models.formUnion(try Self.set([tag.id], in: db)) }
                models.formIntersection(publicModels)
                if !models.isEmpty { words.append((candidate, slips, models.count)) }
            }
            words.sort { ($0.distance, $1.count, $0.word) < ($1.distance, $0.count, $1.word) }
            return Array(words.prefix(limit))
        }
    }

    package func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) throws -> [TagNeighbour] {
        try database.read { db in
            let unit = try SQLUnit(
                PlanUnit(text: "", alternatives: [PlanAlternative(match)], rarity: 0), visible: publicModels, in: db)
            let seeds = Set(seeds)
            var counts: [Int64: Int] = [:]
            let sample = Self.sample(of: unit.met)
            try db.forEach(SQLLexiconSQL.tagLists, ["$models": .list(sample)]) { row in
                for tag in row.withBlob("tags", TagList.tags) { counts[tag, default: 0] += 1 }
                return true
            }
            let scale = Double(unit.met.count) / Double(max(sample.count, 1))
            var neighbours: [TagNeighbour] = []
            for id in Set(counts.keys).union(seeds) {
                guard let tag = try tag(id), keys.contains(tag.key) else { continue }
                let support = Int(Double(counts[id] ?? 0) * scale)
                let seeded = seeds.contains(id) ? Self.modelsPerSeed : 0
                let strength = NPMI.strength(
                    both: support + seeded, first: unit.met.count + seeds.count * Self.modelsPerSeed,
                    second: try publicCount(tag: id) + seeded,
                    all: publicCount + seeds.count * Self.modelsPerSeed)
                if strength > 0 { neighbours.append(TagNeighbour(tag: tag, strength: strength, support: support)) }
            }
            neighbours.sort { ($1.strength, $0.tag.key, $0.tag.folded) < ($0.strength, $1.tag.key, $1.tag.folded) }
            return Array(neighbours.prefix(limit))
        }
    }

    private static let modelsPerSeed = 20

    private static func sample(of models: ModelSet) -> [Int64] {
        let level = ModelSample.level(of: models.count)
        var sample: [Int64] = []
        models.forEach { if ModelSample.level(ofModel: Int64($0)) >= level { sample.append(Int64($0)) } }
        return sample
    }

    // MARK: Words

    /// Tags that models have and whose value holds all terms.
    private func tags(withWords terms: [String], in db: borrowing Connection) throws -> [KnownTag] {
        let match = terms.map(SQLTerm.quoted).joined(separator: " AND ")
        return try db.all(SQLLexiconSQL.tagsHolding, ["$match": .text(match)]) { KnownTag(row: $0) }
    }

    private func commonest(
        _ tags: [KnownTag], among models: ModelSet, in db: borrowing Connection
    ) throws -> [(tag: KnownTag, count: Int)] {
        var counted: [(tag: KnownTag, count: Int)] = []
        for tag in tags {
            var holders = try Self.set([tag.id], in: db)
            holders.formIntersection(models)
            counted.append((tag, holders.count))
        }
        return counted.sorted { ($1.count, $0.tag.id) < ($0.count, $1.tag.id) }
    }

    private func count(_ expressions: [String], among models: ModelSet) throws -> Int {
        try database.read { db in
            var holders = try holders(expressions, in: db)
            holders.formIntersection(models)
            return holders.count
        }
    }

    private func holders(_ expressions: [String], in db: borrowing Connection) throws -> ModelSet {
        var holders = ModelSet()
        let match = Value.text(expressions.joined(separator: " AND "))
        try db.forEachInteger(SQLSearchSQL.match, ["$match": match]) { holders.insert(Int($0)) }
        return holders
    }
}

package enum SQLLexiconSQL: String, SQLStatement {
    /// The distinct keys are stepped through by the index, however many values each has.
    case keys = """
        WITH RECURSIVE keys (key) AS (
            SELECT min(key) FROM context_tag
            UNION ALL
            SELECT (SELECT min(key) FROM context_tag WHERE key > keys.key) FROM keys WHERE keys.key IS NOT NULL
        )
        SELECT key FROM keys WHERE key IS NOT NULL
        """
    case tagsOfKey = """
        SELECT id FROM context_tag WHERE key = $key AND folded IN (SELECT value FROM json_each($values))
            AND EXISTS (SELECT 1 FROM search_set WHERE set_id = context_tag.id)
        ORDER BY id
        """
    case tag = """
        SELECT id, key, value, folded FROM context_tag
        WHERE id = $id AND EXISTS (SELECT 1 FROM search_set WHERE set_id = context_tag.id)
        """
    case tagsHolding = """
        SELECT t.id, t.key, t.value, t.folded FROM search_tag_words w JOIN context_tag t ON t.id = w.rowid
        WHERE search_tag_words MATCH $match AND EXISTS (SELECT 1 FROM search_set WHERE set_id = t.id)
        """
    case tagsWith = """
        SELECT id, key, value, folded FROM context_tag
        WHERE instr(folded, $text) > 0 AND EXISTS (SELECT 1 FROM search_set WHERE set_id = context_tag.id)
        """
    case terms = "SELECT term FROM search_vocabulary WHERE term >= $from AND term < $below"
    case tagTerms = "SELECT term FROM search_tag_vocabulary WHERE term >= 'w' AND term < 'x'"
    case tagLists = """
        SELECT d.tags FROM json_each($models) wanted CROSS JOIN search_document d ON d.model_id = wanted.value
        """
}

/// Normalised pointwise mutual information (Bouma, "Normalized (Pointwise) Mutual Information in Collocation
/// Extraction", 2009).
enum NPMI {
    /// In thousandths, shrunk by how few have both; 0 for less than chance or fewer than 5 together.
    static func strength(both: Int, first: Int, second: Int, all: Int) -> Int {
        guard both >= 5, first > 0, second > 0, all > both else { return 0 }
        let share = Double(both) / Double(all)
        let chance = Double(first) / Double(all) * Double(second) / Double(all)
        let npmi = min(max(log(share / chance) / -log(share), 0), 1)
        return Int((npmi * Double(both) / Double(both + 10) * 1000).rounded(.down))
    }
}
