extension SearchSegment {
    /// Checks that no number of the segment leads out of its memory.
    ///
    /// The checksum tells damage; this holds even against a file that was made up, and costs some milliseconds.
    func check() throws(SegmentError) {
        let documents = layout.documents
        let isWhole =
            publicBits.count == layout.words && popularity.count == layout.words * 64
            && privateNamespaces.count == privateDocuments.count && forward.starts.count == documents + 1
            && documents < 1 << 28
            && wordLetters.count == words.count && wordLists.count == words.count * 2
            && hashLists.count == hashes.count * 2 && tagPublicCounts.count == tagIds.count
            && tagLists.count == tagIds.count * 2 && tagTexts.count == tagIds.count * 2
            && tagsByRow.count == tagIds.count && keyOrdinals.count == keys.count + 1
            && keyLists.count == keys.count * 2 && lexiconTagStarts.count == lexicon.count + 1
            && columnNumbers.count == columns.count + 1 && numberValues.count == numberDocuments.count
        guard isWhole else { throw .damaged }
        for document in documents..<layout.words * 64 where isPublic(document) { throw .damaged }
        for strings in [words, tagTexts, keys, lexicon, columns] {
            try Self.check(strings.starts, end: strings.bytes.count)
        }
        try Self.check(forward.starts, end: forward.isWide ? forward.wide.count : forward.narrow.count)
        try Self.check(lexiconTagStarts, end: lexiconTags.count)
        try Self.check(columnNumbers, end: numberDocuments.count)
        try Self.check(keyOrdinals, end: tagIds.count)
        try Self.check(privateDocuments, below: documents)
        try Self.check(numberDocuments, below: documents)
        try Self.check(tagsByRow, below: tagIds.count)
        try Self.check(lexiconTags, below: tagIds.count)
        if forward.isWide { try Self.check(forward.wide, below: tagIds.count) }
        if !forward.isWide { try Self.check(forward.narrow, below: tagIds.count) }
        for (lists, isDense) in [(wordLists, false), (hashLists, false), (tagLists, true), (keyLists, true)] {
            for place in 0..<lists.count / 2 { try check(lists.base + place * 2, isDense: isDense) }
        }
    }

    private func check(_ entry: UnsafePointer<UInt32>, isDense: Bool) throws(SegmentError) {
        let count = Int(entry[1])
        guard count <= layout.documents else { throw .damaged }
        if count == 1 {
            guard Int(entry[0] >> 4) < layout.documents else { throw .damaged }
            return
        }
        let room = layout.room(count: count, isDense: isDense)
        guard Int(entry[0]) + room.size <= postings.count, !room.isEven || entry[0] & 1 == 0 else { throw .damaged }
        let list = PostingList(entry, in: postings.base, layout: layout, isDense: isDense)
        switch list.kind {
        case .none, .levels, .dense: break
        case .sorted:
            for place in 0..<count where Int(list.numbers[place] >> 4) >= layout.documents { throw .damaged }
        case .blocked:
            var last: UInt32 = 0
            for block in 0...layout.blocks {
                guard list.numbers[block] >= last, list.numbers[block] <= count else { throw .damaged }
                last = list.numbers[block]
            }
        }
    }

    private static func check(_ starts: SegmentArray<UInt32>, end: Int) throws(SegmentError) {
        guard starts.count > 0, starts[0] == 0, Int(starts[starts.count - 1]) == end else { throw .damaged }
        for place in 1..<starts.count where starts[place - 1] > starts[place] { throw .damaged }
    }

    private static func check<Number: FixedWidthInteger>(
        _ numbers: SegmentArray<Number>, below end: Int
    ) throws(SegmentError) {
        for place in 0..<numbers.count where Int(numbers[place]) >= end { throw .damaged }
    }
}
