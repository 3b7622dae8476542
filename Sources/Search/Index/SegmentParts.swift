/// What a segment is put together from, beside the postings of terms (``SegmentSource``).
struct SegmentParts {
    struct Column {
        var name: String
        /// Rising; a document may have several numbers.
        var documents: [UInt32] = []
        var values: [Double] = []
    }

    /// Row ids, rising.
    var models: [Int64] = []
    /// A bit for each public document, in whole blocks.
    var publicBits: [UInt64] = []
    var popularity: [UInt8] = []
    /// Of the private documents, in this order.
    var privates: [(namespace: Int64, document: UInt32)] = []
    /// In the order of key and folded value.
    var tags: [KnownTag] = []
    var forwardStarts: [UInt32] = [0]
    /// Places in ``tags``, rising in each document.
    var forwardTags: [UInt32] = []
    /// In the order of names.
    var columns: [Column] = []

    /// The order of tags in a segment.
    static func precedes(_ left: KnownTag, _ right: KnownTag) -> Bool {
        if left.key != right.key { return left.key.utf8.lexicographicallyPrecedes(right.key.utf8) }
        if left.folded != right.folded { return left.folded.utf8.lexicographicallyPrecedes(right.folded.utf8) }
        return left.id < right.id
    }
}

/// The terms of a segment in the making, with their postings.
protocol SegmentSource {
    /// Calls `body` with each word (without the `w`), in the order of bytes, and its postings, rising.
    func forEachWord(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt32>) -> Void)
    /// Calls `body` with the hash of each other term, rising, and its postings, rising.
    func forEachHash(_ body: (UInt64, UnsafeBufferPointer<UInt32>) -> Void)
}
