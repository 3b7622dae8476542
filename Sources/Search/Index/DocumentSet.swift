import CSearchKernels

/// A bit for each document of a segment, in whole blocks; in the memory of a ``SegmentScratch``.
struct DocumentSet {
    let words: UnsafeMutablePointer<UInt64>
    let count: Int

    /// The empty set.
    init(_ layout: PostingLayout, in scratch: SegmentScratch) {
        count = layout.words
        words = scratch.zeros(layout.words, of: UInt64.self)
    }

    init(copying other: DocumentSet, in scratch: SegmentScratch) {
        count = other.count
        words = scratch.take(other.count, of: UInt64.self)
        words.update(from: other.words, count: count)
    }

    /// A set that is only read: bits that are there already, such as those of a segment.
    init(reading bits: SegmentArray<UInt64>) {
        (words, count) = (UnsafeMutablePointer(mutating: bits.base), bits.count)
    }

    func insertAll(_ layout: PostingLayout) {
        let whole = layout.documents / 64
        words.update(repeating: .max, count: whole)
        if layout.documents % 64 > 0 { words[whole] = 1 << UInt64(layout.documents % 64) - 1 }
    }

    func insert(_ document: Int) { words[document >> 6] |= 1 << UInt64(document & 63) }

    func remove(_ document: Int) { words[document >> 6] &= ~(1 << UInt64(document & 63)) }

    func contains(_ document: Int) -> Bool { words[document >> 6] >> UInt64(document & 63) & 1 != 0 }

    func form(unionWith other: UnsafePointer<UInt64>) {
        for word in 0..<count { words[word] |= other[word] }
    }

    func form(intersectionWith other: UnsafePointer<UInt64>) {
        for word in 0..<count { words[word] &= other[word] }
    }

    func subtract(_ other: UnsafePointer<UInt64>) {
        for word in 0..<count { words[word] &= ~other[word] }
    }

    var documentCount: Int { Int(csearch_count(words, count)) }

    func commonCount(_ other: DocumentSet) -> Int { Int(csearch_count_common(words, other.words, count)) }

    @inline(__always)
    func isEmpty(block: Int) -> Bool {
        let first = words + block &* PostingLayout.wordsPerBlock
        var any: UInt64 = 0
        for word in 0..<PostingLayout.wordsPerBlock { any |= first[word] }
        return any == 0
    }

    @inline(__always)
    func forEach(_ body: (_ document: Int) -> Void) {
        var word = 0
        while word < count {
            var rest = words[word]
            while rest != 0 {
                body(word &* 64 &+ rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
            word &+= 1
        }
    }
}
