import CSearchKernels

/// The rarer tags of each document: those that have no bit for each document in their own list.
struct SegmentForward: Sendable {
    let starts: SegmentArray<UInt32>
    let narrow: SegmentArray<UInt16>
    let wide: SegmentArray<UInt32>
    let isWide: Bool

    init(_ memory: SegmentMemory, isWide: Bool) {
        starts = SegmentArray(memory, .forwardStarts)
        narrow = SegmentArray(memory, .forwardTags)
        wide = SegmentArray(memory, .forwardTags)
        self.isWide = isWide
    }

    /// Adds `step` to the count of each tag of each document of a set.
    func tally(_ set: DocumentSet, _ step: Int32, into counts: UnsafeMutablePointer<Int32>) {
        if isWide {
            csearch_tally_wide(counts, set.words, set.count, starts.base, wide.base, step)
        } else {
            csearch_tally(counts, set.words, set.count, starts.base, narrow.base, step)
        }
    }

    @inline(__always)
    func forEach(_ document: Int, _ body: (_ ordinal: Int) -> Void) {
        let end = Int(starts[document &+ 1])
        var place = Int(starts[document])
        if isWide {
            while place < end {
                body(Int(wide[place]))
                place &+= 1
            }
        } else {
            while place < end {
                body(Int(narrow[place]))
                place &+= 1
            }
        }
    }
}
