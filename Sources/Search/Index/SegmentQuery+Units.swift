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
            let common = intersection(lists)
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

    /// The documents that are in all lists, with the level of the weakest.
    private func intersection(_ lists: [PostingList]) -> PostingList {
        let lists = lists.sorted { $0.count < $1.count }
        let common = scratch.take(lists[0].count, of: UInt32.self)
        var count = 0
        lists[0].forEach(blocks: layout.blocks) { posting in
            common[count] = posting
            count &+= 1
        }
        for list in lists.dropFirst() where count > 0 {
            if list.count > count * 16 {
                count = probe(list, common, count)
            } else {
                count = merge(list, common, count)
            }
        }
        return PostingList(sorted: common, count: count)
    }

    private func probe(_ list: PostingList, _ common: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
        var kept = 0
        for place in 0..<count {
            let posting = common[place]
            guard let level = list.level(of: Int(posting >> 4)) else { continue }
            common[kept] = posting & ~15 | min(posting & 15, UInt32(level))
            kept += 1
        }
        return kept
    }

    private func merge(_ list: PostingList, _ common: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
        var (kept, place) = (0, 0)
        list.forEach(blocks: layout.blocks) { posting in
            while place < count, common[place] | 15 < posting & ~15 { place &+= 1 }
            if place < count, common[place] | 15 == posting | 15 {
                common[kept] = posting & ~15 | min(posting & 15, common[place] & 15)
                kept &+= 1
                place &+= 1
            }
        }
        return kept
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
        return PostingList(levels: levels, bits: bits(of: levels), count: total)
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
