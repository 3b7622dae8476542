/// A segment of a view, and which of its documents do not count any more.
struct SearchPart: Sendable {
    private(set) var segment: SearchSegment
    /// A bit for each document that was replaced or removed; empty for none.
    private(set) var removed: [UInt64] = []
    private(set) var removedCount = 0
    private(set) var removedPublicCount = 0
    /// In how many of the removed documents each tag is, by ordinal: all, and public ones.
    private(set) var removedTags: [Int: (all: Int, open: Int)] = [:]
    /// The tags of many documents, by row id, with their ordinals: every answer tells of dozens of them.
    private let commonTags: [Int64: (ordinal: Int, tag: KnownTag)]

    init(_ segment: SearchSegment) {
        self.segment = segment
        var common: [Int64: (ordinal: Int, tag: KnownTag)] = [:]
        for ordinal in 0..<segment.tagIds.count where segment.isCommon(ordinal: ordinal) {
            common[segment.tagIds[ordinal]] = (ordinal, segment.tag(ordinal: ordinal))
        }
        commonTags = common
    }

    /// The same with another copy of the segment.
    func with(_ copy: SearchSegment) -> SearchPart {
        var part = self
        part.segment = copy
        return part
    }

    var documentCount: Int { segment.documentCount - removedCount }
    var publicCount: Int { segment.publicCount - removedPublicCount }

    mutating func remove(model: Int64) {
        guard let document = segment.document(of: model) else { return }
        if removed.isEmpty { removed = [UInt64](repeating: 0, count: segment.layout.words) }
        let bit: UInt64 = 1 << UInt64(document & 63)
        guard removed[document >> 6] & bit == 0 else { return }
        removed[document >> 6] |= bit
        removedCount += 1
        let isPublic = segment.isPublic(document)
        if isPublic { removedPublicCount += 1 }
        segment.forEachTag(of: document) { ordinal in
            var counts = removedTags[ordinal] ?? (0, 0)
            counts.all += 1
            if isPublic { counts.open += 1 }
            removedTags[ordinal] = counts
        }
    }

    func isRemoved(_ document: Int) -> Bool {
        !removed.isEmpty && removed[document >> 6] >> UInt64(document & 63) & 1 != 0
    }

    func publicCount(term: String) -> Int {
        var count = segment.publicCount(term: term)
        guard count > 0, removedPublicCount > 0, let list = segment.list(term: term) else { return count }
        if list.count < removedCount {
            list.forEach(blocks: segment.layout.blocks) { posting in
                let document = Int(posting >> 4)
                if isRemoved(document), segment.isPublic(document) { count -= 1 }
            }
        } else {
            for (word, bits) in removed.enumerated() where bits != 0 {
                var rest = bits & segment.publicBits[word]
                while rest != 0 {
                    if list.level(of: word * 64 + rest.trailingZeroBitCount) != nil { count -= 1 }
                    rest &= rest - 1
                }
            }
        }
        return count
    }

    /// The ordinal of a tag by its row id.
    func ordinal(ofTag id: Int64) -> Int? { commonTags[id]?.ordinal ?? segment.ordinal(ofTag: id) }

    /// A tag that documents have, by its row id.
    func tag(_ id: Int64) -> KnownTag? {
        if let common = commonTags[id] { return count(ordinal: common.ordinal) > 0 ? common.tag : nil }
        guard let ordinal = segment.ordinal(ofTag: id), count(ordinal: ordinal) > 0 else { return nil }
        return segment.tag(ordinal: ordinal)
    }

    func publicCount(ordinal: Int) -> Int {
        Int(segment.tagPublicCounts[ordinal]) - (removedTags[ordinal]?.open ?? 0)
    }

    /// How many documents have a tag, whoever may see them.
    func count(ordinal: Int) -> Int {
        Int(segment.tagLists[ordinal * 2 + 1]) - (removedTags[ordinal]?.all ?? 0)
    }
}
