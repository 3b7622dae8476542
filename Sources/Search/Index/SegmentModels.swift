/// The row ids of the documents of a segment, rising: 32 bits each.
struct SegmentModels: Sendable {
    private let ids: SegmentArray<UInt32>

    init(_ memory: SegmentMemory) { ids = SegmentArray(memory, .models) }

    var count: Int { ids.count }

    subscript(document: Int) -> Int64 {
        @inline(__always) get { Int64(ids[document]) }
    }

    /// The document of a model; nil when it has none.
    func document(of model: Int64) -> Int? { UInt32(exactly: model).flatMap(ids.place(of:)) }
}
