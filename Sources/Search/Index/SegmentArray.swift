/// A section of a segment as an array. It does not keep the memory alive: the segment does, whose part it is.
struct SegmentArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Sendable: the memory is never written again.

    let base: UnsafePointer<Element>
    let count: Int

    init(_ memory: SegmentMemory, _ section: SegmentSection) {
        let bytes = memory.bytes(section)
        base = UnsafePointer(
            (memory.base + (memory.base.distance(to: bytes.baseAddress ?? memory.base)))
                .assumingMemoryBound(to: Element.self))
        count = bytes.count / MemoryLayout<Element>.stride
    }

    subscript(place: Int) -> Element {
        @inline(__always) get { base[place] }
    }
}

extension SegmentArray where Element: Comparable {
    /// Of rising elements the first place of one that is not less than `wanted`.
    func firstPlace(notBelow wanted: Element, in range: Range<Int>? = nil) -> Int {
        var (low, high) = (range?.lowerBound ?? 0, range?.upperBound ?? count)
        while low < high {
            let middle = (low + high) >> 1
            if base[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func place(of wanted: Element) -> Int? {
        let place = firstPlace(notBelow: wanted)
        return place < count && base[place] == wanted ? place : nil
    }
}
