import CSearchKernels

/// By number: the place of its value among those of its column.
struct SegmentCodes: Sendable {
    let narrow: SegmentArray<UInt16>
    let wide: SegmentArray<UInt32>
    let isWide: Bool

    init(_ memory: SegmentMemory, isWide: Bool) {
        narrow = SegmentArray(memory, .numberCodes)
        wide = SegmentArray(memory, .numberCodes)
        self.isWide = isWide
    }

    /// Whether a column has so many values that their places need 32 bits.
    static func isWide(_ valueStarts: SegmentArray<UInt32>) -> Bool {
        (1..<max(1, valueStarts.count)).contains { valueStarts[$0] &- valueStarts[$0 - 1] > 65_536 }
    }

    /// Sets the bit of each of some documents, which rise, whose number is one of those from a place to another.
    func insert(
        _ places: Range<Int>, from lower: Int, to upper: Int, of documents: UnsafePointer<UInt32>,
        into bits: UnsafeMutablePointer<UInt64>
    ) {
        let (first, end) = (UInt32(truncatingIfNeeded: lower), UInt32(truncatingIfNeeded: upper))
        let documents = documents + places.lowerBound
        if isWide {
            csearch_insert_between_wide(bits, documents, wide.base + places.lowerBound, places.count, first, end)
        } else {
            csearch_insert_between(bits, documents, narrow.base + places.lowerBound, places.count, first, end)
        }
    }

    var count: Int { isWide ? wide.count : narrow.count }

    subscript(place: Int) -> Int {
        @inline(__always) get { isWide ? Int(wide[place]) : Int(narrow[place]) }
    }
}
