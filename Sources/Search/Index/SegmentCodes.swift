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

    var count: Int { isWide ? wide.count : narrow.count }

    subscript(place: Int) -> Int {
        @inline(__always) get { isWide ? Int(wide[place]) : Int(narrow[place]) }
    }
}
