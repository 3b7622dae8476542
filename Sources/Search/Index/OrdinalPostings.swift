/// The documents of each tag, or of each group of neighbouring tags, as postings.
///
/// At first they are only counted: the postings take memory between ``write()`` and ``forget()``.
final class OrdinalPostings {
    private let parts: SegmentParts
    private let groups: [UInt32]
    private let ends: GrowingBuffer<UInt32>
    private let starts: GrowingBuffer<UInt32>
    private var postings = GrowingBuffer<UInt32>()
    let count: Int

    /// The postings of groups: `groups` has the group of each ordinal, and never falls.
    init(_ parts: SegmentParts, groups: [UInt32]) {
        (self.parts, self.groups) = (parts, groups)
        count = groups.last.map { Int($0) + 1 } ?? 0
        starts = GrowingBuffer<UInt32>(repeating: 0, count: count + 1)
        ends = GrowingBuffer<UInt32>(repeating: 0, count: count + 1)
        let starts = starts.base
        forEach { _, group in starts[group + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
    }

    func count(_ group: Int) -> Int { Int(starts[group + 1] - starts[group]) }

    func write() {
        postings = GrowingBuffer<UInt32>(repeating: 0, count: Int(starts[count]))
        let (ends, postings) = (ends.base, postings.base)
        ends.update(from: starts.base, count: count)
        forEach { document, group in
            postings[Int(ends[group])] = UInt32(truncatingIfNeeded: document) << 4 | 1
            ends[group] += 1
        }
    }

    func forget() { postings = GrowingBuffer<UInt32>() }

    /// The postings of a group, once they are written.
    subscript(group: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: postings.base + Int(starts[group]), count: count(group))
    }

    @inline(__always)
    private func forEach(_ body: (_ document: Int, _ group: Int) -> Void) {
        parts.forwardTags.withUnsafeBufferPointer { tags in
            groups.withUnsafeBufferPointer { groups in
                for document in 0..<parts.forwardStarts.count - 1 {
                    var last = UInt32.max
                    for place in Int(parts.forwardStarts[document])..<Int(parts.forwardStarts[document + 1]) {
                        let group = groups[Int(tags[place])]
                        if group != last { body(document, Int(group)) }
                        last = group
                    }
                }
            }
        }
    }
}
