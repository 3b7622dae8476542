extension SearchSegment {
    /// The postings of a ``SearchTerm``; nil when no document holds it.
    func list(term: String) -> PostingList? {
        guard let entry = entry(term: term) else { return nil }
        return PostingList(entry, in: postings.base, layout: layout, hasLevels: true)
    }

    private func entry(term: String) -> UnsafePointer<UInt32>? {
        guard term.utf8.first == UInt8(ascii: "w") else {
            return hashes.place(of: SegmentChecksum.hash(term)).map { hashLists.base + $0 * 2 }
        }
        return words.place(of: String(term.dropFirst())).map { wordLists.base + $0 * 2 }
    }

    func list(word: Int) -> PostingList {
        PostingList(wordLists.base + word * 2, in: postings.base, layout: layout, hasLevels: true)
    }

    func list(ordinal: Int) -> PostingList {
        PostingList(tagLists.base + ordinal * 2, in: postings.base, layout: layout, hasLevels: false)
    }

    func list(key: String) -> PostingList? { keys.place(of: key).map(list(keyPlace:)) }

    func list(keyPlace place: Int) -> PostingList {
        PostingList(keyLists.base + place * 2, in: postings.base, layout: layout, hasLevels: false)
    }

    /// How many public documents hold a ``SearchTerm``.
    func publicCount(term: String) -> Int {
        guard let entry = entry(term: term) else { return 0 }
        let list = PostingList(entry, in: postings.base, layout: layout, hasLevels: true)
        if let stored = list.storedPublicCount(entry, in: postings.base) { return stored }
        var count = 0
        list.forEach(blocks: layout.blocks) { posting in if isPublic(Int(posting >> 4)) { count += 1 } }
        return count
    }

    /// The ordinal of a tag by its row id.
    func ordinal(ofTag id: Int64) -> Int? {
        var (low, high) = (0, tagsByRow.count)
        while low < high {
            let middle = (low + high) >> 1
            if tagIds[Int(tagsByRow[middle])] < id { low = middle + 1 } else { high = middle }
        }
        guard low < tagsByRow.count, tagIds[Int(tagsByRow[low])] == id else { return nil }
        return Int(tagsByRow[low])
    }

    /// The ordinals of a key's tags.
    func ordinals(ofKey key: String) -> Range<Int> {
        guard let place = keys.place(of: key) else { return 0..<0 }
        return Int(keyOrdinals[place])..<Int(keyOrdinals[place + 1])
    }

    func folded(ordinal: Int) -> UnsafeBufferPointer<UInt8> { tagTexts.bytes(ordinal * 2 + 1) }

    func key(ofOrdinal ordinal: Int) -> String {
        let place = keyOrdinals.firstPlace(notBelow: UInt32(ordinal + 1))
        return keys[place - 1]
    }

    func tag(ordinal: Int) -> KnownTag {
        KnownTag(
            id: tagIds[ordinal], key: key(ofOrdinal: ordinal), value: tagTexts[ordinal * 2],
            folded: tagTexts[ordinal * 2 + 1])
    }

    /// The ordinals of tags that the lexicon has under a word.
    func ordinals(lexicon place: Int) -> UnsafeBufferPointer<UInt32> {
        let start = Int(lexiconTagStarts[place])
        return UnsafeBufferPointer(
            start: lexiconTags.base + start, count: Int(lexiconTagStarts[place + 1]) - start)
    }

    /// The ordinals of tags whose value holds all terms.
    func ordinals(holding terms: [String]) -> [Int] {
        var common: Set<UInt32>?
        for term in terms {
            guard let place = lexicon.place(of: term) else { return [] }
            let tags = Set(ordinals(lexicon: place))
            common = common.map { $0.intersection(tags) } ?? tags
        }
        return (common ?? []).map(Int.init).sorted()
    }

    /// The different values of a column, rising.
    func values(ofColumn column: String) -> UnsafeBufferPointer<Double> {
        guard let place = columns.place(of: column) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let start = Int(valueStarts[place])
        return UnsafeBufferPointer(start: values.base + start, count: Int(valueStarts[place + 1]) - start)
    }

    /// The value of a number, by the place of its column in ``columns``.
    func value(ofNumber place: Int, in column: Int) -> Double {
        values[Int(valueStarts[column]) + numberCodes[place]]
    }

    /// The numbers of a column, as places in ``numberDocuments``.
    func numbers(ofColumn column: String) -> Range<Int> {
        guard let place = columns.place(of: column) else { return 0..<0 }
        return Int(columnNumbers[place])..<Int(columnNumbers[place + 1])
    }
}
