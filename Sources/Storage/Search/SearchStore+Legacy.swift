import Registry
import Search
import SQLite

extension SearchStore {
    /// Writes the tables that the search by `model_search` reads.
    static func writeOld(_ source: SearchSource, in db: borrowing Connection) throws {
        let id = source.document.model
        try db.run(OldIndexSQL.deleteFacets, ["$model": .integer(id)])
        for tag in source.tags {
            try db.run(OldIndexSQL.insertFacet, ["$model": .integer(id), "$tag": .integer(tag.id)])
        }
        let (name, title, summary, readme) = source.texts
        let words = SearchField.words(
            name: name, title: title, context: source.tags.map(\.folded) + [source.license], summary: summary,
            readme: readme)
        try db.run(OldIndexSQL.deleteWords, ["$model": .integer(id)])
        try db.run(OldIndexSQL.insertWords, ["$model": .integer(id), "$words": .text(words)])
    }

    static func removeOld(_ model: Int64, in db: borrowing Connection) throws {
        try db.run(OldIndexSQL.deleteFacets, ["$model": .integer(model)])
        try db.run(OldIndexSQL.deleteWords, ["$model": .integer(model)])
    }

    static func clearOld(in db: borrowing Connection) throws {
        try db.run(OldIndexSQL.clearWords)
        try db.run(OldIndexSQL.clearFacets)
    }
}

package enum OldIndexSQL: String, SQLStatement {
    case insertFacet = "INSERT INTO model_facet (model_id, tag_id) VALUES ($model, $tag)"
    case deleteFacets = "DELETE FROM model_facet WHERE model_id = $model"
    case deleteWords = "DELETE FROM model_search WHERE rowid = $model"
    case insertWords = "INSERT INTO model_search (rowid, words) VALUES ($model, $words)"
    case clearWords = "DELETE FROM model_search"
    case clearFacets = "DELETE FROM model_facet"
}
