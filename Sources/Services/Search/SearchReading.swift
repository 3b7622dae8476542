import Registry
import SQLite
import Search
import Storage

/// What one request reads: the index as its transaction sees it, for those that ask.
struct SearchReading {
    let index: any SearchIndex
    /// Whether the index counts quickly; not while the database itself answers.
    let isQuick: Bool
    let readers: SearchReaders
    let vocabulary: ContextVocabulary
    let serviceTypes: [ServiceType]

    /// How many models that exist for the readers have one of the tags.
    func count(having tags: [Int64]) throws -> Int { try found(.tags(tags)).total }

    /// What meets a condition, with the values of `facets`.
    func found(
        _ condition: PlanCondition, order: SearchOrder = .relevance, limit: Int = 1, facets: [String] = [],
        facetLimit: Int = 100
    ) throws -> SearchFound {
        var plan = SearchPlan()
        plan.condition = condition
        return try index.find(
            SearchRequest(plan, for: readers, order: order, limit: limit, facets: facets, facetLimit: facetLimit))
    }

    /// Whether a column has, or may have, numbers to order by.
    func isNumber(_ column: String) throws -> Bool {
        let key = String(column.prefix { $0 != "@" })
        if let known = vocabulary.key(key) { return known.kind == .number }
        return try index.isKey(key, for: readers)
    }

    /// Reads the text of a query and makes a plan of it.
    ///
    /// - Throws: `query-invalid` for a strict query, unless it `isPart` of one that was taken.
    func plan(_ query: SearchQuery, isPart: Bool = false) throws -> (parsed: ParsedQuery, planned: PlannedQuery) {
        let refuses = query.isStrict && !isPart
        var failure: (any Error)?
        let parsed = QueryParser.parse(query.text) { key in
            if vocabulary.key(key) != nil { return true }
            do {
                return try index.isKey(key, for: readers)
            } catch {
                failure = error
                return false
            }
        } isNumber: { key in
            vocabulary.key(key).map { $0.kind == .number } ?? true
        }
        if let failure { throw failure }
        if refuses { try refuse(parsed.problems) }
        let planned = try planner.plan(parsed, of: query.text, filters: query.tags, isStrict: query.isStrict)
        if refuses { try refuse(planned.leftOut) }
        return (parsed, planned)
    }

    private func refuse(_ problems: [QueryProblem]) throws {
        guard let first = problems.first else { return }
        throw RegistryError(
            .queryInvalid, "q, column \(first.column): \(first.en)", ko: "q의 \(first.column)번째 글자: \(first.ko)",
            fields: problems.map { .init("q", $0.en, ko: $0.ko, column: $0.column) })
    }

    /// Makes plans for the readers.
    var planner: Planner { Planner(vocabulary: vocabulary, index: index, readers: readers) }

    /// What is told of a query that was run.
    func understanding(_ planned: PlannedQuery, _ found: SearchFound) throws -> SearchResult.Understanding {
        func label(_ tag: KnownTag) -> Label? { vocabulary.label(key: tag.key, folded: tag.folded) }
        return SearchResult.Understanding(
            isRelaxed: found.isRelaxed && found.total > found.meetingAll, meetingAll: found.meetingAll,
            items: planned.understood,
            associations: planned.associations.map { ($0, label($0.tag)) },
            also: try AlsoFilter.tags(for: planned.plan, lexicon: index).map { ($0, label($0.tag)) })
    }

    /// Why each model was found, by row id; `texts` are what its name, title and summary say.
    func reasons(
        _ hits: [SearchFound.Hit], _ plan: SearchPlan, texts: [Int64: String] = [:], in db: borrowing Connection
    ) throws -> [Int64: SearchReason] {
        let tags = try tagIDs(of: hits.map(\.place.model), in: db)
        let told = plan.toldTags
        let words = MetWords(plan)
        var reasons: [Int64: SearchReason] = [:]
        for hit in hits {
            let own = try tags[hit.place.model, default: []].filter(told.contains).compactMap(index.tag)
            let why = Explanation(plan, hit, tags: own, text: texts[hit.place.model] ?? "", words: words)
            reasons[hit.place.model] = SearchReason(
                terms: why.terms, tags: why.tags, paths: why.paths, words: why.words)
        }
        return reasons
    }

    /// The effective tags of each model, by row id.
    func tags(of models: [Int64], in db: borrowing Connection) throws -> [Int64: [KnownTag]] {
        try tagIDs(of: models, in: db).mapValues { ids in
            try ids.compactMap(index.tag).sorted { ($0.key, $0.folded) < ($1.key, $1.folded) }
        }
    }

    private func tagIDs(of models: [Int64], in db: borrowing Connection) throws -> [Int64: [Int64]] {
        try (index as? SearchView)?.tags(of: models) ?? SearchStore.tags(of: models, in: db)
    }

    /// The counted tags of a key as people are told of them: equally common ones by value, as the order in which tags
    /// were first used may tell of models that the readers do not know.
    func values(of key: String, _ counts: [SearchFound.TagCount]) throws -> [FacetValue] {
        let known = try counts.compactMap { counted in
            try index.tag(counted.tag).map { (tag: $0, count: counted.count) }
        }
        return known.sorted { ($1.count, $0.tag.folded) < ($0.count, $1.tag.folded) }.map { tag, count in
            FacetValue(value: tag.value, count: count, label: vocabulary.label(key: key, folded: tag.folded))
        }
    }
}

extension SearchReaders {
    /// Who a caller is to the index.
    init(_ caller: Caller, in db: borrowing Connection) throws {
        let readership = caller.readership
        self.init(everything: readership.everything, namespaces: [], models: [])
        guard !everything else { return }
        namespaces = try SearchStore.namespaces(named: readership.namespaces, in: db)
        models = try SearchStore.models(named: readership.models, in: db)
    }
}
