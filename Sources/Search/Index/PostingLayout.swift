/// How the documents of a term, a tag or a key are written down, by how many there are.
///
/// A posting is `document << 4 | level`. One posting stands in place of its offset; a few are UInt32 in a row; many are
/// the number of public ones, where the postings of each block of 4,096 documents begin (UInt32), and the lowest 16 bits
/// of each posting, which is all that is left to say within a block; those of more than one document in 32 also have a bit
/// for each document. Tags and keys of more than one document in 32 are the number of public ones, a filler, and a bit for
/// each document.
struct PostingLayout {
    static let blockShift = 12
    static let blockSize = 1 << blockShift
    static let blockMask = blockSize - 1
    static let wordsPerBlock = blockSize / 64

    let documents: Int
    /// Blocks of documents, at least one.
    let blocks: Int
    /// Words of a set of documents: whole blocks.
    var words: Int { blocks * Self.wordsPerBlock }

    init(documents: Int) {
        self.documents = documents
        blocks = max(1, (documents + Self.blockMask) >> Self.blockShift)
    }

    func kind(count: Int, isDense: Bool) -> PostingList.Kind {
        if count == 0 { return .none }
        if isDense, isCommon(count) { return .dense }
        return count > 2 * blocks + 4 ? .blocked : .sorted
    }

    /// UInt32s that the postings take, and whether they have to begin at an even one.
    func room(count: Int, isDense: Bool) -> (size: Int, isEven: Bool) {
        switch kind(count: count, isDense: isDense) {
        case .none, .levels: (0, false)
        case .sorted: (count == 1 ? 0 : count, false)
        case .blocked: (isCommon(count) ? bitsOffset(count) + words * 2 : blocks + 2 + (count + 1) / 2, isCommon(count))
        case .dense: (2 + words * 2, true)
        }
    }

    /// Whether a list of so many documents has a bit for each.
    func isCommon(_ count: Int) -> Bool { count > 256 && count * 32 > documents }

    /// Where the bits of a list in blocks stand: behind the postings, at an even place.
    func bitsOffset(_ count: Int) -> Int { (blocks + 2 + (count + 1) / 2 + 1) & ~1 }
}
