extension SearchView {
    /// How many small segments there may be; more would make every search slower.
    private static let mostSmall = 7

    /// The view after some changes, the last of a model counting.
    ///
    /// The work grows with the number of changes, and now and then with that of earlier ones: a small segment is merged
    /// with the one before it while that is not at least twice as large.
    ///
    /// - Parameters:
    ///   - changes: In order.
    ///   - tags: The tags of the changed models; those that the view knows already may be left out.
    ///   - sequence: The number of the last change.
    /// - Returns: The new view.
    package func applying(_ changes: [SearchChange], tags: [KnownTag], sequence: Int64) -> SearchView {
        var latest: [Int64: SearchChange] = [:]
        for change in changes { latest[change.model] = change }
        if latest.isEmpty { return SearchView(parts: parts, sequence: sequence) }
        var parts = parts
        let models = latest.keys.sorted()
        for place in parts.indices {
            for model in models { parts[place].remove(model: model) }
        }
        let builder = SegmentBuilder()
        var known: [Int64: KnownTag] = [:]
        for tag in tags { known[tag.id] = tag }
        for model in models {
            guard case .put(let document)? = latest[model] else { continue }
            for id in document.tags {
                if let tag = known[id] ?? tag(id) {
                    known[id] = tag
                    builder.add(tag: tag)
                }
            }
            builder.add(document)
        }
        if builder.documentCount > 0 { parts.append(SearchPart(builder.build())) }
        parts.removeAll { $0.documentCount == 0 && $0.segment !== main }
        while parts.count > 2, let last = parts.last,
            parts.count - 1 > Self.mostSmall || parts[parts.count - 2].documentCount < last.documentCount * 2
        {
            let merged = SegmentMerger(parts.suffix(2)).segment()
            parts.removeLast(2)
            parts.append(SearchPart(merged))
        }
        return SearchView(parts: parts, sequence: sequence)
    }

    /// The same with another copy of the large segment.
    package func with(main copy: SearchSegment) -> SearchView {
        SearchView(parts: [parts[0].with(copy)] + parts.dropFirst(), sequence: sequence)
    }

    /// Whether one segment can count what all of them hold: their postings half of `most`.
    package func isMergeable(mostPostings most: Int = SegmentBuilder.mostPostings) -> Bool {
        let (postings, tags) = parts.reduce((0, 0)) {
            ($0.0 + $1.segment.postings.count, $0.1 + $1.segment.forward.starts.count)
        }
        return postings < most / 2 && tags < 1 << 28
    }

    /// All models of several segments, of which none has a model of another one.
    ///
    /// - Throws: `SegmentError.tooLarge`.
    package static func merging(_ segments: [SearchSegment], sequence: Int64) throws(SegmentError) -> SearchView {
        if segments.count < 2 {
            return SearchView(main: segments.first ?? SegmentBuilder().build(), sequence: sequence)
        }
        let view = SearchView(parts: segments.map { SearchPart($0) }, sequence: sequence)
        guard view.isMergeable() else { throw .tooLarge }
        return view.merged()
    }

    /// The same in one segment. Tags that no model has any more are forgotten.
    package func merged() -> SearchView {
        if changedCount == 0 { return SearchView(main: main, sequence: sequence) }
        // Two large segments are there for a moment, and nothing more than what is needed besides.
        for part in parts { part.segment.common.close() }
        neighbourCache.removeAll()
        SegmentScratch.drain()
        return SearchView(main: SegmentMerger(parts[...]).segment(), sequence: sequence)
    }
}
