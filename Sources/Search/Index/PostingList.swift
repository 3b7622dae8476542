import CSearchKernels

/// The documents of a term or a tag, with levels; it does not keep the memory alive.
struct PostingList: BitwiseCopyable {
    enum Kind: UInt8 {
        case none
        /// UInt32 postings in a row.
        case sorted
        /// UInt16 postings by blocks.
        case blocked
        /// A bit each, and the levels in a row.
        case packed
        /// A bit each.
        case dense
    }

    let kind: Kind
    let count: Int
    /// Of ``Kind/sorted``: the postings. Of ``Kind/blocked`` and ``Kind/packed``: where each block begins.
    let numbers: UnsafePointer<UInt32>
    /// Of ``Kind/blocked``.
    let shorts: UnsafePointer<UInt16>
    /// Of ``Kind/packed`` and ``Kind/dense``.
    let bits: UnsafePointer<UInt64>
    /// Of ``Kind/packed``, four bits each.
    let levels: UnsafePointer<UInt8>

    var hasBits: Bool { kind == .packed || kind == .dense }

    private init(
        _ kind: Kind, _ count: Int, numbers: UnsafeRawPointer, postings: UnsafeRawPointer, bits: UnsafeRawPointer
    ) {
        (self.kind, self.count) = (kind, count)
        self.numbers = numbers.assumingMemoryBound(to: UInt32.self)
        shorts = postings.assumingMemoryBound(to: UInt16.self)
        levels = postings.assumingMemoryBound(to: UInt8.self)
        self.bits = bits.assumingMemoryBound(to: UInt64.self)
    }

    /// A list of a segment: `entry` is its offset and count.
    init(
        _ entry: UnsafePointer<UInt32>, in postings: UnsafePointer<UInt32>, layout: PostingLayout, hasLevels: Bool
    ) {
        let count = Int(entry[1])
        let start = postings + (count == 1 ? 0 : Int(entry[0]))
        switch layout.kind(count: count, hasLevels: hasLevels) {
        case .none: self.init(sorted: entry, count: 0)
        case .sorted: self.init(sorted: count == 1 ? entry : start, count: count)
        case .blocked: self.init(blocks: start + 1, shorts: start + layout.blocks + 2, count: count)
        case .packed:
            let starts = start + layout.packedStarts
            self.init(bits: start + 2, blocks: starts, levels: starts + layout.blocks + 1, count: count)
        case .dense: self.init(.dense, count, numbers: start, postings: start, bits: start + 2)
        }
    }

    init(sorted: UnsafePointer<UInt32>, count: Int) {
        self.init(count == 0 ? .none : .sorted, count, numbers: sorted, postings: sorted, bits: sorted)
    }

    init(blocks: UnsafePointer<UInt32>, shorts: UnsafeRawPointer, count: Int) {
        self.init(count == 0 ? .none : .blocked, count, numbers: blocks, postings: shorts, bits: blocks)
    }

    init(bits: UnsafeRawPointer, blocks: UnsafePointer<UInt32>, levels: UnsafeRawPointer, count: Int) {
        self.init(.packed, count, numbers: blocks, postings: levels, bits: bits)
    }

    init(bits: UnsafePointer<UInt64>, count: Int) {
        self.init(.dense, count, numbers: bits, postings: bits, bits: bits)
    }

    /// The number of public documents that a list of many stands behind; nil where they have to be counted.
    func storedPublicCount(_ entry: UnsafePointer<UInt32>, in postings: UnsafePointer<UInt32>) -> Int? {
        kind == .none || kind == .sorted ? nil : Int(postings[Int(entry[0])])
    }

    /// The level of a document; nil when it is not in the list. Of tags the level is 0 or 1 and means nothing.
    func level(of document: Int) -> Int? {
        switch kind {
        case .none: return nil
        case .dense: return hasBit(document) ? 1 : nil
        case .packed:
            guard hasBit(document) else { return nil }
            let block = document >> PostingLayout.blockShift
            let first = block * PostingLayout.wordsPerBlock
            let word = document >> 6
            var place = Int(numbers[block]) + Int(csearch_count(bits + first, word - first))
            place += (bits[word] & (1 << UInt64(document & 63) - 1)).nonzeroBitCount
            return level(packed: place)
        case .sorted:
            let place = Self.firstPlace(numbers, 0, count, notBelow: UInt32(document) << 4)
            return place < count && Int(numbers[place] >> 4) == document ? Int(numbers[place] & 15) : nil
        case .blocked:
            let block = document >> PostingLayout.blockShift
            let wanted = UInt16(truncatingIfNeeded: document << 4)
            var (low, high) = (Int(numbers[block]), Int(numbers[block + 1]))
            let end = high
            while low < high {
                let middle = (low + high) >> 1
                if shorts[middle] < wanted { low = middle + 1 } else { high = middle }
            }
            return low < end && shorts[low] & 0xFFF0 == wanted ? Int(shorts[low] & 15) : nil
        }
    }

    private func hasBit(_ document: Int) -> Bool { bits[document >> 6] >> UInt64(document & 63) & 1 != 0 }

    @inline(__always)
    private func level(packed place: Int) -> Int { Int(levels[place &>> 1] &>> UInt8((place & 1) &* 4) & 15) }

    @inline(__always)
    static func firstPlace(
        _ numbers: UnsafePointer<UInt32>, _ from: Int, _ end: Int, notBelow wanted: UInt32
    ) -> Int {
        var (low, high) = (from, end)
        while low < high {
            let middle = (low &+ high) &>> 1
            if numbers[middle] < wanted { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    /// The postings of a block of a ``Kind/blocked`` list.
    @inline(__always)
    func shorts(inBlock block: Int) -> UnsafeBufferPointer<UInt16> {
        let start = Int(numbers[block])
        return UnsafeBufferPointer(start: shorts + start, count: Int(numbers[block &+ 1]) &- start)
    }

    /// The bits of a block of a ``Kind/packed`` or ``Kind/dense`` list.
    @inline(__always)
    func bits(inBlock block: Int) -> UnsafePointer<UInt64> { bits + block &* PostingLayout.wordsPerBlock }

    /// The postings of a block of a ``Kind/sorted`` list.
    @inline(__always)
    func numbers(inBlock block: Int) -> UnsafeBufferPointer<UInt32> {
        let base = UInt32(truncatingIfNeeded: block) &<< 16
        let first = Self.firstPlace(numbers, 0, count, notBelow: base)
        var end = first
        while end < count, numbers[end] &>> 16 == base &>> 16 { end &+= 1 }
        return UnsafeBufferPointer(start: numbers + first, count: end &- first)
    }

    /// Whether there may be something in a block.
    func mayBeFilled(block: Int) -> Bool {
        switch kind {
        case .none: false
        case .dense: true
        case .sorted: !numbers(inBlock: block).isEmpty
        case .blocked, .packed: numbers[block + 1] > numbers[block]
        }
    }

    /// Calls `body` with (document << 4 | level) of each posting of a block, rising.
    @inline(__always)
    func forEach(inBlock block: Int, _ body: (_ posting: UInt32) -> Void) {
        let base = UInt32(truncatingIfNeeded: block) &<< 16
        switch kind {
        case .none: break
        case .blocked:
            let end = Int(numbers[block &+ 1])
            var place = Int(numbers[block])
            while place < end {
                body(base | UInt32(shorts[place]))
                place &+= 1
            }
        case .sorted: for number in numbers(inBlock: block) { body(number) }
        case .packed, .dense:
            let first = block &* PostingLayout.wordsPerBlock
            var place = kind == .packed ? Int(numbers[block]) : 0
            var word = 0
            while word < PostingLayout.wordsPerBlock {
                var rest = bits[first &+ word]
                while rest != 0 {
                    let level = kind == .packed ? level(packed: place) : 1
                    body(
                        base | UInt32(truncatingIfNeeded: (word &* 64 &+ rest.trailingZeroBitCount) &<< 4)
                            | UInt32(truncatingIfNeeded: level))
                    rest &= rest &- 1
                    place &+= 1
                }
                word &+= 1
            }
        }
    }

    /// Calls `body` with (document << 4 | level) of each posting, rising.
    @inline(__always)
    func forEach(blocks: Int, _ body: (_ posting: UInt32) -> Void) {
        if kind == .sorted {
            var place = 0
            while place < count {
                body(numbers[place])
                place &+= 1
            }
        } else if kind != .none {
            var block = 0
            while block < blocks {
                forEach(inBlock: block, body)
                block &+= 1
            }
        }
    }

    /// Adds the documents to a set.
    func form(unionInto set: UnsafeMutablePointer<UInt64>, blocks: Int) {
        if kind == .sorted {
            for place in 0..<count {
                let number = numbers[place]
                set[Int(number &>> 10)] |= 1 &<< UInt64(truncatingIfNeeded: number &>> 4 & 63)
            }
        } else if kind != .none {
            for block in 0..<blocks {
                form(unionInto: set + block &* PostingLayout.wordsPerBlock, block: block)
            }
        }
    }

    /// Adds the documents of a block to the block's words of a set.
    @inline(__always)
    func form(unionInto words: UnsafeMutablePointer<UInt64>, block: Int) {
        switch kind {
        case .none: break
        case .packed, .dense:
            let own = bits(inBlock: block)
            for word in 0..<PostingLayout.wordsPerBlock { words[word] |= own[word] }
        case .blocked:
            let shorts = shorts(inBlock: block)
            csearch_insert(words, shorts.baseAddress, shorts.count)
        case .sorted:
            for number in numbers(inBlock: block) {
                words[Int(number &>> 10) & 63] |= 1 &<< UInt64(truncatingIfNeeded: number &>> 4 & 63)
            }
        }
    }
}
