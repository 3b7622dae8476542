import Registry
import SQLite
import Search
import Storage

/// A page of found models in any order.
struct FoundPage {
    let found: SearchFound
    let hits: [SearchFound.Hit]
    /// nil on the last page.
    let next: SearchCursor?

    /// - Throws: `validation-failed` for a cursor of another order.
    init(
        _ request: inout SearchRequest, _ sort: SearchSort, after cursor: SearchCursor?, _ index: some SearchIndex,
        in db: borrowing Connection
    ) throws {
        let order: ModelOrder
        switch sort {
        case .relevance, .number, .updated:
            if case .number(let column, let ascending) = sort {
                request.order = .number(column, ascending: ascending)
            }
            if sort == .updated { request.order = .updated }
            if case .found(let place) = cursor?.place { request.after = place }
            found = try index.find(request)
            hits = found.hits
            next = found.hasMore ? hits.last.map { SearchCursor(sort, .found($0.place)) } : nil
            return
        case .downloads: order = .downloads
        case .name: order = .name
        }
        request.order = .unordered
        found = try index.find(request)
        var after: ModelPlace?
        if case .listed(let place) = cursor?.place { after = place }
        let (places, hasMore) = try SearchStore.listed(
            found.models ?? ModelSet(), by: order, after: after, limit: request.limit, in: db)
        hits = try index.hits(of: places.map(\.id), by: request.plan)
        next = hasMore ? places.last.map { SearchCursor(sort, .listed($0)) } : nil
    }
}
