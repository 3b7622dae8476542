/// The documents of each tag, or of each group of neighbouring tags, as postings.
final class OrdinalPostings {
    private let ends: GrowingBuffer<UInt32>
    private let starts: GrowingBuffer<UInt32>
    private let postings: GrowingBuffer<UInt32>
    let count: Int

    /// The postings of groups: `groups` has the group of each ordinal, and never falls.
    init(_ parts: SegmentParts, groups: [UInt32]) {
        count = groups.last.map { Int($0) + 1 } ?? 0
        let starts = GrowingBuffer<UInt32>(repeating: 0, count: count + 1)
        let documents = parts.forwardStarts.count - 1
        // The first time groups are counted, the second time written.
        func forEach(_ body: (_ document: Int, _ group: Int) -> Void) {
            for document in 0..<documents {
                var last = UInt32.max
                for place in Int(parts.forwardStarts[document])..<Int(parts.forwardStarts[document + 1]) {
                    let group = groups[Int(parts.forwardTags[place])]
                    if group != last { body(document, Int(group)) }
                    last = group
                }
            }
        }
        forEach { _, group in starts[group + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        let postings = GrowingBuffer<UInt32>(repeating: 0, count: Int(starts[count]))
        let ends = GrowingBuffer<UInt32>(repeating: 0, count: count + 1)
        for group in 0..<count { ends[group] = starts[group] }
        forEach { document, group in
            postings[Int(ends[group])] = UInt32(document) << 4 | 1
            ends[group] += 1
        }
        self.starts = starts
        self.ends = ends
        self.postings = postings
    }

    subscript(group: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: postings.base + Int(starts[group]), count: Int(ends[group] - starts[group]))
    }
}
