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
        case .relevance, .number:
            if case .number(let column, let ascending) = sort {
                request.order = .number(column, ascending: ascending)
            }
            if case .found(let place) = cursor?.place { request.after = place }
            found = try index.find(request)
            hits = found.hits
            next = found.hasMore ? hits.last.map { SearchCursor(sort, .found($0.place)) } : nil
            return
        case .updated: order = .updated
        case .downloads: order = .downloads
        case .name: order = .name
        }
        request.order = .unordered
        found = try index.find(request)
        var after: ModelPlace?
        if case .listed(let place) = cursor?.place { after = place }
        let (places, hasMore) = try SearchStore.listed(
            found.models ?? ModelSet(), by: order, after: after, limit: request.limit, in: db)
        hits = try places.map { place in
            // A document holds all words of the README, which only words of the query are looked for in.
            let document = request.plan.units.isEmpty ? nil : try SearchStore.document(place.id, in: db)
            let bits = PlanMatch(request.plan, document)
            return SearchFound.Hit(
                place: SearchPlace(value: 0, model: place.id), met: bits.met, touched: bits.touched)
        }
        next = hasMore ? places.last.map { SearchCursor(sort, .listed($0)) } : nil
    }
}

/// Which units of a plan one model meets: what the index tells of the models that it orders by itself.
struct PlanMatch {
    private(set) var met: UInt64 = 0
    private(set) var touched: UInt64 = 0

    init(_ plan: SearchPlan, _ document: SearchDocument?) {
        guard let document, !plan.units.isEmpty else { return }
        // Each token is a letter for its level and a term.
        let terms = Set(document.words.split(separator: " ").map { $0.dropFirst() })
        let tags = Set(document.tags)
        for (index, unit) in plan.units.enumerated() {
            let holding = unit.alternatives.filter { alternative in
                switch alternative.match {
                case .terms(let wanted): wanted.allSatisfy { terms.contains($0[...]) }
                case .prefix(let start): terms.contains { $0.hasPrefix(start) }
                case .tags(let wanted): wanted.contains(where: tags.contains)
                }
            }
            if holding.isEmpty { continue }
            if holding.contains(where: \.isStrong) { met |= 1 << UInt64(index) } else { touched |= 1 << UInt64(index) }
        }
    }
}
