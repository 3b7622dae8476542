import Registry
import SQLite
import Search
import Storage
import TestSupport

extension SearchFixture {
    /// Everything that the tables of search hold.
    struct Contents {
        var documents: [SearchDocument] = []
        var sets: [[Int64]: [UInt8]] = [:]
        var terms: [String: Int] = [:]
        var tagTerms: Set<String> = []
    }

    func contents() throws -> Contents {
        try database.read { db in
            var contents = Contents()
            let models = try db.all(FixtureSQL.documents) { $0.integer("model_id") }
            for model in models {
                if let document = try SearchStore.document(model, in: db) { contents.documents.append(document) }
            }
            try db.forEach(FixtureSQL.sets) { row in
                contents.sets[[row.integer("set_id"), row.integer("chunk")]] = row.blob("models")
                return true
            }
            try db.forEach(FixtureSQL.terms) { row in
                contents.terms[row.text("term")] = row.int("doc")
                return true
            }
            contents.tagTerms = Set(try db.all(FixtureSQL.tagTerms) { $0.text("term") })
            return contents
        }
    }

    func document(_ model: ID<Model>) throws -> SearchDocument? {
        try database.read { db in try SearchStore.document(model.rawValue, in: db) }
    }

    func version(of model: ID<Model>) throws -> ID<Version> {
        try database.read { db in
            let id = try db.first(FixtureSQL.latestVersion, ["$model": .integer(model.rawValue)]) { row in
                row.integer("latest_version")
            }
            return ID(id ?? 0)
        }
    }

    /// The tags of a document as `key:value`, in order.
    func tags(of document: SearchDocument) throws -> [String] {
        try database.read { db in
            try document.tags.map { id in
                try db.first(FixtureSQL.tag, ["$id": .integer(id)]) { "\($0.text("key")):\($0.text("folded"))" } ?? "?"
            }.sorted()
        }
    }

    /// The rows of `search_set` that hold a model.
    func sets(of model: ID<Model>) throws -> [Int64] {
        try contents().sets.compactMap { key, row in
            var set = ModelSet()
            row.withUnsafeBytes { set.insert(chunk: Int(key[1]), $0) }
            return set.contains(Int(model.rawValue)) ? key[0] : nil
        }
    }
}
