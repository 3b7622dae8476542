package import Registry

/// Makes a plan of a query: which words and tags of the index meet what it asks for, and what each is worth.
package struct Planner {
    let vocabulary: ContextVocabulary
    let index: any SearchIndex
    let readers: SearchReaders

    /// What the index knows of words and tags.
    var lexicon: any SearchLexicon { index }

    package init(vocabulary: ContextVocabulary, index: some SearchIndex, readers: SearchReaders) {
        (self.vocabulary, self.index, self.readers) = (vocabulary, index, readers)
    }

    /// The plan of a query: as ``QueryParser`` read it, as it was typed, and what was chosen beside it.
    package func plan(
        _ query: ParsedQuery, of text: String, filters: [SearchQuery.TagFilter] = []
    ) throws -> PlannedQuery {
        var draft = PlanDraft(self, text)
        try draft.add(query.items)
        for filter in filters {
            try draft.addFilter(key: filter.key, values: filter.values, isExact: true)
        }
        var planned = draft.finished(query)
        planned.plan.named = try named(by: plainWords(of: query.items))
        return planned
    }
}
