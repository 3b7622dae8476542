/// Makes one segment of several, without what was removed from them.
final class SegmentMerger: SegmentSource {
    private let parts: [SearchPart]
    /// Of each part the new places of its documents; `UInt32.max` for those that were removed.
    private var places: [GrowingBuffer<UInt32>.Box] = []
    private var merged = SegmentParts()
    /// Row ids of the merged tags.
    private var tags: [Int64] = []
    private var postings: GrowingBuffer<UInt32>

    init(_ parts: ArraySlice<SearchPart>) {
        self.parts = Array(parts)
        // Room for a term that every document holds; only what is written to is there.
        postings = GrowingBuffer(capacity: parts.reduce(0) { $0 + $1.documentCount })
    }

    func segment() -> SearchSegment {
        mergeDocuments()
        mergeTags()
        mergeNumbers()
        tags = merged.tags.map(\.id)
        return SegmentAssembler(merged.handOver(), self).segment()
    }

    private func mergeDocuments() {
        places = parts.map { GrowingBuffer<UInt32>.Box(repeating: .max, count: $0.segment.documentCount) }
        var next = [Int](repeating: 0, count: parts.count)
        let total = parts.reduce(0) { $0 + $1.documentCount }
        merged.models.reserveCapacity(total)
        merged.popularity.reserveCapacity(total)
        merged.updated.reserveCapacity(total)
        merged.publicBits = [UInt64](repeating: 0, count: PostingLayout(documents: total).words)
        var namespaces = parts.map { part in
            [Int64](repeating: 0, count: part.segment.privateDocuments.count)
        }
        // The private documents by their places, to find their namespaces while going through all in order.
        let privates = parts.enumerated().map { number, part in
            let segment = part.segment
            let order = (0..<segment.privateDocuments.count).sorted {
                segment.privateDocuments[$0] < segment.privateDocuments[$1]
            }
            for (place, source) in order.enumerated() { namespaces[number][place] = segment.privateNamespaces[source] }
            return order.count
        }
        var nextPrivate = [Int](repeating: 0, count: privates.count)
        while true {
            var best: (part: Int, model: Int64)?
            for number in parts.indices where next[number] < parts[number].segment.documentCount {
                let model = parts[number].segment.models[next[number]]
                if best.map({ model < $0.model }) ?? true { best = (number, model) }
            }
            guard let (number, model) = best else { break }
            let (part, document) = (parts[number], next[number])
            next[number] += 1
            let isPublic = part.segment.isPublic(document)
            if !isPublic { nextPrivate[number] += 1 }
            if part.isRemoved(document) { continue }
            let place = merged.models.count
            places[number].buffer[document] = UInt32(place)
            merged.models.append(UInt32(truncatingIfNeeded: model))
            merged.updated.append(part.segment.updated[document])
            merged.popularity.append(part.segment.popularity[document])
            if isPublic {
                merged.publicBits[place >> 6] |= 1 << UInt64(place & 63)
            } else {
                merged.privates.append((namespaces[number][nextPrivate[number] - 1], UInt32(place)))
            }
        }
        merged.privates.sort { ($0.namespace, $0.document) < ($1.namespace, $1.document) }
    }

    private func mergeTags() {
        var byId: [Int64: KnownTag] = [:]
        for part in parts {
            for ordinal in 0..<part.segment.tagIds.count where part.count(ordinal: ordinal) > 0 {
                let tag = part.segment.tag(ordinal: ordinal)
                byId[tag.id] = tag
            }
        }
        merged.tags = byId.values.sorted(by: SegmentParts.precedes)
    }

    private func mergeNumbers() {
        var names: Set<String> = []
        for part in parts { for place in 0..<part.segment.columns.count { names.insert(part.segment.columns[place]) } }
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            var numbers: [(document: UInt32, value: Double)] = []
            for (number, part) in parts.enumerated() {
                guard let column = part.segment.columns.place(of: name) else { continue }
                for place in part.segment.numbers(ofColumn: name) {
                    let document = places[number].buffer[Int(part.segment.numberDocuments[place])]
                    if document != .max { numbers.append((document, part.segment.value(ofNumber: place, in: column))) }
                }
            }
            if !numbers.isEmpty { merged.columns.append(SegmentParts.Column(name: name, numbers)) }
        }
    }

    func forEachWord(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt32>) -> Void) {
        var next = [Int](repeating: 0, count: parts.count)
        while true {
            var least: UnsafeBufferPointer<UInt8>?
            for number in parts.indices where next[number] < parts[number].segment.words.count {
                let word = parts[number].segment.words.bytes(next[number])
                if least.map({ SegmentStrings.order(word, $0) < 0 }) ?? true { least = word }
            }
            guard let least else { break }
            postings.removeAll()
            for number in parts.indices where next[number] < parts[number].segment.words.count {
                let segment = parts[number].segment
                guard SegmentStrings.order(segment.words.bytes(next[number]), least) == 0 else { continue }
                append(segment.list(word: next[number]), of: number)
                next[number] += 1
            }
            if postings.count > 0 { body(least, postings.buffer) }
        }
    }

    func forEachHash(_ body: (UInt64, UnsafeBufferPointer<UInt32>) -> Void) {
        var next = [Int](repeating: 0, count: parts.count)
        while true {
            var least: UInt64?
            for number in parts.indices where next[number] < parts[number].segment.hashes.count {
                let hash = parts[number].segment.hashes[next[number]]
                if least.map({ hash < $0 }) ?? true { least = hash }
            }
            guard let least else { break }
            postings.removeAll()
            for number in parts.indices where next[number] < parts[number].segment.hashes.count {
                let segment = parts[number].segment
                guard segment.hashes[next[number]] == least else { continue }
                let entry = segment.hashLists.base + next[number] * 2
                append(
                    PostingList(entry, in: segment.postings.base, layout: segment.layout, hasLevels: true), of: number)
                next[number] += 1
            }
            if postings.count > 0 { body(least, postings.buffer) }
        }
    }

    func forEachTag(_ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
        for (ordinal, tag) in tags.enumerated() {
            postings.removeAll()
            for (number, part) in parts.enumerated() {
                if let own = part.segment.ordinal(ofTag: tag) { append(part.segment.list(ordinal: own), of: number) }
            }
            body(ordinal, postings.buffer)
        }
    }

    /// Adds the postings of a part's list under their new places.
    private func append(_ list: PostingList, of number: Int) {
        let before = postings.count
        let map = places[number].buffer.base
        list.forEach(blocks: parts[number].segment.layout.blocks) { posting in
            let place = map[Int(posting &>> 4)]
            if place != .max { postings.append(place &<< 4 | posting & 15) }
        }
        guard before > 0, before < postings.count, postings[before - 1] > postings[before] else { return }
        var all = UnsafeMutableBufferPointer(start: postings.base, count: postings.count)
        all.sort()
    }
}
