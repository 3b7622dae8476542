/// The documents that samples of a segment take, as sets for each level of ``ModelSample``.
struct SampleBits: Sendable {
    private var levels: [[UInt64]] = []

    init(_ models: SegmentModels, _ layout: PostingLayout) {
        let most = ModelSample.level(of: models.count)
        guard most > 0 else { return }
        levels = [[UInt64]](repeating: [UInt64](repeating: 0, count: layout.words), count: most)
        for document in 0..<models.count {
            for level in 0..<min(most, ModelSample.level(ofModel: models[document])) {
                levels[level][document >> 6] |= 1 << UInt64(document & 63)
            }
        }
    }

    /// Leaves in a set only what a sample takes: all of it at level 0. Of levels that are kept for no segment of this
    /// size every document of the set is looked at.
    func form(intersectionInto set: DocumentSet, level: Int, models: SegmentModels) {
        guard level > 0 else { return }
        if level <= levels.count {
            levels[level - 1].withUnsafeBufferPointer { bits in
                if let base = bits.baseAddress { set.form(intersectionWith: base) }
            }
        } else {
            set.forEach { document in
                if ModelSample.level(ofModel: models[document]) < level { set.remove(document) }
            }
        }
    }
}
