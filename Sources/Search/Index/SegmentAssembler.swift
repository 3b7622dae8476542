/// Puts a segment together: measures everything, takes the memory, writes.
struct SegmentAssembler<Source: SegmentSource> {
    private let parts: SegmentParts
    private let source: Source
    private let layout: PostingLayout
    private let keys: [(name: String, first: Int)]

    init(_ parts: SegmentParts, _ source: Source) {
        (self.parts, self.source) = (parts, source)
        layout = PostingLayout(documents: parts.models.count)
        var keys: [(name: String, first: Int)] = []
        for (ordinal, tag) in parts.tags.enumerated() where keys.last?.name != tag.key {
            keys.append((tag.key, ordinal))
        }
        self.keys = keys
    }

    func segment() -> SearchSegment {
        let tagLists = OrdinalPostings(parts, groups: Array(0..<parts.tags.count).map(UInt32.init))
        let keyOfTag = keyPlaces()
        let keyLists = OrdinalPostings(parts, groups: keyOfTag)
        let lexicon = TagLexicon(parts.tags)
        var lengths: [SegmentSection: Int] = [:]
        var room = PostingRoom(layout: layout)
        var (words, wordBytes, hashes) = (0, 0, 0)
        // The order of the room is the order of writing.
        source.forEachWord { word, postings in
            words += 1
            wordBytes += word.count
            room.add(count: postings.count, isDense: false)
        }
        source.forEachHash { _, postings in
            hashes += 1
            room.add(count: postings.count, isDense: false)
        }
        for lists in [tagLists, keyLists] {
            for place in 0..<lists.count { room.add(count: lists.count(place), isDense: true) }
        }
        lengths[.models] = parts.models.count * 8
        lengths[.publicBits] = layout.words * 8
        lengths[.popularity] = layout.words * 64
        lengths[.privateNamespaces] = parts.privates.count * 8
        lengths[.privateDocuments] = parts.privates.count * 4
        lengths[.wordStarts] = (words + 1) * 4
        lengths[.wordBytes] = wordBytes
        lengths[.wordLetters] = words * 4
        lengths[.wordLists] = words * 8
        lengths[.hashes] = hashes * 8
        lengths[.hashLists] = hashes * 8
        lengths[.postings] = room.used * 4
        lengths[.tagIds] = parts.tags.count * 8
        lengths[.tagPublicCounts] = parts.tags.count * 4
        lengths[.tagLists] = parts.tags.count * 8
        lengths[.tagTextStarts] = (parts.tags.count * 2 + 1) * 4
        lengths[.tagTextBytes] = parts.tags.reduce(0) { $0 + $1.value.utf8.count + $1.folded.utf8.count }
        lengths[.tagsByRow] = parts.tags.count * 4
        lengths[.keyStarts] = (keys.count + 1) * 4
        lengths[.keyBytes] = keys.reduce(0) { $0 + $1.name.utf8.count }
        lengths[.keyOrdinals] = (keys.count + 1) * 4
        lengths[.keyLists] = keys.count * 8
        lengths[.forwardStarts] = parts.forwardStarts.count * 4
        lengths[.forwardTags] = parts.forwardTags.count * (parts.tags.count > 65_536 ? 4 : 2)
        lengths[.lexiconStarts] = (lexicon.words.count + 1) * 4
        lengths[.lexiconBytes] = lexicon.words.reduce(0) { $0 + $1.utf8.count }
        lengths[.lexiconTagStarts] = (lexicon.words.count + 1) * 4
        lengths[.lexiconTags] = lexicon.tags.count * 4
        lengths[.columnStarts] = (parts.columns.count + 1) * 4
        lengths[.columnBytes] = parts.columns.reduce(0) { $0 + $1.name.utf8.count }
        lengths[.columnNumbers] = (parts.columns.count + 1) * 4
        lengths[.numberDocuments] = parts.columns.reduce(0) { $0 + $1.documents.count } * 4
        lengths[.numberValues] = parts.columns.reduce(0) { $0 + $1.documents.count } * 8

        let memory = SegmentMemory(lengths: lengths)
        writeDocuments(memory)
        writeTags(memory, keyOfTag)
        writeColumns(memory)
        lexicon.write(memory)
        var writer = PostingWriter(memory, layout)
        writeTerms(memory, &writer)
        let publicCounts = memory.array(.tagPublicCounts, of: UInt32.self)
        tagLists.write()
        for place in 0..<tagLists.count {
            publicCounts[place] = writer.write(tagLists[place], entry: place, of: .tagLists, isDense: true)
        }
        tagLists.forget()
        keyLists.write()
        for place in 0..<keyLists.count {
            writer.write(keyLists[place], entry: place, of: .keyLists, isDense: true)
        }
        keyLists.forget()
        return SearchSegment(memory)
    }

    private func writeDocuments(_ memory: SegmentMemory) {
        _ = memory.array(.models, of: Int64.self).update(fromContentsOf: parts.models)
        _ = memory.array(.publicBits, of: UInt64.self).update(fromContentsOf: parts.publicBits)
        _ = memory.array(.popularity, of: UInt8.self).update(fromContentsOf: parts.popularity)
        let namespaces = memory.array(.privateNamespaces, of: Int64.self)
        let documents = memory.array(.privateDocuments, of: UInt32.self)
        for (place, item) in parts.privates.enumerated() {
            (namespaces[place], documents[place]) = (item.namespace, item.document)
        }
        _ = memory.array(.forwardStarts, of: UInt32.self).update(fromContentsOf: parts.forwardStarts)
        if parts.tags.count > 65_536 {
            _ = memory.array(.forwardTags, of: UInt32.self).update(fromContentsOf: parts.forwardTags)
        } else {
            let tags = memory.array(.forwardTags, of: UInt16.self)
            for (place, ordinal) in parts.forwardTags.enumerated() { tags[place] = UInt16(ordinal) }
        }
    }

    private func writeTags(_ memory: SegmentMemory, _ keyOfTag: [UInt32]) {
        var texts = StringWriter(memory, .tagTextStarts, .tagTextBytes)
        let ids = memory.array(.tagIds, of: Int64.self)
        for (ordinal, tag) in parts.tags.enumerated() {
            ids[ordinal] = tag.id
            texts.append(tag.value)
            texts.append(tag.folded)
        }
        let byRow = memory.array(.tagsByRow, of: UInt32.self)
        for (place, ordinal) in parts.tags.indices.sorted(by: { parts.tags[$0].id < parts.tags[$1].id }).enumerated() {
            byRow[place] = UInt32(ordinal)
        }
        var names = StringWriter(memory, .keyStarts, .keyBytes)
        let ordinals = memory.array(.keyOrdinals, of: UInt32.self)
        for (place, key) in keys.enumerated() {
            names.append(key.name)
            ordinals[place] = UInt32(key.first)
        }
        ordinals[keys.count] = UInt32(parts.tags.count)
    }

    private func writeColumns(_ memory: SegmentMemory) {
        var names = StringWriter(memory, .columnStarts, .columnBytes)
        let starts = memory.array(.columnNumbers, of: UInt32.self)
        let documents = memory.array(.numberDocuments, of: UInt32.self)
        let values = memory.array(.numberValues, of: Double.self)
        var used = 0
        for (place, column) in parts.columns.enumerated() {
            names.append(column.name)
            starts[place] = UInt32(used)
            for index in column.documents.indices {
                (documents[used], values[used]) = (column.documents[index], column.values[index])
                used += 1
            }
        }
        starts[parts.columns.count] = UInt32(used)
    }

    private func writeTerms(_ memory: SegmentMemory, _ writer: inout PostingWriter) {
        var names = StringWriter(memory, .wordStarts, .wordBytes)
        let letters = memory.array(.wordLetters, of: UInt32.self)
        var place = 0
        source.forEachWord { word, postings in
            names.append(word)
            letters[place] = WordLetters.set(of: word)
            writer.write(postings, entry: place, of: .wordLists, isDense: false)
            place += 1
        }
        let hashes = memory.array(.hashes, of: UInt64.self)
        place = 0
        source.forEachHash { hash, postings in
            hashes[place] = hash
            writer.write(postings, entry: place, of: .hashLists, isDense: false)
            place += 1
        }
    }

    private func keyPlaces() -> [UInt32] {
        var places: [UInt32] = []
        for ordinal in parts.tags.indices {
            let last = places.last.map(Int.init) ?? 0
            places.append(UInt32(last + 1 < keys.count && keys[last + 1].first == ordinal ? last + 1 : last))
        }
        return places
    }
}
