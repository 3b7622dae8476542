public import Registry
public import Search
public import SQLite
public import Storage

/// What a search answers.
public struct SearchResult: Sendable {
    public let page: Page<SearchHit>
    /// Per asked key the values that found models have, the commonest first, each key counted as if it had no filter.
    public let facets: [String: [FacetValue]]
    /// The text with mistyped words put right; nil when each word was found as it stands.
    public let corrected: String?
}

/// A found model.
public struct SearchHit: Sendable {
    public let summary: ModelSummary
    /// nil when nothing was asked for.
    public let why: SearchReason?
}

/// The models of one service type on the first page of the portal.
public struct HomeSection: Sendable {
    public let serviceType: ServiceType
    /// How many models have the service type.
    public let count: Int
    /// The most downloaded ones first.
    public let items: [ModelSummary]
}

/// Finds models by words, context and service type.
///
/// All counts and lists are of the models that the caller may read. A search that takes longer than a second is given
/// up with `search-too-slow`.
public struct SearchService: Sendable {
    private let database: Database
    private let vocabulary: AdaptedVocabulary
    private let deadlineMilliseconds: Int
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - database: The repository's.
    ///   - vocabulary: What words mean, besides the service types.
    ///   - deadlineMilliseconds: How long a search may take.
    ///   - now: Unix seconds; the day of the last download count that lists show.
    public init(
        database: Database, vocabulary: ContextVocabulary, deadlineMilliseconds: Int = 1000,
        now: @escaping @Sendable () -> Int64
    ) {
        self.database = database
        self.vocabulary = AdaptedVocabulary(vocabulary)
        self.deadlineMilliseconds = deadlineMilliseconds
        self.now = now
    }

    /// Makes the index anew from the models.
    ///
    /// - Returns: How many models it holds.
    /// - Throws: Why the database cannot be written.
    public func rebuild() throws -> Int {
        try database.write { db in try SearchStore.rebuild(in: db) }
    }

    /// - Throws: `validation-failed` for a cursor that no answer gave; `search-too-slow`.
    public func search(_ query: SearchQuery, for caller: Caller) throws -> SearchResult {
        try read { db, vocabulary in
            let matches = try SearchStore.search(query, for: caller, vocabulary: vocabulary, in: db)
            let asks = !query.text.isEmpty || !query.tags.isEmpty
            let reasons = Dictionary(matches.page.items.map { ($0.model, $0.reason) }) { first, _ in first }
            let summaries = try ModelSummaryStore.summaries(of: matches.page.items.map(\.model), now: now(), in: db)
            let hits = summaries.map { SearchHit(summary: $0, why: asks ? reasons[$0.model.id] : nil) }
            return SearchResult(
                page: Page(items: hits, total: matches.page.total, next: matches.page.next), facets: matches.facets,
                corrected: matches.corrected)
        }
    }

    /// The service types that have models, in the order of the menu, each with its `limit` most downloaded models; and
    /// how many models there are in all.
    ///
    /// - Throws: `search-too-slow`.
    public func sections(limit: Int, for caller: Caller) throws -> (sections: [HomeSection], total: Int) {
        try read { db, _ in
            let types = try ServiceTypeStore.all(in: db)
            let home = try SearchStore.sections(of: types, limit: limit, for: caller, in: db)
            let ids = Array(Set(home.sections.flatMap(\.models)))
            let summaries = Dictionary(
                try ModelSummaryStore.summaries(of: ids, now: now(), in: db).map { ($0.model.id, $0) }
            ) { first, _ in first }
            let sections = home.sections.map { section in
                HomeSection(
                    serviceType: section.serviceType, count: section.count,
                    items: section.models.compactMap { summaries[$0] })
            }
            return (sections, home.total)
        }
    }

    /// What a half-typed `text` may become: at most `limit` models, context tags and service types together.
    ///
    /// - Throws: `search-too-slow`.
    public func suggest(_ text: String, limit: Int, for caller: Caller) throws -> [SearchSuggestion] {
        try read { db, vocabulary in
            try SearchStore.suggest(text, limit: limit, for: caller, vocabulary: vocabulary, in: db)
        }
    }

    /// The context keys in use, by name.
    ///
    /// - Throws: `search-too-slow`.
    public func contextKeys(for caller: Caller) throws -> [ContextKey] {
        try read { db, vocabulary in try SearchStore.contextKeys(for: caller, vocabulary: vocabulary, in: db) }
    }

    /// A context key with its values, at most the 1,000 commonest, the commonest first.
    ///
    /// - Throws: `context-key-unknown` for a key that neither models nor the vocabulary have.
    public func contextKey(_ key: String, for caller: Caller) throws -> ContextKeyValues {
        try read { db, vocabulary in
            let values = try SearchStore.contextValues(of: key, for: caller, vocabulary: vocabulary, in: db)
            let known = vocabulary.key(key)
            return ContextKeyValues(
                key: key, kind: known?.kind.rawValue ?? "keyword", label: known?.label, values: values)
        }
    }

    private func read<T>(_ body: (borrowing Connection, ContextVocabulary) throws -> T) throws -> T {
        do {
            return try database.read { db in
                try db.withDeadline(milliseconds: deadlineMilliseconds) {
                    try body(db, vocabulary.with(ServiceTypeStore.all(in: db)))
                }
            }
        } catch let error as SQLiteError where error.isInterrupted {
            throw RegistryError(
                .searchTooSlow, "the search took too long; ask for something more particular",
                ko: "검색이 너무 오래 걸립니다. 조건을 더 좁혀 보세요")
        }
    }
}
