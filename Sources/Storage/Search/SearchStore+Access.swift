import Registry
import Search
import SQLite

extension SearchStore {
    /// The models that exist for `caller`; everything that search says is counted among them.
    static func visible(to caller: Caller, in db: borrowing Connection) throws -> ModelSet {
        var visible = try models(of: allModels, in: db)
        let readership = caller.readership
        if readership.everything { return visible }
        let all = visible
        visible.subtract(try models(SearchSQL.privateSets, [:], in: db))
        if !readership.namespaces.isEmpty {
            var own = try models(SearchSQL.privateSetsOf, ["$names": .list(readership.namespaces)], in: db)
            own.formIntersection(all)
            visible.formUnion(own)
        }
        if !readership.models.isEmpty {
            try db.forEach(SearchSQL.modelsNamed, ["$names": .list(readership.models)]) { row in
                visible.insert(row.int("id"))
                return true
            }
        }
        return visible
    }

    static func models(of set: Int64, in db: borrowing Connection) throws -> ModelSet {
        try models(SearchSQL.set, ["$set": .integer(set)], in: db)
    }

    /// The models that a filter lets through.
    static func models(with filter: SearchQuery.TagFilter, in db: borrowing Connection) throws -> ModelSet {
        try models(SearchSQL.tagged, ["$key": .text(filter.key), "$values": .list(filter.values)], in: db)
    }

    private static func models(
        _ sql: SearchSQL, _ bindings: KeyValuePairs<String, Value>, in db: borrowing Connection
    ) throws -> ModelSet {
        var set = ModelSet()
        try db.forEach(sql, bindings) { row in
            let chunk = row.int("chunk")
            row.withBlob("models") { set.insert(chunk: chunk, $0) }
            return true
        }
        return set
    }
}
