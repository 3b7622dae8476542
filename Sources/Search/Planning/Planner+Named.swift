import Registry

extension Planner {
    /// The models that words name exactly: `yolov4 tiny` and `acme/YOLOv4_tiny` name `acme/yolov4-tiny`.
    ///
    /// A name may be in many namespaces: at most a page of them, the best ones, of those that exist for the readers.
    package func named(by words: [SearchText.Word]) throws -> [Int64] {
        let terms = SearchText.terms(naming: words)
        guard !terms.isEmpty, try index.isKnown([terms], to: readers) else { return [] }
        var plan = SearchPlan()
        plan.units = [PlanUnit(text: "", alternatives: [PlanAlternative(.terms(terms))], rarity: Rarity.maximum)]
        plan.condition = .unit(0)
        let found = try index.find(SearchRequest(plan, for: readers, limit: SearchPlan.enough))
        return found.hits.map(\.place.model)
    }

    /// The words among the items of a query that stand for themselves.
    func plainWords(of items: [QueryItem]) -> [SearchText.Word] {
        items.flatMap { item in
            guard case .word(let text) = item.node else { return [SearchText.Word]() }
            return SearchText.words(text)
        }
    }
}
