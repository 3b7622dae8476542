/// The postings of a builder, sorted by terms.
final class SortedPostings: SegmentSource {
    private let builder: SegmentBuilder
    private let words: [UInt32]
    private let hashes: [UInt32]
    private let postings: GrowingBuffer<UInt32>
    /// Where the postings of each term end, by its place in the table.
    private let ends: GrowingBuffer<UInt32>

    private let tags: TagPostings

    /// Sorts the postings of documents of a builder, in an `order` that the segment is to have them in; `tags` are in
    /// the order of the segment.
    init(_ builder: SegmentBuilder, _ order: [Int], tags known: [KnownTag]) {
        self.builder = builder
        tags = TagPostings(builder, order, known)
        // A document that was replaced does not count.
        if order.count < builder.documents.count {
            var isKept = [Bool](repeating: false, count: builder.documents.count)
            for place in order { isKept[place] = true }
            for place in isKept.indices where !isKept[place] {
                for index in Self.terms(of: place, builder) {
                    builder.terms.table.terms.base[Int(builder.terms.stream[index] >> 4)].count -= 1
                }
            }
        }
        words = builder.terms.table.sortedWords()
        hashes = builder.terms.table.sortedHashes()
        ends = GrowingBuffer<UInt32>(repeating: 0, count: builder.terms.table.count)
        var total: UInt32 = 0
        for place in words + hashes {
            ends[Int(place)] = total
            total += builder.terms.table.terms[Int(place)].count
        }
        postings = GrowingBuffer<UInt32>(repeating: 0, count: Int(total))
        let stream = builder.terms.stream.base
        for (document, place) in order.enumerated() {
            for index in Self.terms(of: place, builder) {
                let entry = stream[index]
                let term = Int(entry >> 4)
                let end = ends[term]
                postings[Int(end)] = UInt32(document) << 4 | entry & 15
                ends[term] = end + 1
            }
        }
    }

    private static func terms(of place: Int, _ builder: SegmentBuilder) -> Range<Int> {
        let end = place + 1 < builder.documents.count ? builder.documents[place + 1].terms : builder.terms.stream.count
        return builder.documents[place].terms..<end
    }

    func forEachWord(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt32>) -> Void) {
        for place in words { body(builder.terms.table.word(Int(place)), list(Int(place))) }
    }

    func forEachHash(_ body: (UInt64, UnsafeBufferPointer<UInt32>) -> Void) {
        for place in hashes { body(builder.terms.table.terms[Int(place)].hash, list(Int(place))) }
    }

    func forEachTag(_ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
        for ordinal in 0..<tags.count { body(ordinal, tags[ordinal]) }
    }

    private func list(_ term: Int) -> UnsafeBufferPointer<UInt32> {
        let count = Int(builder.terms.table.terms[term].count)
        return UnsafeBufferPointer(start: postings.base + Int(ends[term]) - count, count: count)
    }
}
