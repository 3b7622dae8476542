public import Registry
import SQLite
import Search
import Storage

extension SearchService {
    /// The models that a query finds, and how it was understood; with the menu as of the same moment, if wanted.
    ///
    /// - Throws: `validation-failed` for a cursor that no answer gave; `query-invalid` for a strict query that cannot be
    ///   read as it is meant.
    public func search(_ query: SearchQuery, withMenu: Bool = false, for caller: Caller) throws -> SearchResult {
        try read(for: caller) { db, reading in
            var times = SearchTimes()
            let cursor = try query.cursor.map { try SearchCursor($0) }
            let (parsed, planned) = try SearchTimes.measure(&times.planning) { try reading.plan(query) }
            let sort = try sort(of: query, parsed, planned.plan, cursor, reading)
            var request = SearchRequest(
                planned.plan, for: reading.readers, limit: query.limit, facets: reading.isQuick ? query.facets : [])
            let page = try SearchTimes.measure(&times.finding) {
                try FoundPage(&request, sort, after: cursor, reading.index, in: db)
            }
            let summaries = try ModelSummaryStore.summaries(
                of: page.hits.map { ID($0.place.model) }, now: transactions.clock.now,
                serviceTypes: reading.serviceTypes, in: db)
            let isPlain = query.text.isEmpty && query.tags.isEmpty
            let texts = summaries.map { summary in
                let model = summary.model
                return (model.id.rawValue, "\(model.title)\n\(model.summary)\n\(model.name)")
            }
            var reasons =
                isPlain
                ? [:]
                : try reading.reasons(
                    page.hits, planned.plan, texts: Dictionary(texts) { first, _ in first }, in: db)
            try MetVariant(planned.plan).add(to: &reasons, in: db)
            let items = summaries.map { SearchHit(summary: $0, why: reasons[$0.model.id.rawValue]) }
            let facets = try page.found.facets.map { ($0.key, try reading.values(of: $0.key, $0.value)) }
            return SearchResult(
                page: Page(items: items, total: page.found.total, next: page.next?.text),
                facets: reading.isQuick ? Dictionary(uniqueKeysWithValues: facets) : nil,
                corrected: planned.corrected,
                understanding: query.text.isEmpty ? nil : try reading.understanding(planned, page.found),
                without: page.found.total > 0 || isPlain || !reading.isQuick || cursor != nil
                    ? nil : try reading.without(query, planned.understood, order: request.order),
                menu: withMenu ? try menu(reading, in: db) : nil, times: times)
        }
    }

    /// Models that are like one, the likest first: those that share its rare tags.
    ///
    /// - Throws: `model-unknown`.
    public func related(to name: ModelName, limit: Int, for caller: Caller) throws -> [SearchHit] {
        try read(for: caller) { db, reading in
            let model = try caller.model(name, in: db)
            let id = model.id.rawValue
            let tags = try reading.tags(of: [id], in: db)[id] ?? []
            guard let plan = try RelatedPlan.plan(tags: tags, lexicon: reading.index) else { return [] }
            let found = try reading.index.find(SearchRequest(plan, for: reading.readers, limit: limit + 1))
            let hits = Array(found.hits.filter { $0.place.model != id }.prefix(limit))
            let reasons = try reading.reasons(hits, plan, in: db)
            let summaries = try ModelSummaryStore.summaries(
                of: hits.map { ID($0.place.model) }, now: transactions.clock.now, serviceTypes: reading.serviceTypes,
                in: db)
            return summaries.map { summary in
                let shared = reasons[summary.model.id.rawValue]?.tags ?? []
                return SearchHit(summary: summary, why: SearchReason(terms: [], tags: shared))
            }
        }
    }

    private func sort(
        of query: SearchQuery, _ parsed: ParsedQuery, _ plan: SearchPlan, _ cursor: SearchCursor?,
        _ reading: SearchReading
    ) throws -> SearchSort {
        let hasRelevance = !plan.units.isEmpty || !plan.named.isEmpty
        // A next page goes on in the order of the page before, whatever is said now.
        if let cursor {
            guard hasRelevance || cursor.sort != .relevance else { throw RegistryError.invalidCursor }
            return cursor.sort
        }
        if case .number(let column, _) = query.sort, try !reading.isNumber(column) {
            throw RegistryError.invalid(
                "sort", "no model has numbers of this name, and none is well known",
                ko: "이 이름의 숫자를 가진 모델이 없고 알려진 이름도 아닙니다")
        }
        let asked = parsed.sort.map(SearchSort.init) ?? query.sort ?? .relevance
        return asked == .relevance && !hasRelevance ? .updated : asked
    }
}

extension SearchSort {
    fileprivate init(_ sort: QuerySort) {
        switch sort {
        case .score: self = .relevance
        case .new: self = .updated
        case .number(let column, let ascending): self = .number(column, ascending: ascending)
        }
    }
}
