import CSearchKernels

/// The documents that are in all of some lists, with the level of the weakest, block by block.
struct CommonPostings {
    private let lists: [PostingList]
    private let mask: UnsafeMutablePointer<UInt64>
    private let postings: UnsafeMutablePointer<UInt16>

    /// No fewer than one list.
    init(_ lists: [PostingList], in scratch: SegmentScratch) {
        // The shortest first: it leaves the least to look for in the others.
        self.lists = lists.sorted { $0.count < $1.count }
        mask = scratch.take(PostingLayout.wordsPerBlock, of: UInt64.self)
        postings = scratch.take(PostingLayout.blockSize, of: UInt16.self)
    }

    /// The most that there can be.
    var bound: Int { lists[0].count }

    /// The postings of a block, good until the next call.
    func inBlock(_ block: Int) -> UnsafeBufferPointer<UInt16> {
        var isMasked = false
        for list in lists where list.hasBits {
            let bits = list.bits(inBlock: block)
            if isMasked {
                for word in 0..<PostingLayout.wordsPerBlock { mask[word] &= bits[word] }
            } else {
                mask.update(from: bits, count: PostingLayout.wordsPerBlock)
                isMasked = true
            }
        }
        var count = first(lists[0], block, isMasked: isMasked)
        for list in lists.dropFirst() where count > 0 {
            switch list.kind {
            case .none: count = 0
            case .dense: break
            case .packed:
                count = csearch_intersect_packed(
                    postings, count, list.bits(inBlock: block), list.levels, Int(list.numbers[block]))
            case .blocked:
                let shorts = list.shorts(inBlock: block)
                count = csearch_intersect(postings, count, shorts.baseAddress, shorts.count)
            case .sorted: count = intersect(count, list.numbers(inBlock: block))
            }
        }
        return UnsafeBufferPointer(start: postings, count: count)
    }

    /// Writes where each block begins, and the postings.
    ///
    /// - Returns: How many there are.
    func write(
        _ starts: UnsafeMutablePointer<UInt32>, _ postings: UnsafeMutablePointer<UInt16>, blocks: Int
    ) -> Int {
        var count = 0
        for block in 0..<blocks {
            starts[block] = UInt32(truncatingIfNeeded: count)
            let some = inBlock(block)
            if let first = some.baseAddress { (postings + count).update(from: first, count: some.count) }
            count &+= some.count
        }
        starts[blocks] = UInt32(truncatingIfNeeded: count)
        return count
    }

    /// The postings of the shortest list; the mask has the bits of all lists that have any.
    private func first(_ list: PostingList, _ block: Int, isMasked: Bool) -> Int {
        switch list.kind {
        case .none, .dense: return 0
        case .packed:
            return csearch_select_packed(
                postings, list.bits(inBlock: block), list.levels, Int(list.numbers[block]), mask)
        case .blocked:
            let shorts = list.shorts(inBlock: block)
            if isMasked { return csearch_select(postings, shorts.baseAddress, shorts.count, mask) }
            if let base = shorts.baseAddress { postings.update(from: base, count: shorts.count) }
            return shorts.count
        case .sorted:
            var count = 0
            for number in list.numbers(inBlock: block) {
                postings[count] = UInt16(truncatingIfNeeded: number)
                count &+= 1
            }
            return count
        }
    }

    private func intersect(_ count: Int, _ others: UnsafeBufferPointer<UInt32>) -> Int {
        var (kept, place) = (0, 0)
        for index in 0..<count {
            let posting = postings[index]
            while place < others.count, UInt16(truncatingIfNeeded: others[place]) | 15 < posting & 0xFFF0 { place += 1 }
            guard place < others.count else { break }
            let other = UInt16(truncatingIfNeeded: others[place])
            if other | 15 == posting | 15 {
                postings[kept] = min(posting, other)
                kept += 1
            }
        }
        return kept
    }
}
