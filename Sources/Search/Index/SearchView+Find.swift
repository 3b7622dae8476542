extension SearchView: SearchIndex {
    /// Fewer models are counted in the time that it takes to wake a thread.
    private static let leastInHalves = 8_192

    package func find(_ request: SearchRequest) -> SearchFound {
        SegmentScratch.with { scratch in
            var queries = parts.map { part in
                SegmentQuery(request, on: part.segment, removed: part.removed, in: scratch)
            }
            var (meetingAll, beforeChosen) = (0, 0)
            for place in queries.indices {
                let met = queries[place].meetAll()
                (meetingAll, beforeChosen) = (meetingAll + met.count, beforeChosen + met.beforeChosen)
            }
            let isRelaxed = request.isRelaxed(meetingAll: meetingAll, beforeChosen: beforeChosen)
            var total = 0
            for place in queries.indices {
                queries[place].match(isRelaxed: isRelaxed)
                total += queries[place].total
            }
            let matched = queries
            func shown() -> (hits: [SearchFound.Hit], hasMore: Bool, models: ModelSet?) {
                guard request.order != .unordered else { return ([], false, models(matched)) }
                let page = page(request, matched, isRelaxed: isRelaxed, total: total)
                return (page.hits, page.hasMore, nil)
            }
            // What is matched is wider than what is found where a facet is counted without its own filter.
            let isLarge =
                !request.facets.isEmpty
                && queries.reduce(0) { $0 + $1.matching.documentCount } >= Self.leastInHalves
            let (found, facets) =
                isLarge
                ? Halves.both(shown) { SegmentScratch.with { self.facets(request, matched, in: $0) } }
                : (shown(), facets(request, matched, in: scratch))
            return SearchFound(
                hits: found.hits, total: total, meetingAll: meetingAll, isRelaxed: isRelaxed, hasMore: found.hasMore,
                facets: facets, models: found.models)
        }
    }

    package func hits(of models: [Int64], by plan: SearchPlan) -> [SearchFound.Hit] {
        var bare = SearchPlan()
        bare.units = plan.units
        let request = SearchRequest(bare, for: SearchReaders(everything: true, namespaces: [], models: []))
        return SegmentScratch.with { scratch in
            let queries = parts.map { SegmentQuery(request, on: $0.segment, removed: $0.removed, in: scratch) }
            return models.map { model in
                var masks: (met: UInt64, touched: UInt64) = (0, 0)
                for query in queries {
                    guard let document = query.segment.document(of: model), query.visible.contains(document) else {
                        continue
                    }
                    masks = query.masks(of: document)
                }
                return SearchFound.Hit(
                    place: SearchPlace(value: 0, model: model), met: masks.met, touched: masks.touched)
            }
        }
    }

    private func page(
        _ request: SearchRequest, _ queries: [SegmentQuery], isRelaxed: Bool, total: Int
    ) -> (hits: [SearchFound.Hit], hasMore: Bool) {
        let limit = max(0, request.limit)
        // Of a list by time not all that come after a place are counted: one more tells whether there are any.
        let isByTime = request.order == .updated
        var page = SearchPage(limit: isByTime && request.after != nil ? limit + 1 : limit, after: request.after)
        // What changed of late is in the small segments: what is older than that is passed over in the large one.
        for (number, query) in isByTime ? queries.enumerated().reversed() : Array(queries.enumerated()) {
            switch request.order {
            case .updated: query.rankByTime(segment: number, after: request.after, into: &page)
            case .number(let column, let ascending):
                query.rank(byColumn: column, ascending: ascending, segment: number, into: &page)
            case .relevance, .unordered: query.rank(isRelaxed: isRelaxed, segment: number, into: &page)
            }
        }
        let entries = page.sorted
        let hits = entries.prefix(limit).map { entry in
            let masks = queries[Int(entry.segment)].masks(of: Int(entry.document))
            return SearchFound.Hit(
                place: SearchPlace(value: entry.value, model: entry.model), met: masks.met, touched: masks.touched)
        }
        let count = request.after == nil ? total : isByTime ? entries.count : page.offered
        return (hits, count > limit)
    }

    private func models(_ queries: [SegmentQuery]) -> ModelSet {
        let greatest = parts.compactMap { part in
            part.segment.documentCount > 0 ? part.segment.models[part.segment.documentCount - 1] : nil
        }.max()
        return ModelSet(capacity: greatest.map { Int($0) + 1 } ?? 0) { words in
            for query in queries {
                let models = query.segment.models
                for word in 0..<query.matching.count {
                    var rest = query.matching.words[word] & query.allowed.words[word]
                    while rest != 0 {
                        let model = models[word &* 64 &+ rest.trailingZeroBitCount]
                        words[Int(model &>> 6)] |= 1 &<< UInt64(truncatingIfNeeded: model & 63)
                        rest &= rest &- 1
                    }
                }
            }
        }
    }

    private func facets(
        _ request: SearchRequest, _ queries: [SegmentQuery], in scratch: SegmentScratch
    ) -> [String: [SearchFound.TagCount]] {
        let keys = Array(Set(request.facets))
        guard !keys.isEmpty else { return [:] }
        let counted = queries.map { $0.facets(keys, in: scratch) }
        var result: [String: [SearchFound.TagCount]] = [:]
        for key in keys {
            var best = TagPage(limit: request.facetLimit)
            // The tags that the small segments have too are added to those of the large one, or come on their own.
            var others: [Int64: Int] = [:]
            for (query, counts) in zip(queries, counted).dropFirst() {
                guard let counts = counts[key] else { continue }
                for ordinal in query.segment.ordinals(ofKey: key) where counts.counts[ordinal] > 0 {
                    others[query.segment.tagIds[ordinal], default: 0] += Int(counts.counts[ordinal])
                }
            }
            guard let first = queries.first, let counts = counted.first?[key] else { continue }
            for (tag, count) in others {
                if let ordinal = first.segment.ordinal(ofTag: tag) {
                    counts.counts[ordinal] += Int32(truncatingIfNeeded: count)
                } else {
                    best.offer(tag, count)
                }
            }
            for ordinal in first.segment.ordinals(ofKey: key) {
                let count = Int(counts.counts[ordinal])
                if count > 0, count >= best.least { best.offer(first.segment.tagIds[ordinal], count) }
            }
            result[key] = best.sorted
        }
        return result
    }
}

/// The commonest tags so far.
struct TagPage {
    private let limit: Int
    private var all: [SearchFound.TagCount] = []
    /// What is counted less often need not be offered.
    private(set) var least = 0

    init(limit: Int) { self.limit = max(0, limit) }

    mutating func offer(_ tag: Int64, _ count: Int) {
        all.append(SearchFound.TagCount(tag: tag, count: count))
        // Sorted only now and then: each time at least half of them go.
        guard all.count > 2 * limit + 32 else { return }
        cut()
        if let last = all.last, all.count == limit { least = last.count }
    }

    private mutating func cut() {
        all.sort { ($1.count, $0.tag) < ($0.count, $1.tag) }
        if all.count > limit { all.removeLast(all.count - limit) }
    }

    /// The commonest first, then by row id.
    var sorted: [SearchFound.TagCount] {
        var page = self
        page.cut()
        return page.all
    }
}
