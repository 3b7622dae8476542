import CSearchKernels

extension SearchView {
    package var publicCount: Int { parts.reduce(0) { $0 + $1.publicCount } }

    package func publicCount(term: String) -> Int { parts.reduce(0) { $0 + $1.publicCount(term: term) } }

    package func publicCount(tag: Int64) -> Int {
        parts.reduce(0) { sum, part in
            sum + (part.ordinal(ofTag: tag).map(part.publicCount(ordinal:)) ?? 0)
        }
    }

    package func isKnown(_ alternatives: [[String]], to readers: SearchReaders) -> Bool {
        SegmentScratch.with { scratch in
            for part in parts {
                let query = SegmentQuery(visibleTo: readers, in: part, scratch)
                for terms in alternatives where !terms.isEmpty {
                    if query.isAnyVisible(holding: terms) { return true }
                    let tags = part.segment.ordinals(holding: terms).map(part.segment.list(ordinal:))
                    if tags.contains(where: query.isAnyVisible) { return true }
                }
            }
            return false
        }
    }

    package func tags(key: String, values: [String], for readers: SearchReaders) -> [Int64] {
        var ids: Set<Int64> = []
        for part in parts {
            let ordinals = part.segment.ordinals(ofKey: key)
            let found = values.compactMap { part.segment.ordinal(folded: $0, in: ordinals) }
            for ordinal in part.existing(found, for: readers) { ids.insert(part.segment.tagIds[ordinal]) }
        }
        return ids.sorted()
    }

    package func isKey(_ key: String, for readers: SearchReaders) -> Bool {
        SegmentScratch.with { scratch in
            parts.contains { part in
                let query = SegmentQuery(visibleTo: readers, in: part, scratch)
                if let list = part.segment.list(key: key), query.isAnyVisible(list) { return true }
                return part.segment.numbers(ofColumn: key).contains {
                    query.visible.contains(Int(part.segment.numberDocuments[$0]))
                }
            }
        }
    }

    package func tags(holding terms: [String], limit: Int, for readers: SearchReaders) -> [KnownTag] {
        guard !terms.isEmpty else { return [] }
        var counts: [Int64: Int] = [:]
        for part in parts {
            for ordinal in part.existing(part.segment.ordinals(holding: terms), for: readers) {
                counts[part.segment.tagIds[ordinal], default: 0] += part.publicCount(ordinal: ordinal)
            }
        }
        return commonest(counts, limit: limit).compactMap { tag($0.tag) }
    }

    package func keys(for readers: SearchReaders, limit: Int) -> [String] {
        SegmentScratch.with { scratch in
            var found: Set<String> = []
            for part in parts {
                let query = SegmentQuery(visibleTo: readers, in: part, scratch)
                // In the order of names, so that what comes after the first so many of a segment is of no use.
                var count = 0
                for place in 0..<part.segment.keys.count where count < limit {
                    guard query.isAnyVisible(part.segment.list(keyPlace: place)) else { continue }
                    found.insert(part.segment.keys[place])
                    count += 1
                }
            }
            return Array(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit))
        }
    }

    package func tags(
        beginning text: String, limit: Int, for readers: SearchReaders
    ) -> [(tag: KnownTag, count: Int)] {
        guard !text.isEmpty else { return [] }
        var counts: [Int64: Int] = [:]
        SegmentScratch.with { scratch in
            for part in parts {
                let query = readers == .anonymous ? nil : SegmentQuery(visibleTo: readers, in: part, scratch)
                var ordinals: Set<UInt32> = []
                for place in part.segment.lexicon.places(beginning: TagLexicon.beginning(text)) {
                    ordinals.formUnion(part.segment.ordinals(lexicon: place))
                }
                for ordinal in ordinals {
                    let count =
                        query?.visibleCount(part.segment.list(ordinal: Int(ordinal)))
                        ?? part.publicCount(ordinal: Int(ordinal))
                    if count > 0 { counts[part.segment.tagIds[Int(ordinal)], default: 0] += count }
                }
            }
        }
        return commonest(counts, limit: limit).compactMap { found in tag(found.tag).map { ($0, found.count) } }
    }

    package func tag(_ id: Int64) -> KnownTag? {
        for part in parts.reversed() {
            if let tag = part.tag(id) { return tag }
        }
        return nil
    }

    /// The row ids of the tags of each model that it knows.
    package func tags(of models: [Int64]) -> [Int64: [Int64]] {
        var tags: [Int64: [Int64]] = [:]
        for model in models {
            for part in parts.reversed() {
                guard let document = part.segment.document(of: model), !part.isRemoved(document) else { continue }
                var own: [Int64] = []
                part.segment.forEachTag(of: document) { own.append(part.segment.tagIds[$0]) }
                tags[model] = own
                break
            }
        }
        return tags
    }

    private func commonest(_ counts: [Int64: Int], limit: Int) -> [SearchFound.TagCount] {
        var page = TagPage(limit: limit)
        for (tag, count) in counts { page.offer(tag, count) }
        return page.sorted
    }
}

extension SearchPart {
    /// The tags, by ordinal, that a document has which exists for the readers.
    fileprivate func existing(_ ordinals: [Int], for readers: SearchReaders) -> [Int] {
        let open = ordinals.filter { publicCount(ordinal: $0) > 0 }
        let others = ordinals.filter { publicCount(ordinal: $0) == 0 && count(ordinal: $0) > 0 }
        // Most ask for themselves alone, and most tags are of public models: only few need a look at documents.
        if others.isEmpty || readers == .anonymous { return open }
        return SegmentScratch.with { scratch in
            let query = SegmentQuery(visibleTo: readers, in: self, scratch)
            return open + others.filter { query.isAnyVisible(segment.list(ordinal: $0)) }
        }
    }
}

extension SearchSegment {
    /// The ordinal of the tag with a folded value, among those of a key.
    func ordinal(folded: String, in ordinals: Range<Int>) -> Int? {
        var folded = folded
        return folded.withUTF8 { wanted in
            var (low, high) = (ordinals.lowerBound, ordinals.upperBound)
            while low < high {
                let middle = (low + high) >> 1
                if SegmentStrings.order(self.folded(ordinal: middle), wanted) < 0 {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low < ordinals.upperBound, SegmentStrings.order(self.folded(ordinal: low), wanted) == 0 else {
                return nil
            }
            return low
        }
    }
}

extension SegmentQuery {
    /// A request for everything.
    init(visibleTo readers: SearchReaders, in part: SearchPart, _ scratch: SegmentScratch) {
        self.init(SearchRequest(SearchPlan(), for: readers), on: part.segment, removed: part.removed, in: scratch)
    }

    func isAnyVisible(_ list: PostingList) -> Bool {
        if list.hasBits { return visibleCount(list) > 0 }
        for block in 0..<layout.blocks {
            var isVisible = false
            list.forEach(inBlock: block) { posting in
                if visible.contains(Int(posting >> 4)) { isVisible = true }
            }
            if isVisible { return true }
        }
        return false
    }

    /// Whether a visible document holds all of some terms.
    func isAnyVisible(holding terms: [String]) -> Bool {
        var lists: [PostingList] = []
        for term in terms {
            guard let list = segment.list(term: term) else { return false }
            lists.append(list)
        }
        if lists.count == 1 { return isAnyVisible(lists[0]) }
        let common = CommonPostings(lists, in: scratch)
        return (0..<layout.blocks).contains { block in
            common.inBlock(block).contains { visible.contains(block << PostingLayout.blockShift | Int($0 >> 4)) }
        }
    }

    func visibleCount(_ list: PostingList) -> Int {
        if list.hasBits { return Int(csearch_count_common(list.bits, visible.words, visible.count)) }
        var count = 0
        list.forEach(blocks: layout.blocks) { posting in
            if visible.contains(Int(posting >> 4)) { count += 1 }
        }
        return count
    }
}
