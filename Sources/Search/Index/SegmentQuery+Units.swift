import CSearchKernels

extension SegmentQuery {
    /// Lists from which one is made, as one is faster to go through than many.
    private static let mostLists = 8
    /// Postings that are sorted rather than spread over a level for each document.
    private static let mostSorted = 4096

    func unit(_ unit: PlanUnit) -> SegmentUnit {
        var (allWords, allTags): ([SegmentUnit.Words], [SegmentUnit.Tags]) = ([], [])
        for alternative in unit.alternatives {
            let weight = min(max(alternative.weight, 0), 255)
            switch alternative.match {
            case .tags(let ids):
                for list in joined(segment.lists(tags: ids)) {
                    allTags.append(.init(list: list, weight: UInt8(weight), isStrong: alternative.isStrong))
                }
            case .terms, .prefix:
                let lists = lists(alternative.match)
                if lists.isEmpty { continue }
                let worth = scratch.take(16, of: UInt8.self)
                for level in 0..<16 { worth[level] = UInt8(Int(SearchLevel.strengths[level]) * weight / 255) }
                for list in lists {
                    allWords.append(.init(list: list, worth: worth, isStrong: alternative.isStrong))
                }
            }
        }
        // The most telling tag first: a document takes what the first of its tags is worth.
        allTags.sort { $0.weight > $1.weight }
        return SegmentUnit(rarity: min(max(unit.rarity, 0), 4096), words: allWords, tags: allTags, in: scratch)
    }

    /// The documents that an alternative finds, in one list or several.
    func lists(_ match: PlanAlternative.Match) -> [PostingList] {
        switch match {
        case .tags(let ids): return joined(segment.lists(tags: ids))
        case .terms(let terms):
            var lists: [PostingList] = []
            for term in terms {
                guard let list = segment.list(term: term) else { return [] }
                lists.append(list)
            }
            if lists.count < 2 { return lists }
            let common = intersection(of: lists, terms)
            return common.count > 0 ? [common] : []
        case .prefix(let prefix):
            guard prefix.isEmpty || prefix.utf8.first == UInt8(ascii: "w") else { return [] }
            let words = segment.words.places(beginning: String(prefix.dropFirst()))
            return words.count <= Self.mostLists ? words.map(segment.list(word:)) : [strongest(words)]
        }
    }

    private func joined(_ lists: [PostingList]) -> [PostingList] {
        guard lists.count > Self.mostLists else { return lists }
        let set = DocumentSet(layout, in: scratch)
        for list in lists { list.form(unionInto: set.words, blocks: layout.blocks) }
        return [PostingList(bits: set.words, count: set.documentCount)]
    }

    /// The documents that are in the lists of all terms, with the level of the weakest.
    private func intersection(of lists: [PostingList], _ terms: [String]) -> PostingList {
        let common = CommonPostings(lists, in: scratch)
        if common.bound < CommonCache.leastCount {
            let starts = scratch.take(layout.blocks + 1, of: UInt32.self)
            let shorts = scratch.take(common.bound, of: UInt16.self)
            let count = common.write(starts, shorts, blocks: layout.blocks)
            scratch.giveBack(shorts, kept: count)
            return PostingList(blocks: starts, shorts: shorts, count: count)
        }
        let entry = segment.common.entry(terms) {
            let starts = GrowingBuffer<UInt32>.Box(repeating: 0, count: layout.blocks + 1)
            let shorts = scratch.take(common.bound, of: UInt16.self)
            let count = common.write(starts.buffer.base, shorts, blocks: layout.blocks)
            let kept = GrowingBuffer<UInt16>.Box(repeating: 0, count: count)
            kept.buffer.base.update(from: shorts, count: count)
            scratch.giveBack(shorts, kept: 0)
            return CommonCache.Entry(starts: starts, shorts: kept, count: count)
        }
        scratch.keep(entry)
        return entry.list
    }

    /// The documents that hold one of some words, with the level of the strongest.
    private func strongest(_ words: Range<Int>) -> PostingList {
        let total = words.reduce(0) { $0 + Int(segment.wordLists[$1 * 2 + 1]) }
        guard total > Self.mostSorted else { return sorted(words, total) }
        let levels = scratch.zeros(layout.words * 64, of: UInt8.self)
        for word in words {
            segment.list(word: word).forEach(blocks: layout.blocks) { posting in
                let document = Int(posting &>> 4)
                levels[document] = max(levels[document], UInt8(truncatingIfNeeded: posting & 15))
            }
        }
        return packed(levels)
    }

    /// A packed list of what has a level that is not 0.
    private func packed(_ levels: UnsafePointer<UInt8>) -> PostingList {
        let bits = bits(of: levels)
        let starts = scratch.take(layout.blocks + 1, of: UInt32.self)
        let packed = scratch.zeros(Int(csearch_count(bits, layout.words)) / 2 + 1, of: UInt8.self)
        var count = 0
        for word in 0..<layout.words {
            if word % PostingLayout.wordsPerBlock == 0 {
                starts[word / PostingLayout.wordsPerBlock] = UInt32(truncatingIfNeeded: count)
            }
            var rest = bits[word]
            while rest != 0 {
                let level = levels[word &* 64 &+ rest.trailingZeroBitCount]
                packed[count &>> 1] |= level &<< UInt8((count & 1) &* 4)
                count &+= 1
                rest &= rest &- 1
            }
        }
        starts[layout.blocks] = UInt32(truncatingIfNeeded: count)
        return PostingList(bits: bits, blocks: starts, levels: packed, count: count)
    }

    /// A bit for each level that is not 0.
    private func bits(of levels: UnsafePointer<UInt8>) -> UnsafePointer<UInt64> {
        let bits = scratch.take(layout.words, of: UInt64.self)
        let eights = UnsafeRawPointer(levels).assumingMemoryBound(to: UInt64.self)
        for word in 0..<layout.words {
            var all: UInt64 = 0
            for eight in 0..<8 {
                // The highest bit of each byte that is not 0 (none is over 15), then these bits side by side.
                let high = ((eights[word &* 8 &+ eight] &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080) &>> 7
                all |= ((high &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(truncatingIfNeeded: eight &* 8)
            }
            bits[word] = all
        }
        return UnsafePointer(bits)
    }

    private func sorted(_ words: Range<Int>, _ total: Int) -> PostingList {
        let all = scratch.take(total, of: UInt32.self)
        var count = 0
        for word in words {
            segment.list(word: word).forEach(blocks: layout.blocks) { posting in
                all[count] = posting
                count &+= 1
            }
        }
        var postings = UnsafeMutableBufferPointer(start: all, count: count)
        postings.sort()
        // Of the postings of a document the last is the strongest.
        var kept = 0
        for place in 0..<count where place + 1 == count || all[place] | 15 != all[place + 1] | 15 {
            all[kept] = all[place]
            kept += 1
        }
        return PostingList(sorted: all, count: kept)
    }
}

extension SearchSegment {
    /// The postings of tags by their row ids.
    func lists(tags: [Int64]) -> [PostingList] {
        tags.compactMap { ordinal(ofTag: $0) }.map(list(ordinal:)).filter { $0.count > 0 }
    }

    /// The documents that exist for `readers` and were not removed since.
    func documents(
        for readers: SearchReaders, removed: [UInt64], in scratch: SegmentScratch
    ) -> DocumentSet {
        // Nobody writes into what a request sees: sets that change are copies.
        if readers == .anonymous, removed.isEmpty { return DocumentSet(reading: publicBits) }
        let set = DocumentSet(layout, in: scratch)
        if readers.everything {
            set.insertAll(layout)
        } else {
            set.words.update(from: publicBits.base, count: layout.words)
            for namespace in readers.namespaces {
                var place = privateNamespaces.firstPlace(notBelow: namespace)
                while place < privateNamespaces.count, privateNamespaces[place] == namespace {
                    set.insert(Int(privateDocuments[place]))
                    place += 1
                }
            }
            for model in readers.models {
                if let document = document(of: model) { set.insert(document) }
            }
        }
        for (word, bits) in removed.enumerated() { set.words[word] &= ~bits }
        return set
    }
}
