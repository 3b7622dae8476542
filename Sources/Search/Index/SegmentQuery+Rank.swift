import CSearchKernels

extension SegmentQuery {
    /// Offers the matching documents to a page, by relevance.
    func rank(isRelaxed: Bool, segment number: Int, into page: inout SearchPage) {
        let candidates = DocumentSet(copying: matching, in: scratch)
        candidates.form(intersectionWith: allowed.words)
        for document in named where candidates.contains(document) {
            candidates.remove(document)
            let place = place(of: document, isNamed: true)
            page.offer(place.value, segment: number, document: document, models: segment.models)
        }
        let scores = BlockScores(scratch)
        let isScored = isScored
        // What is worth less does not come on the page.
        var least = page.countsOffers ? Int64.min : page.least
        // From the last document to the first: of equal ones the greater row id comes first, so that what comes later
        // seldom has to go in before what is there.
        for block in stride(from: layout.blocks - 1, through: 0, by: -1) where !candidates.isEmpty(block: block) {
            // What the lists of the block could make at most, then what they did.
            if bound(block, isScored ? potential(block) : 0, isRelaxed: isRelaxed) < least { continue }
            let bits = candidates.words + block * PostingLayout.wordsPerBlock
            if isScored {
                add(block, bits, to: scores)
                let sum = Int64(csearch_greatest(scores.sums, bits))
                if bound(block, sum, isRelaxed: isRelaxed) < least { continue }
            }
            if isRelaxed {
                offerRelaxed(block, bits, scores, number, &page, &least)
            } else {
                offer(block, bits, isScored ? scores : nil, number, &page, &least)
            }
        }
    }

    /// The sum of what the units are worth where a document had the best of every list in a block.
    private func potential(_ block: Int) -> Int64 {
        units.reduce(0) { $0 + Int64($1.rarity * $1.potential(block)) }
    }

    /// What no document of a block is worth more than, where `sum` is the greatest of the units' worth.
    private func bound(_ block: Int, _ sum: Int64, isRelaxed: Bool) -> Int64 {
        var sum = sum
        let mayMeetAll = !isRelaxed || !meeting.isEmpty(block: block)
        let wanted = Int64(plan.wanted.count)
        if !mayMeetAll { sum = sum * (10 * wanted - 7) / (10 * wanted + 3) }
        return sum * 64 + Int64(segment.blockPopularity[block]) + (mayMeetAll ? 1 << 48 : 0)
    }

    /// All of these meet all wanted units.
    private func offer(
        _ block: Int, _ bits: UnsafePointer<UInt64>, _ scores: BlockScores?, _ number: Int, _ page: inout SearchPage,
        _ least: inout Int64
    ) {
        let first = block << PostingLayout.blockShift
        let popularity = segment.popularity.base + first
        let models = segment.models
        for word in stride(from: PostingLayout.wordsPerBlock - 1, through: 0, by: -1) {
            var rest = bits[word]
            while rest != 0 {
                let bit = 63 &- rest.leadingZeroBitCount
                rest &= ~(1 &<< UInt64(truncatingIfNeeded: bit))
                let place = word &* 64 &+ bit
                var value = Int64(popularity[place]) | 1 << 48
                if let scores { value &+= Int64(scores.sums[place]) &* 64 }
                if value < least { continue }
                let isTaken = page.offer(value, segment: number, document: first &+ place, models: models)
                // Row ids fall: of those that come now none of the same value is taken either.
                if !page.countsOffers { least = isTaken ? page.least : value &+ 1 }
            }
        }
    }

    private func offerRelaxed(
        _ block: Int, _ bits: UnsafePointer<UInt64>, _ scores: BlockScores, _ number: Int, _ page: inout SearchPage,
        _ least: inout Int64
    ) {
        countMet(block, bits, scores)
        let first = block << PostingLayout.blockShift
        let popularity = segment.popularity.base + first
        let models = segment.models
        let isScored = isScored
        let wanted = plan.wanted.count
        let whole = Int64(10 * wanted + 3)
        for word in stride(from: PostingLayout.wordsPerBlock - 1, through: 0, by: -1) {
            var rest = bits[word]
            while rest != 0 {
                let bit = 63 &- rest.leadingZeroBitCount
                rest &= ~(1 &<< UInt64(truncatingIfNeeded: bit))
                let place = word &* 64 &+ bit
                let met = Int64(scores.met[place])
                var value = Int64(popularity[place])
                if isScored { value &+= Int64(scores.sums[place]) &* (10 &* met &+ 3) / whole &* 64 }
                if met == wanted { value &+= 1 << 48 }
                if value < least { continue }
                let isTaken = page.offer(value, segment: number, document: first &+ place, models: models)
                if !page.countsOffers { least = isTaken ? page.least : value &+ 1 }
            }
        }
    }

    /// How many wanted units each document of a block meets.
    private func countMet(_ block: Int, _ bits: UnsafePointer<UInt64>, _ scores: BlockScores) {
        scores.met.update(repeating: 0, count: PostingLayout.blockSize)
        for place in plan.wanted {
            scores.hits.update(repeating: 0, count: PostingLayout.wordsPerBlock)
            units[place].insert(block: block, into: scores.hits, strongOnly: true)
            for word in 0..<PostingLayout.wordsPerBlock {
                var rest = scores.hits[word] & bits[word]
                while rest != 0 {
                    scores.met[word &* 64 &+ rest.trailingZeroBitCount] &+= 1
                    rest &= rest &- 1
                }
            }
        }
    }

    /// Sums up what the units are worth to the documents of a block.
    private func add(_ block: Int, _ bits: UnsafePointer<UInt64>, to scores: BlockScores) {
        let size = PostingLayout.blockSize
        csearch_clear(scores.sums, bits)
        let few = Int(csearch_count(bits, PostingLayout.wordsPerBlock)) * BlockScores.probeCost
        for unit in units where unit.rarity > 0 {
            let rarity = Int32(unit.rarity)
            if !unit.words.isEmpty {
                scores.best.update(repeating: 0, count: size)
                for words in unit.words { scores.raise(words, block, bits, few) }
                csearch_accumulate(scores.sums, scores.best, rarity, bits)
            }
            if !unit.tags.isEmpty {
                scores.hits.update(from: bits, count: PostingLayout.wordsPerBlock)
                for tags in unit.tags { scores.take(tags, block, rarity) }
            }
        }
    }
}

/// Numbers of the documents of a block.
struct BlockScores {
    let sums: UnsafeMutablePointer<Int32>
    let best: UnsafeMutablePointer<UInt8>
    let met: UnsafeMutablePointer<UInt8>
    let hits: UnsafeMutablePointer<UInt64>

    init(_ scratch: SegmentScratch) {
        sums = scratch.take(PostingLayout.blockSize, of: Int32.self)
        best = scratch.take(PostingLayout.blockSize, of: UInt8.self)
        met = scratch.take(PostingLayout.blockSize, of: UInt8.self)
        hits = scratch.take(PostingLayout.wordsPerBlock, of: UInt64.self)
    }

    /// What finding a document in a list costs, in postings gone through.
    static let probeCost = 12

    /// Raises ``best`` to what words are worth, at least for the documents of `bits`; `few` is what probing these costs.
    func raise(_ words: SegmentUnit.Words, _ block: Int, _ bits: UnsafePointer<UInt64>, _ few: Int) {
        let list = words.list
        switch list.kind {
        case .none, .dense: break
        case .packed:
            csearch_raise_packed(
                best, list.bits(inBlock: block), list.levels, Int(list.numbers[block]), bits, words.worth)
        case .sorted:
            for posting in list.numbers(inBlock: block) {
                let place = Int(posting &>> 4) & PostingLayout.blockMask
                best[place] = max(best[place], words.worth[Int(posting & 15)])
            }
        case .blocked:
            let shorts = list.shorts(inBlock: block)
            if shorts.count <= few { return csearch_raise(best, shorts.baseAddress, shorts.count, words.worth) }
            for word in 0..<PostingLayout.wordsPerBlock {
                var rest = bits[word]
                while rest != 0 {
                    let place = word &* 64 &+ rest.trailingZeroBitCount
                    if let level = list.level(of: block &<< PostingLayout.blockShift &+ place) {
                        best[place] = max(best[place], words.worth[level])
                    }
                    rest &= rest &- 1
                }
            }
        }
    }

    /// Adds what tags are worth to the sums of the documents of ``hits``, and takes these out.
    func take(_ tags: SegmentUnit.Tags, _ block: Int, _ rarity: Int32) {
        let (list, worth) = (tags.list, rarity &* Int32(tags.weight))
        switch list.kind {
        case .none: break
        case .packed, .dense: csearch_take(sums, list.bits(inBlock: block), hits, worth)
        case .blocked:
            let shorts = list.shorts(inBlock: block)
            csearch_take_postings(sums, shorts.baseAddress, shorts.count, hits, worth)
        case .sorted:
            for posting in list.numbers(inBlock: block) {
                var short = UInt16(truncatingIfNeeded: posting)
                csearch_take_postings(sums, &short, 1, hits, worth)
            }
        }
    }
}
