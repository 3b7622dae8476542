/// The documents of each context key, put together from those of its tags, which come in their order.
final class KeyPostings {
    /// The first tag of each key.
    private let firsts: [Int]
    private var bits: [UInt64]
    private var key = 0
    private var postings: GrowingBuffer<UInt32>

    init(_ firsts: [Int], _ layout: PostingLayout) {
        self.firsts = firsts
        bits = [UInt64](repeating: 0, count: layout.words)
        // Most keys are in most documents; only what is written to is there.
        postings = GrowingBuffer(capacity: layout.documents)
    }

    /// Adds the documents of a tag; calls `body` with those of the key before when the tag is the first of the next.
    func add(_ tag: UnsafeBufferPointer<UInt32>, ordinal: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        if key + 1 < firsts.count, firsts[key + 1] == ordinal { close(body) }
        bits.withUnsafeMutableBufferPointer { bits in
            for posting in tag { bits[Int(posting >> 10)] |= 1 << UInt64(posting >> 4 & 63) }
        }
    }

    /// Calls `body` with the documents of the last key, and begins anew.
    func finish(_ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        if !firsts.isEmpty { close(body) }
        key = 0
    }

    private func close(_ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        postings.removeAll()
        for word in bits.indices {
            var rest = bits[word]
            while rest != 0 {
                postings.append(UInt32(word * 64 + rest.trailingZeroBitCount) << 4 | 1)
                rest &= rest - 1
            }
            bits[word] = 0
        }
        body(postings.buffer)
        key += 1
    }
}
