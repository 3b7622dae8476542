import CSearchKernels

/// Puts a segment together: measures everything, takes the memory, writes.
struct SegmentAssembler<Source: SegmentSource>: ~Copyable {
    private var parts: SegmentParts
    private let tagCount: Int
    private let source: Source
    private let layout: PostingLayout
    private let keys: [(name: String, first: Int)]

    /// From so many documents on what is no longer needed goes back to the system at once.
    private static var manyDocuments: Int { 100_000 }

    init(_ parts: consuming SegmentParts, _ source: Source) {
        (self.source, tagCount) = (source, parts.tags.count)
        layout = PostingLayout(documents: parts.models.count)
        var keys: [(name: String, first: Int)] = []
        for (ordinal, tag) in parts.tags.enumerated() where keys.last?.name != tag.key {
            keys.append((tag.key, ordinal))
        }
        self.keys = keys
        self.parts = parts
    }

    consuming func segment() -> SearchSegment {
        var lexicon = TagLexicon(parts.tags)
        var lengths: [SegmentSection: Int] = [:]
        var room = PostingRoom(layout: layout)
        var (words, wordBytes, hashes, rareTags) = (0, 0, 0, 0)
        // The order of the room is the order of writing.
        source.forEachWord { word, postings in
            words += 1
            wordBytes += word.count
            room.add(count: postings.count, hasLevels: true)
        }
        source.forEachHash { _, postings in
            hashes += 1
            room.add(count: postings.count, hasLevels: true)
        }
        let keyLists = KeyPostings(keys.map(\.first), layout)
        source.forEachTag { ordinal, postings in
            keyLists.add(postings, ordinal: ordinal) { room.add(count: $0.count, hasLevels: false) }
            room.add(count: postings.count, hasLevels: false)
            if layout.kind(count: postings.count, hasLevels: false) != .dense { rareTags += postings.count }
        }
        keyLists.finish { room.add(count: $0.count, hasLevels: false) }
        lengths[.models] = parts.models.count * 4
        lengths[.publicBits] = layout.words * 8
        lengths[.popularity] = layout.words * 64
        lengths[.updated] = layout.words * 64 * 4
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
        lengths[.forwardStarts] = (parts.models.count + 1) * 4
        lengths[.forwardTags] = rareTags * (parts.tags.count > 65_536 ? 4 : 2)
        lengths[.lexiconStarts] = (lexicon.words.count + 1) * 4
        lengths[.lexiconBytes] = lexicon.words.reduce(0) { $0 + $1.utf8.count }
        lengths[.lexiconTagStarts] = (lexicon.words.count + 1) * 4
        lengths[.lexiconTags] = lexicon.tags.count * 4
        lengths[.columnStarts] = (parts.columns.count + 1) * 4
        lengths[.columnBytes] = parts.columns.reduce(0) { $0 + $1.name.utf8.count }
        lengths[.columnNumbers] = (parts.columns.count + 1) * 4
        let numbers = parts.columns.reduce(0) { $0 + $1.documents.count }
        let areCodesWide = parts.columns.contains { $0.values.count > 65_536 }
        lengths[.numberDocuments] = numbers * 4
        lengths[.numberCodes] = numbers * (areCodesWide ? 4 : 2)
        lengths[.valueStarts] = (parts.columns.count + 1) * 4
        lengths[.values] = parts.columns.reduce(0) { $0 + $1.values.count } * 8

        let memory = SegmentMemory(lengths: lengths)
        writeDocuments(memory)
        writeTags(memory)
        writeColumns(memory)
        lexicon.write(memory)
        lexicon = TagLexicon([])
        parts = SegmentParts()
        // The postings are most of the segment: nothing that is not needed any more is there beside them.
        if layout.documents >= Self.manyDocuments { csearch_return_memory() }
        var writer = PostingWriter(memory, layout)
        writeTerms(memory, &writer)
        let publicCounts = memory.array(.tagPublicCounts, of: UInt32.self)
        var key = 0
        func writeKey(_ list: UnsafeBufferPointer<UInt32>) {
            writer.write(list, entry: key, of: .keyLists, hasLevels: false)
            key += 1
        }
        source.forEachTag { ordinal, postings in
            keyLists.add(postings, ordinal: ordinal, writeKey)
            publicCounts[ordinal] = writer.write(postings, entry: ordinal, of: .tagLists, hasLevels: false)
        }
        keyLists.finish(writeKey)
        writeForward(memory)
        return SearchSegment(memory)
    }

    /// Writes the rarer tags of each document, as the lists of these tags have them.
    private func writeForward(_ memory: SegmentMemory) {
        let starts = memory.array(.forwardStarts, of: UInt32.self)
        let (lists, postings) = (memory.array(.tagLists, of: UInt32.self), memory.array(.postings, of: UInt32.self))
        let isWide = tagCount > 65_536
        let narrow = memory.array(.forwardTags, of: UInt16.self)
        let wide = memory.array(.forwardTags, of: UInt32.self)
        func forEachRare(_ body: (_ ordinal: Int, _ document: Int) -> Void) {
            guard let entries = lists.baseAddress else { return }
            // Of a segment whose tags are all in one document each there are no postings.
            let base = UnsafePointer(postings.baseAddress ?? entries)
            for ordinal in 0..<tagCount {
                let list = PostingList(entries + ordinal * 2, in: base, layout: layout, hasLevels: false)
                if list.kind != .dense { list.forEach(blocks: layout.blocks) { body(ordinal, Int($0 &>> 4)) } }
            }
        }
        // Counted one place to the right of its start, which then moves there while the tags are written.
        forEachRare { _, document in if document + 2 < starts.count { starts[document + 2] += 1 } }
        for place in 1..<max(1, starts.count) { starts[place] += starts[place - 1] }
        forEachRare { ordinal, document in
            let place = Int(starts[document + 1])
            if isWide { wide[place] = UInt32(ordinal) } else { narrow[place] = UInt16(ordinal) }
            starts[document + 1] += 1
        }
    }

    private func writeDocuments(_ memory: SegmentMemory) {
        _ = memory.array(.models, of: UInt32.self).update(fromContentsOf: parts.models)
        _ = memory.array(.publicBits, of: UInt64.self).update(fromContentsOf: parts.publicBits)
        _ = memory.array(.popularity, of: UInt8.self).update(fromContentsOf: parts.popularity)
        _ = memory.array(.updated, of: UInt32.self).update(fromContentsOf: parts.updated)
        let namespaces = memory.array(.privateNamespaces, of: Int64.self)
        let documents = memory.array(.privateDocuments, of: UInt32.self)
        for (place, item) in parts.privates.enumerated() {
            (namespaces[place], documents[place]) = (item.namespace, item.document)
        }
    }

    private func writeTags(_ memory: SegmentMemory) {
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
        let valueStarts = memory.array(.valueStarts, of: UInt32.self)
        let values = memory.array(.values, of: Double.self)
        let isWide = parts.columns.contains { $0.values.count > 65_536 }
        let narrow = memory.array(.numberCodes, of: UInt16.self)
        let wide = memory.array(.numberCodes, of: UInt32.self)
        var (used, usedValues) = (0, 0)
        for (place, column) in parts.columns.enumerated() {
            names.append(column.name)
            (starts[place], valueStarts[place]) = (UInt32(used), UInt32(usedValues))
            for index in column.documents.indices {
                documents[used] = column.documents[index]
                if isWide { wide[used] = column.codes[index] } else { narrow[used] = UInt16(column.codes[index]) }
                used += 1
            }
            for value in column.values {
                values[usedValues] = value
                usedValues += 1
            }
        }
        (starts[parts.columns.count], valueStarts[parts.columns.count]) = (UInt32(used), UInt32(usedValues))
    }

    private func writeTerms(_ memory: SegmentMemory, _ writer: inout PostingWriter) {
        var names = StringWriter(memory, .wordStarts, .wordBytes)
        let letters = memory.array(.wordLetters, of: UInt32.self)
        var place = 0
        source.forEachWord { word, postings in
            names.append(word)
            letters[place] = WordLetters.set(of: word)
            writer.write(postings, entry: place, of: .wordLists, hasLevels: true)
            place += 1
        }
        let hashes = memory.array(.hashes, of: UInt64.self)
        place = 0
        source.forEachHash { hash, postings in
            hashes[place] = hash
            writer.write(postings, entry: place, of: .hashLists, hasLevels: true)
            place += 1
        }
    }
}
