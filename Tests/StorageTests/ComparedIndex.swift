import Search
import Storage

/// The index of SQL, which notes where a snapshot says something else.
///
/// It keeps what it was told, as SQL is slow: it is true inside of one read transaction.
final class ComparedIndex: SearchIndex {
    private let views: [(name: String, view: SearchView)]
    private let sql: SQLSearch
    private var told: [String: any Sendable] = [:]
    /// The first of the differences.
    var difference: String?

    init(_ sql: SQLSearch, _ views: [(name: String, view: SearchView)]) { (self.sql, self.views) = (sql, views) }

    private struct Word: Hashable, Sendable {
        let word: String
        let distance, count: Int
    }

    private struct Counted: Hashable, Sendable {
        let tag: KnownTag
        let count: Int
    }

    private func ask<T: Equatable & Sendable>(
        _ question: @autoclosure () -> String, _ answer: (any SearchLexicon) throws -> T
    ) throws -> T {
        let question = question()
        if let known = told[question] as? T { return known }
        let expected = try answer(sql)
        for (name, view) in views {
            let found = try answer(view)
            if found != expected, difference == nil {
                difference = "\(question): the snapshot (\(name)) says \(found), SQL \(expected)"
            }
        }
        told[question] = expected
        return expected
    }

    func find(_ request: SearchRequest) throws -> SearchFound {
        let expected = try sql.find(request)
        for (name, view) in views where difference == nil {
            guard let found = view.find(request).difference(from: expected) else { continue }
            difference = found + (request.after.map { " after \($0)" } ?? "") + " (\(name))"
        }
        return expected
    }

    func hits(of models: [Int64], by plan: SearchPlan) throws -> [SearchFound.Hit] {
        let expected = try sql.hits(of: models, by: plan)
        for (name, view) in views where difference == nil && view.hits(of: models, by: plan) != expected {
            difference = "what \(models) meet (\(name))"
        }
        return expected
    }

    // MARK: The lexicon

    var publicCount: Int { (try? ask("publicCount") { $0.publicCount }) ?? -1 }

    func publicCount(term: String) throws -> Int { try ask("term \(term)") { try $0.publicCount(term: term) } }

    func publicCount(tag: Int64) throws -> Int { try ask("count of tag \(tag)") { try $0.publicCount(tag: tag) } }

    func isKnown(_ alternatives: [[String]], to readers: SearchReaders) throws -> Bool {
        try ask("isKnown \(alternatives) to \(readers)") { try $0.isKnown(alternatives, to: readers) }
    }

    func tags(key: String, values: [String], for readers: SearchReaders) throws -> [Int64] {
        try ask("tags \(key):\(values) for \(readers)") { try $0.tags(key: key, values: values, for: readers) }
    }

    func keys(for readers: SearchReaders, limit: Int) throws -> [String] {
        try ask("keys for \(readers), \(limit)") { try $0.keys(for: readers, limit: limit) }
    }

    func isKey(_ key: String, for readers: SearchReaders) throws -> Bool {
        try ask("isKey \(key) for \(readers)") { try $0.isKey(key, for: readers) }
    }

    func tags(holding terms: [String], limit: Int, for readers: SearchReaders) throws -> [KnownTag] {
        try ask("tags holding \(terms), \(limit), for \(readers)") {
            try $0.tags(holding: terms, limit: limit, for: readers)
        }
    }

    func tags(
        beginning text: String, limit: Int, for readers: SearchReaders
    ) throws -> [(tag: KnownTag, count: Int)] {
        try ask("tags beginning \(text.debugDescription), \(limit), for \(readers)") {
            try $0.tags(beginning: text, limit: limit, for: readers).map { Counted(tag: $0.tag, count: $0.count) }
        }.map { ($0.tag, $0.count) }
    }

    func tag(_ id: Int64) throws -> KnownTag? { try ask("tag \(id)") { try $0.tag(id) } }

    func words(near word: String, distance: Int, limit: Int) throws -> [(word: String, distance: Int, count: Int)] {
        try ask("words near \(word.debugDescription), \(distance), \(limit)") {
            try $0.words(near: word, distance: distance, limit: limit).map {
                Word(word: $0.word, distance: $0.distance, count: $0.count)
            }
        }.map { ($0.word, $0.distance, $0.count) }
    }

    func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) throws -> [TagNeighbour] {
        try ask("neighbours of \(match) among \(keys), \(seeds), \(limit)") {
            try $0.neighbours(of: match, keys: keys, seeds: seeds, limit: limit)
        }
    }
}
