extension SegmentQuery {
    /// Finds the documents that meet all wanted units.
    ///
    /// - Returns: How many of them all filters let through, and how many all but the chosen ones.
    mutating func meetAll() -> (count: Int, beforeChosen: Int) {
        guard !plan.wanted.isEmpty else { return (allowed.documentCount, allowedBeforeChosen.documentCount) }
        let set = DocumentSet(layout, in: scratch)
        // The unit with the least work first: it leaves the least to do.
        let wanted = plan.wanted.map { units[$0] }.sorted { $0.strongCount < $1.strongCount }
        let hits = scratch.take(PostingLayout.wordsPerBlock, of: UInt64.self)
        for block in 0..<layout.blocks where wanted[0].strongCount > 0 && !base.isEmpty(block: block) {
            let left = set.words + block * PostingLayout.wordsPerBlock
            left.update(from: base.words + block * PostingLayout.wordsPerBlock, count: PostingLayout.wordsPerBlock)
            for unit in wanted {
                hits.update(repeating: 0, count: PostingLayout.wordsPerBlock)
                unit.insert(block: block, into: hits, strongOnly: true)
                var any: UInt64 = 0
                for word in 0..<PostingLayout.wordsPerBlock {
                    left[word] &= hits[word]
                    any |= left[word]
                }
                if any == 0 { break }
            }
        }
        meeting = set
        let count = set.commonCount(allowed)
        let isSame = allowedBeforeChosen.words == allowed.words
        return (count, isSame ? count : set.commonCount(allowedBeforeChosen))
    }

    /// Finds the documents that match: those that meet all wanted units, or have to do with any, and the named ones.
    mutating func match(isRelaxed: Bool) {
        matching = meeting
        if isRelaxed {
            matching = DocumentSet(layout, in: scratch)
            for place in plan.wanted {
                for block in 0..<layout.blocks where !base.isEmpty(block: block) {
                    units[place].insert(
                        block: block, into: matching.words + block * PostingLayout.wordsPerBlock, strongOnly: false)
                }
            }
            matching.form(intersectionWith: base.words)
        } else if !named.isEmpty {
            matching = DocumentSet(copying: meeting, in: scratch)
        }
        for document in named { matching.insert(document) }
    }

    var total: Int { matching.commonCount(allowed) }

    /// The place of a document, probed list by list.
    func place(of document: Int, isNamed: Bool) -> SearchPlace {
        var sum = 0
        var met: UInt64 = 0
        for (place, unit) in units.enumerated() {
            let found = unit.probe(document)
            sum += (found.words + found.tags) * unit.rarity
            if found.isMet { met |= 1 << UInt64(place) }
        }
        let wantedMet = plan.wanted.count { met >> UInt64($0) & 1 == 1 }
        var value = sum * (10 * wantedMet + 3) / (10 * plan.wanted.count + 3) * 64
        value += Int(segment.popularity[document])
        if wantedMet == plan.wanted.count { value += 1 << 48 }
        if isNamed { value += 1 << 49 }
        return SearchPlace(value: Int64(value), model: segment.models[document])
    }

    /// Which units a document meets and touches.
    func masks(of document: Int) -> (met: UInt64, touched: UInt64) {
        var (met, touched): (UInt64, UInt64) = (0, 0)
        for (place, unit) in units.enumerated() {
            let found = unit.probe(document)
            if found.isMet { met |= 1 << UInt64(place) }
            if found.isTouched { touched |= 1 << UInt64(place) }
        }
        return (met, touched)
    }
}
