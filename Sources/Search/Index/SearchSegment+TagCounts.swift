import CSearchKernels

extension SearchSegment {
    /// What it costs to go through the rarer tags of a document, in postings of a list; measured with the wide loop, beside
    /// which the plain one takes some three times as long.
    private static let documentCost = 15

    /// How many documents of a set have each tag of some keys.
    ///
    /// Where that is less, the stored counts of the public documents are corrected by those in which the set differs.
    func tagCounts(in set: DocumentSet, keys: [String], _ scratch: SegmentScratch) -> TagCounts {
        let counts = TagCounts(counts: scratch.zeros(max(1, tagIds.count), of: Int32.self))
        let count = set.documentCount
        guard count > 0 else { return counts }
        let ranges = keys.map(ordinals(ofKey:))
        let same = Int(csearch_count_common(set.words, publicBits.base, set.count))
        guard count - same + publicCount - same < count else {
            add(set, 1, ranges, counts, scratch)
            return counts
        }
        for range in ranges {
            for ordinal in range { counts.counts[ordinal] = Int32(bitPattern: tagPublicCounts[ordinal]) }
        }
        let more = DocumentSet(copying: set, in: scratch)
        more.subtract(publicBits.base)
        add(more, 1, ranges, counts, scratch)
        let less = DocumentSet(layout, in: scratch)
        less.form(unionWith: publicBits.base)
        less.subtract(set.words)
        add(less, -1, ranges, counts, scratch)
        return counts
    }

    /// Counts `step` for each document of a set.
    private func add(
        _ set: DocumentSet, _ step: Int32, _ ranges: [Range<Int>], _ counts: TagCounts, _ scratch: SegmentScratch
    ) {
        let (places, words, count) = set.filledWords(in: scratch)
        guard count > 0 else { return }
        let isFull = count * 2 > set.count
        for range in ranges {
            for ordinal in denseTags(in: range) {
                let bits = list(ordinal: ordinal).bits
                let found =
                    isFull
                    ? csearch_count_common(bits, set.words, set.count)
                    : csearch_count_common_at(bits, places, words, count)
                counts.counts[ordinal] &+= step &* Int32(truncatingIfNeeded: found)
            }
        }
        // The rarer tags: by their lists, or by the documents.
        let listCost = ranges.reduce(0) { $0 + rarePostings[$1.upperBound] - rarePostings[$1.lowerBound] }
        if set.documentCount * Self.documentCost > listCost {
            for range in ranges {
                for ordinal in range where !isDense(ordinal: ordinal) {
                    counts.counts[ordinal] &+= step &* Int32(truncatingIfNeeded: self.count(ordinal, in: set))
                }
            }
        } else {
            forward.tally(set, step, into: counts.counts)
        }
    }

    private func count(_ ordinal: Int, in set: DocumentSet) -> Int {
        let list = list(ordinal: ordinal)
        if list.kind == .blocked {
            return Int(csearch_count_blocks(list.numbers, list.shorts, layout.blocks, set.words))
        }
        var count = 0
        list.forEach(blocks: layout.blocks) { posting in if set.contains(Int(posting &>> 4)) { count += 1 } }
        return count
    }

    // MARK: Tags of a document

    func isDense(ordinal: Int) -> Bool {
        layout.kind(count: Int(tagLists[ordinal * 2 + 1]), hasLevels: false) == .dense
    }

    /// Whether a tag is in so many documents that they do not stand in a row.
    func isCommon(ordinal: Int) -> Bool {
        let kind = layout.kind(count: Int(tagLists[ordinal * 2 + 1]), hasLevels: false)
        return kind == .dense || kind == .blocked
    }

    /// The tags in so many documents that they have a bit for each.
    private func denseTags(in range: Range<Int>) -> ArraySlice<Int> {
        let first = denseTags.firstIndex { $0 >= range.lowerBound } ?? denseTags.endIndex
        return denseTags[first...].prefix { $0 < range.upperBound }
    }

    /// Calls `body` with each tag of a document.
    func forEachTag(of document: Int, _ body: (_ ordinal: Int) -> Void) {
        forward.forEach(document, body)
        for ordinal in denseTags where list(ordinal: ordinal).level(of: document) != nil { body(ordinal) }
    }
}

extension DocumentSet {
    /// The words that are not 0, and where they are.
    fileprivate func filledWords(
        in scratch: SegmentScratch
    ) -> (places: UnsafePointer<UInt32>, words: UnsafePointer<UInt64>, count: Int) {
        let places = scratch.take(count, of: UInt32.self)
        let filled = scratch.take(count, of: UInt64.self)
        var used = 0
        for word in 0..<count {
            (places[used], filled[used]) = (UInt32(truncatingIfNeeded: word), words[word])
            used &+= words[word] == 0 ? 0 : 1
        }
        return (UnsafePointer(places), UnsafePointer(filled), used)
    }
}
