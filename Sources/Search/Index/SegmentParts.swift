/// What a segment is put together from, beside the postings of terms (``SegmentSource``).
struct SegmentParts {
    struct Column {
        let name: String
        /// Rising; a document may have several numbers.
        let documents: [UInt32]
        /// Of each number the place of its value.
        let codes: [UInt32]
        /// Rising.
        let values: [Double]

        init(name: String, _ numbers: [(document: UInt32, value: Double)]) {
            let numbers = numbers.sorted { ($0.document, $0.value) < ($1.document, $1.value) }
            var values: [Double] = []
            // Of -0 and 0 one is enough: they compare alike.
            for value in numbers.map(\.value).sorted() where values.last != value { values.append(value) }
            (self.name, self.values) = (name, values)
            documents = numbers.map(\.document)
            codes = numbers.map { UInt32(values.firstPlace(notBelow: $0.value)) }
        }
    }

    /// Row ids, rising.
    var models: [UInt32] = []
    /// A bit for each public document, in whole blocks.
    var publicBits: [UInt64] = []
    var popularity: [UInt8] = []
    /// When each was changed last, in Unix seconds.
    var updated: [UInt32] = []
    /// Of the private documents, in this order.
    var privates: [(namespace: Int64, document: UInt32)] = []
    /// In the order of key and folded value.
    var tags: [KnownTag] = []
    /// In the order of names.
    var columns: [Column] = []

    /// Gives all to one who is alone in holding it then, and can let it go as soon as it is written.
    mutating func handOver() -> SegmentParts {
        defer { self = SegmentParts() }
        return self
    }

    /// The order of tags in a segment.
    static func precedes(_ left: KnownTag, _ right: KnownTag) -> Bool {
        if left.key != right.key { return left.key.utf8.lexicographicallyPrecedes(right.key.utf8) }
        if left.folded != right.folded { return left.folded.utf8.lexicographicallyPrecedes(right.folded.utf8) }
        return left.id < right.id
    }
}

/// The terms and tags of a segment in the making, with their postings.
protocol SegmentSource {
    /// Calls `body` with each word (without the `w`), in the order of bytes, and its postings, rising.
    func forEachWord(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt32>) -> Void)
    /// Calls `body` with the hash of each other term, rising, and its postings, rising.
    func forEachHash(_ body: (UInt64, UnsafeBufferPointer<UInt32>) -> Void)
    /// Calls `body` with the place of each of the parts' tags, rising, and its postings, rising, with any level.
    func forEachTag(_ body: (Int, UnsafeBufferPointer<UInt32>) -> Void)
}

extension [Double] {
    /// Of rising elements the first place of one that is not less than `wanted`.
    func firstPlace(notBelow wanted: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) >> 1
            if self[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
