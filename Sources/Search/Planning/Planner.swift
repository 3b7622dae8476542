package import Registry

/// Makes a plan of a query: which words and tags of the index meet what it asks for, and what each is worth.
package struct Planner {
    let vocabulary: ContextVocabulary
    let lexicon: any SearchLexicon
    let readers: SearchReaders
    static let maximumWords = 12
    static let maximumUnits = 60

    package init(vocabulary: ContextVocabulary, lexicon: some SearchLexicon, readers: SearchReaders) {
        (self.vocabulary, self.lexicon, self.readers) = (vocabulary, lexicon, readers)
    }

    /// The plan of a query: as ``QueryParser`` read it, as it was typed, and what was chosen beside it.
    package func plan(
        _ query: ParsedQuery, of text: String, filters: [SearchQuery.TagFilter] = []
    ) throws -> PlannedQuery {
        var draft = PlanDraft(self)
        try draft.add(query.items)
        for filter in filters {
            try draft.addFilter(key: filter.key, values: filter.values, isExact: true)
        }
        return draft.finished(query, text)
    }
}
