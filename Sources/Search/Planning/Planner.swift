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
    /// Of a key that no model has the values are read as words, unless it `isStrict`: then it finds nothing.
    package func plan(
        _ query: ParsedQuery, of text: String, filters: [SearchQuery.TagFilter] = [], isStrict: Bool = false
    ) throws -> PlannedQuery {
        var draft = PlanDraft(self, text, isStrict: isStrict)
        try draft.add(query.items)
        for filter in filters {
            try draft.addFilter(key: filter.key, values: filter.values, isExact: true)
        }
        var planned = draft.finished(query)
        planned.plan.named = try named(by: plainWords(of: query.items))
        return planned
    }
}
