/// A unit of a plan, as lists of a segment.
struct SegmentUnit: BitwiseCopyable {
    /// Documents found by words; `worth` has what each level is worth (16 of UInt8).
    struct Words: BitwiseCopyable {
        let list: PostingList
        let worth: UnsafePointer<UInt8>
        let isStrong: Bool
    }

    struct Tags: BitwiseCopyable {
        let list: PostingList
        let weight: UInt8
        let isStrong: Bool
    }

    let rarity: Int
    /// In the memory of the request, as arrays would be retained in every block.
    let words: UnsafeBufferPointer<Words>
    /// The weightiest first.
    let tags: UnsafeBufferPointer<Tags>

    init(rarity: Int, words: [Words], tags: [Tags], in scratch: SegmentScratch) {
        self.rarity = rarity
        self.words = scratch.copy(words)
        self.tags = scratch.copy(tags)
    }

    /// Postings that a strong alternative has, as a measure of the work.
    var strongCount: Int {
        words.reduce(0) { $0 + ($1.isStrong ? $1.list.count : 0) }
            + tags.reduce(0) { $0 + ($1.isStrong ? $1.list.count : 0) }
    }

    /// The unit as it stands for one document: worth by words and by tags, met, touched.
    func probe(_ document: Int) -> (words: Int, tags: Int, isMet: Bool, isTouched: Bool) {
        var result = (words: 0, tags: 0, isMet: false, isTouched: false)
        for words in words {
            guard let level = words.list.level(of: document) else { continue }
            result.words = max(result.words, Int(words.worth[level]))
            result.isTouched = true
            if words.isStrong { result.isMet = true }
        }
        for tags in tags where tags.list.level(of: document) != nil {
            result.tags = max(result.tags, Int(tags.weight))
            result.isTouched = true
            if tags.isStrong { result.isMet = true }
        }
        return result
    }

    /// What no document of a block gets more of: the best of the lists that have anything there.
    func potential(_ block: Int) -> Int {
        var best = 0
        for words in words where Int(words.worth[15]) > best && words.list.mayBeFilled(block: block) {
            best = Int(words.worth[15])
        }
        return best + (tags.first { $0.list.mayBeFilled(block: block) }.map { Int($0.weight) } ?? 0)
    }

    /// Adds the documents of a block that meet the unit (or are touched by it) to the block's words of a set.
    func insert(block: Int, into set: UnsafeMutablePointer<UInt64>, strongOnly: Bool) {
        for words in words where words.isStrong || !strongOnly { words.list.form(unionInto: set, block: block) }
        for tags in tags where tags.isStrong || !strongOnly { tags.list.form(unionInto: set, block: block) }
    }
}
