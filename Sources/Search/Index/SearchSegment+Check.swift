import CSearchKernels

extension SearchSegment {
    /// Checks that no number of the segment leads out of its memory.
    ///
    /// The checksum tells damage; this holds even against a file that was made up, and costs some milliseconds.
    func check() throws(SegmentError) {
        let documents = layout.documents
        let isWhole =
            publicBits.count == layout.words && popularity.count == layout.words * 64
            && updated.count == layout.words * 64
            && privateNamespaces.count == privateDocuments.count && forward.starts.count == documents + 1
            && documents < 1 << 28
            && wordLetters.count == words.count && wordLists.count == words.count * 2
            && hashLists.count == hashes.count * 2 && tagPublicCounts.count == tagIds.count
            && tagLists.count == tagIds.count * 2 && tagTexts.count == tagIds.count * 2
            && tagsByRow.count == tagIds.count && keyOrdinals.count == keys.count + 1
            && keyLists.count == keys.count * 2 && lexiconTagStarts.count == lexicon.count + 1
            && columnNumbers.count == columns.count + 1 && numberCodes.count == numberDocuments.count
            && valueStarts.count == columns.count + 1
        guard isWhole else { throw .damaged }
        try check(bits: publicBits.base, count: publicCount)
        for document in 0..<documents {
            guard models[document] > (document == 0 ? 0 : models[document - 1]) else { throw .damaged }
        }
        for ordinal in 0..<tagIds.count where tagPublicCounts[ordinal] > tagLists[ordinal * 2 + 1] { throw .damaged }
        for place in 0..<values.count where values[place].isNaN { throw .damaged }
        for strings in [words, tagTexts, keys, lexicon, columns] {
            try Self.check(strings.starts, end: strings.bytes.count)
        }
        try Self.check(forward.starts, end: forward.isWide ? forward.wide.count : forward.narrow.count)
        try Self.check(lexiconTagStarts, end: lexiconTags.count)
        try Self.check(columnNumbers, end: numberDocuments.count)
        try Self.check(valueStarts, end: values.count)
        for column in 0..<columns.count {
            let end = Int(valueStarts[column + 1]) - Int(valueStarts[column])
            for place in Int(columnNumbers[column])..<Int(columnNumbers[column + 1]) where numberCodes[place] >= end {
                throw .damaged
            }
        }
        try Self.check(keyOrdinals, end: tagIds.count)
        try Self.check(privateDocuments, below: documents)
        var isPrivate = [Bool](repeating: false, count: documents)
        for place in 0..<privateDocuments.count {
            let document = Int(privateDocuments[place])
            if isPublic(document) || isPrivate[document] { throw .damaged }
            isPrivate[document] = true
        }
        try Self.check(numberDocuments, below: documents)
        try Self.check(tagsByRow, below: tagIds.count)
        try Self.check(lexiconTags, below: tagIds.count)
        if forward.isWide { try Self.check(forward.wide, below: tagIds.count) }
        if !forward.isWide { try Self.check(forward.narrow, below: tagIds.count) }
        for (lists, hasLevels) in [(wordLists, true), (hashLists, true), (tagLists, false), (keyLists, false)] {
            for place in 0..<lists.count / 2 { try check(lists.base + place * 2, hasLevels: hasLevels) }
        }
    }

    private func check(_ entry: UnsafePointer<UInt32>, hasLevels: Bool) throws(SegmentError) {
        let count = Int(entry[1])
        guard count <= layout.documents else { throw .damaged }
        if count == 1 {
            guard Int(entry[0] >> 4) < layout.documents else { throw .damaged }
            return
        }
        let room = layout.room(count: count, hasLevels: hasLevels)
        guard Int(entry[0]) + room.size <= postings.count, !room.isEven || entry[0] & 1 == 0 else { throw .damaged }
        let list = PostingList(entry, in: postings.base, layout: layout, hasLevels: hasLevels)
        if let open = list.storedPublicCount(entry, in: postings.base), open > count { throw .damaged }
        switch list.kind {
        case .none: break
        case .dense: try check(bits: list.bits, count: count)
        case .sorted:
            for place in 0..<count where Int(list.numbers[place] >> 4) >= layout.documents { throw .damaged }
            for place in 1..<count where list.numbers[place - 1] | 15 >= list.numbers[place] { throw .damaged }
        case .blocked:
            try check(blocks: list.numbers, count: count)
            for block in 0..<layout.blocks { try check(list.shorts(inBlock: block), inBlock: block) }
        case .packed:
            try check(bits: list.bits, count: count)
            try check(blocks: list.numbers, count: count)
            for block in 0..<layout.blocks {
                let bits = csearch_count(list.bits(inBlock: block), PostingLayout.wordsPerBlock)
                guard list.numbers[block + 1] - list.numbers[block] == bits else { throw .damaged }
            }
        }
    }

    private func check(bits: UnsafePointer<UInt64>, count: Int) throws(SegmentError) {
        guard csearch_count(bits, layout.words) == count else { throw .damaged }
        for document in layout.documents..<layout.words * 64 where bits[document >> 6] >> UInt64(document & 63) & 1 != 0
        {
            throw .damaged
        }
    }

    private func check(_ postings: UnsafeBufferPointer<UInt16>, inBlock block: Int) throws(SegmentError) {
        guard let last = postings.last else { return }
        guard block << PostingLayout.blockShift | Int(last >> 4) < layout.documents else { throw .damaged }
        for place in 1..<postings.count where postings[place - 1] | 15 >= postings[place] { throw .damaged }
    }

    /// Checks where blocks begin: no block holds more postings than documents.
    private func check(blocks: UnsafePointer<UInt32>, count: Int) throws(SegmentError) {
        guard blocks[0] == 0, Int(blocks[layout.blocks]) == count else { throw .damaged }
        for block in 0..<layout.blocks {
            guard blocks[block] <= blocks[block + 1],
                blocks[block + 1] - blocks[block] <= UInt32(PostingLayout.blockSize)
            else { throw .damaged }
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
