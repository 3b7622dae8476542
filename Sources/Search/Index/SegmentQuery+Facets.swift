import CSearchKernels

/// How many documents of a segment have each of its tags, of some keys.
struct TagCounts {
    /// By ordinal; only what belongs to the keys that were asked for is true.
    let counts: UnsafeMutablePointer<Int32>
}

extension SegmentQuery {
    /// Counts the tags of the matching documents.
    ///
    /// - Returns: By key, as keys may leave out different filters.
    func facets(_ keys: [String]) -> [String: TagCounts] {
        var result: [String: TagCounts] = [:]
        let common = keys.filter { allowedWithout[$0] == nil }
        if !common.isEmpty {
            let set = DocumentSet(copying: matching, in: scratch)
            set.form(intersectionWith: allowed.words)
            let counts = segment.tagCounts(in: set, keys: common, scratch)
            for key in common { result[key] = counts }
        }
        for key in keys {
            guard let allowed = allowedWithout[key] else { continue }
            let set = DocumentSet(copying: matching, in: scratch)
            set.form(intersectionWith: allowed.words)
            result[key] = segment.tagCounts(in: set, keys: [key], scratch)
        }
        return result
    }
}

extension SearchSegment {
    /// What it costs to go through the tags of a document, in postings of a list; measured.
    private static let documentCost = 16
    /// Words of bits that are counted in the time of a posting.
    private static let wordsPerPosting = 4

    /// How many documents of a set have each tag of some keys.
    ///
    /// Three ways lead there, and the cheapest is taken: the tags of each document; the counts of the public documents,
    /// corrected by the tags of those in which the set differs; or the documents of each tag.
    func tagCounts(in set: DocumentSet, keys: [String], _ scratch: SegmentScratch) -> TagCounts {
        let counts = scratch.zeros(max(1, tagIds.count), of: Int32.self)
        let result = TagCounts(counts: counts)
        let count = set.documentCount
        guard count > 0 else { return result }
        let same = Int(csearch_count_common(set.words, publicBits.base, set.count))
        let different = count - same + publicCount - same
        let ranges = keys.map(ordinals(ofKey:))
        var listCost = 0
        for range in ranges {
            for ordinal in range {
                let count = Int(tagLists[ordinal * 2 + 1])
                let isDense = layout.kind(count: count, isDense: true) == .dense
                listCost += isDense ? layout.words / Self.wordsPerPosting : count
            }
        }
        if min(count, different) * Self.documentCost > listCost {
            for range in ranges {
                for ordinal in range { counts[ordinal] = Int32(truncatingIfNeeded: self.count(ordinal, in: set)) }
            }
        } else if different < count {
            for range in ranges {
                for ordinal in range { counts[ordinal] = Int32(bitPattern: tagPublicCounts[ordinal]) }
            }
            for word in 0..<set.count where set.words[word] != publicBits[word] {
                add(word, set.words[word] & ~publicBits[word], 1, counts)
                add(word, publicBits[word] & ~set.words[word], -1, counts)
            }
        } else {
            for word in 0..<set.count where set.words[word] != 0 { add(word, set.words[word], 1, counts) }
        }
        return result
    }

    private func add(_ word: Int, _ bits: UInt64, _ step: Int32, _ counts: UnsafeMutablePointer<Int32>) {
        var rest = bits
        while rest != 0 {
            forward.forEach(word &* 64 &+ rest.trailingZeroBitCount) { counts[$0] &+= step }
            rest &= rest &- 1
        }
    }

    private func count(_ ordinal: Int, in set: DocumentSet) -> Int {
        let list = list(ordinal: ordinal)
        if list.kind == .dense { return Int(csearch_count_common(list.bits, set.words, set.count)) }
        let words = set.words
        var count: UInt64 = 0
        list.forEach(blocks: layout.blocks) { posting in
            count &+= words[Int(posting &>> 10)] &>> UInt64(truncatingIfNeeded: posting &>> 4 & 63) & 1
        }
        return Int(count)
    }
}
