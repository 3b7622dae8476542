/// How the documents of a term, a tag or a key are written down, by how many there are.
///
/// A posting is `document << 4 | level`. One posting stands in place of its offset; a few are UInt32 in a row; many are
/// the number of public ones, where the postings of each block of 4,096 documents begin (UInt32), and the lowest 16 bits
/// of each posting, which is all that is left to say within a block. Of a term in more than one document in 12 it is
/// less to have a bit for each document: the number of public ones, a filler, the bits, where each block begins, and the
/// levels of those whose bit is set, four bits each. Tags and keys of more than one document in 64 are the number of
/// public ones, a filler, and a bit for each document.
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

    /// How so many postings are written down; `hasLevels` is true of a term's, as tags and keys have no levels.
    func kind(count: Int, hasLevels: Bool) -> PostingList.Kind {
        if count == 0 { return .none }
        if count > 256, count * (hasLevels ? 12 : 64) > documents { return hasLevels ? .packed : .dense }
        return count > 2 * blocks + 4 ? .blocked : .sorted
    }

    /// UInt32s that the postings take, and whether they have to begin at an even one.
    func room(count: Int, hasLevels: Bool) -> (size: Int, isEven: Bool) {
        switch kind(count: count, hasLevels: hasLevels) {
        case .none: (0, false)
        case .sorted: (count == 1 ? 0 : count, false)
        case .blocked: (blocks + 2 + (count + 1) / 2, false)
        case .packed: (packedStarts + blocks + 1 + (count + 7) / 8, true)
        case .dense: (2 + words * 2, true)
        }
    }

    /// Where a packed list says where its blocks begin; its levels follow.
    var packedStarts: Int { 2 + words * 2 }
}
