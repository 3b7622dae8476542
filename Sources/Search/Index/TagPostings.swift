/// The postings of a builder's tags, tag after tag.
final class TagPostings {
    private let postings: GrowingBuffer<UInt32>
    /// Where those of each tag begin, and the end.
    private let starts: [Int]

    /// `order` is that of the documents, `known` that of the tags.
    init(_ builder: SegmentBuilder, _ order: [Int], _ known: [KnownTag]) {
        let greatest = known.map(\.id).max() ?? 0
        let ordinals = GrowingBuffer<UInt32>(repeating: .max, count: Int(max(0, min(greatest, 1 << 32))) + 1)
        for (ordinal, tag) in known.enumerated() where tag.id >= 0 && tag.id < ordinals.count {
            ordinals[Int(tag.id)] = UInt32(ordinal)
        }
        let last = GrowingBuffer<UInt32>(repeating: .max, count: max(1, known.count))
        func forEach(_ body: (_ ordinal: Int, _ document: Int) -> Void) {
            last.base.update(repeating: .max, count: last.count)
            for (document, place) in order.enumerated() {
                let isLast = place + 1 == builder.documents.count
                let end = isLast ? builder.tagStream.count : builder.documents[place + 1].tags
                for index in builder.documents[place].tags..<end {
                    let id = Int(builder.tagStream[index])
                    guard id < ordinals.count, ordinals[id] != .max else { continue }
                    let ordinal = Int(ordinals[id])
                    // A document may name a tag twice.
                    if last[ordinal] == UInt32(document) { continue }
                    last[ordinal] = UInt32(document)
                    body(ordinal, document)
                }
            }
        }
        var starts = [Int](repeating: 0, count: known.count + 1)
        forEach { ordinal, _ in starts[ordinal + 1] += 1 }
        for ordinal in known.indices { starts[ordinal + 1] += starts[ordinal] }
        let postings = GrowingBuffer<UInt32>(repeating: 0, count: max(1, starts[known.count]))
        var ends = starts
        forEach { ordinal, document in
            postings[ends[ordinal]] = UInt32(document) << 4 | 1
            ends[ordinal] += 1
        }
        self.postings = postings
        self.starts = starts
    }

    var count: Int { starts.count - 1 }

    subscript(ordinal: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: postings.base + starts[ordinal], count: starts[ordinal + 1] - starts[ordinal])
    }
}
