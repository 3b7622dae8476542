/// The documents of a term or a tag, with levels; it does not keep the memory alive.
struct PostingList: BitwiseCopyable {
    enum Kind: UInt8 {
        case none
        /// UInt32 postings in a row.
        case sorted
        /// UInt16 postings by blocks.
        case blocked
        /// A bit each.
        case dense
        /// A level each (UInt8), 0 for none, and a bit.
        case levels
    }

    let kind: Kind
    let count: Int
    /// Of ``Kind/sorted``: the postings. Of ``Kind/blocked``: where each block begins.
    let numbers: UnsafePointer<UInt32>
    /// Of ``Kind/blocked``.
    let shorts: UnsafePointer<UInt16>
    /// Where there are bits: of ``Kind/dense`` and ``Kind/levels``, and of common lists in blocks.
    let bits: UnsafePointer<UInt64>
    let hasBits: Bool
    /// Of ``Kind/levels``.
    let levels: UnsafePointer<UInt8>

    private init(
        _ kind: Kind, _ count: Int, _ raw: UnsafeRawPointer, shorts: UnsafeRawPointer, bits: UnsafeRawPointer? = nil
    ) {
        (self.kind, self.count) = (kind, count)
        numbers = raw.assumingMemoryBound(to: UInt32.self)
        self.shorts = shorts.assumingMemoryBound(to: UInt16.self)
        self.bits = (bits ?? raw).assumingMemoryBound(to: UInt64.self)
        hasBits = bits != nil
        levels = raw.assumingMemoryBound(to: UInt8.self)
    }

    /// A list of a segment: `entry` is its offset and count.
    init(
        _ entry: UnsafePointer<UInt32>, in postings: UnsafePointer<UInt32>, layout: PostingLayout, isDense: Bool
    ) {
        let count = Int(entry[1])
        let start = postings + (count == 1 ? 0 : Int(entry[0]))
        switch layout.kind(count: count, isDense: isDense) {
        case .sorted where count == 1: self.init(.sorted, 1, entry, shorts: entry)
        case .sorted: self.init(.sorted, count, start, shorts: start)
        case .blocked:
            self.init(
                .blocked, count, start + 1, shorts: start + layout.blocks + 2,
                bits: layout.isCommon(count) ? UnsafeRawPointer(start + layout.bitsOffset(count)) : nil)
        case .dense: self.init(.dense, count, start + 2, shorts: start, bits: start + 2)
        case .none, .levels: self.init(.none, 0, entry, shorts: entry)
        }
    }

    init(sorted: UnsafePointer<UInt32>, count: Int) { self.init(.sorted, count, sorted, shorts: sorted) }

    init(bits: UnsafePointer<UInt64>, count: Int) {
        self.init(.dense, count, bits, shorts: bits, bits: bits)
    }

    /// A level for each document, and a bit for each that is not 0.
    init(levels: UnsafePointer<UInt8>, bits: UnsafePointer<UInt64>, count: Int) {
        self.init(.levels, count, levels, shorts: levels, bits: bits)
    }

    /// The number of public documents that a list of many stands behind; nil where they have to be counted.
    func storedPublicCount(_ entry: UnsafePointer<UInt32>, in postings: UnsafePointer<UInt32>) -> Int? {
        kind == .blocked || kind == .dense ? Int(postings[Int(entry[0])]) : nil
    }

    /// The level of a document; nil when it is not in the list. Of tags the level is 0 or 1 and means nothing.
    func level(of document: Int) -> Int? {
        switch kind {
        case .none: return nil
        case .levels: return levels[document] == 0 ? nil : Int(levels[document])
        case .dense: return bits[document >> 6] >> UInt64(document & 63) & 1 == 0 ? nil : 1
        case .sorted:
            let place = Self.firstPlace(numbers, 0, count, notBelow: UInt32(document) << 4)
            return place < count && Int(numbers[place] >> 4) == document ? Int(numbers[place] & 15) : nil
        case .blocked:
            if hasBits, bits[document >> 6] >> UInt64(document & 63) & 1 == 0 { return nil }
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
        case .sorted:
            var place = Self.firstPlace(numbers, 0, count, notBelow: base)
            while place < count, numbers[place] &>> 16 == base &>> 16 {
                body(numbers[place])
                place &+= 1
            }
        case .dense:
            let first = block &* PostingLayout.wordsPerBlock
            var word = 0
            while word < PostingLayout.wordsPerBlock {
                var rest = bits[first &+ word]
                while rest != 0 {
                    body(base | UInt32(truncatingIfNeeded: (word &* 64 &+ rest.trailingZeroBitCount) &<< 4) | 1)
                    rest &= rest &- 1
                }
                word &+= 1
            }
        case .levels:
            let first = block &* PostingLayout.wordsPerBlock
            for word in 0..<PostingLayout.wordsPerBlock {
                var rest = bits[first &+ word]
                while rest != 0 {
                    let place = word &* 64 &+ rest.trailingZeroBitCount
                    let level = levels[block &<< PostingLayout.blockShift &+ place]
                    body(base | UInt32(truncatingIfNeeded: place &<< 4) | UInt32(level))
                    rest &= rest &- 1
                }
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
        if hasBits {
            var word = 0
            while word < blocks &* PostingLayout.wordsPerBlock {
                set[word] |= bits[word]
                word &+= 1
            }
        } else {
            forEach(blocks: blocks) { posting in
                set[Int(posting &>> 10)] |= 1 &<< UInt64(truncatingIfNeeded: posting &>> 4 & 63)
            }
        }
    }
}
