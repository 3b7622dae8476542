extension SegmentBuilder {
    /// The segment of everything that was added. The builder is empty afterwards.
    package func build() -> SearchSegment {
        var parts = SegmentParts()
        let order = sortedDocuments()
        let layout = PostingLayout(documents: order.count)
        parts.publicBits = [UInt64](repeating: 0, count: layout.words)
        for (document, place) in order.enumerated() {
            let entry = documents[place]
            parts.models.append(entry.model)
            parts.popularity.append(entry.popularity)
            if entry.isPublic {
                parts.publicBits[document >> 6] |= 1 << UInt64(document & 63)
            } else {
                parts.privates.append((entry.namespace, UInt32(document)))
            }
        }
        parts.privates.sort { ($0.namespace, $0.document) < ($1.namespace, $1.document) }
        addTags(to: &parts, order)
        addNumbers(to: &parts)
        let postings = SortedPostings(self, order)
        terms.forgetStream()
        tagStream = GrowingBuffer()
        documents = GrowingBuffer()
        (tags, columns) = ([:], [:])
        let segment = SegmentAssembler(parts, postings).segment()
        terms = TermStream()
        return segment
    }

    /// Places of the documents that count, in the order of models.
    private func sortedDocuments() -> [Int] {
        var isSorted = true
        for place in 1..<max(1, documents.count) where documents[place - 1].model >= documents[place].model {
            isSorted = false
            break
        }
        if isSorted { return Array(0..<documents.count) }
        var sorted: [Int] = []
        let places = (0..<documents.count).sorted {
            (documents[$0].model, $0) < (documents[$1].model, $1)
        }
        for place in places {
            if let last = sorted.last, documents[last].model == documents[place].model { sorted.removeLast() }
            sorted.append(place)
        }
        return sorted
    }

    private func addTags(to parts: inout SegmentParts, _ order: [Int]) {
        parts.tags = tags.values.sorted(by: SegmentParts.precedes)
        let greatest = parts.tags.map(\.id).max() ?? 0
        let ordinals = GrowingBuffer<UInt32>(repeating: .max, count: Int(max(0, min(greatest, 1 << 32))) + 1)
        for (ordinal, tag) in parts.tags.enumerated() where tag.id >= 0 && tag.id < ordinals.count {
            ordinals[Int(tag.id)] = UInt32(ordinal)
        }
        parts.forwardStarts.reserveCapacity(order.count + 1)
        parts.forwardTags.reserveCapacity(tagStream.count)
        var own: [UInt32] = []
        for place in order {
            own.removeAll(keepingCapacity: true)
            let end = place + 1 < documents.count ? documents[place + 1].tags : tagStream.count
            for index in documents[place].tags..<end {
                let id = Int(tagStream[index])
                if id < ordinals.count, ordinals[id] != .max { own.append(ordinals[id]) }
            }
            own.sort()
            var last: UInt32?
            for ordinal in own where ordinal != last {
                parts.forwardTags.append(ordinal)
                last = ordinal
            }
            parts.forwardStarts.append(UInt32(parts.forwardTags.count))
        }
    }

    private func addNumbers(to parts: inout SegmentParts) {
        for (name, column) in columns.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            var numbers: [(document: UInt32, value: Double)] = []
            numbers.reserveCapacity(column.numbers.count)
            for place in 0..<column.numbers.count {
                let number = column.numbers[place]
                if let document = parts.models.place(ofRising: number.model) {
                    numbers.append((UInt32(document), number.value))
                }
            }
            if numbers.isEmpty { continue }
            numbers.sort { ($0.document, $0.value) < ($1.document, $1.value) }
            parts.columns.append(
                SegmentParts.Column(name: name, documents: numbers.map(\.document), values: numbers.map(\.value)))
        }
    }
}

extension [Int64] {
    /// The place of an element, where all are rising.
    fileprivate func place(ofRising wanted: Int64) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) >> 1
            if self[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == wanted ? low : nil
    }
}
