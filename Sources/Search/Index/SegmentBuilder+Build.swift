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
            parts.updated.append(entry.updated)
            if entry.isPublic {
                parts.publicBits[document >> 6] |= 1 << UInt64(document & 63)
            } else {
                parts.privates.append((entry.namespace, UInt32(document)))
            }
        }
        parts.privates.sort { ($0.namespace, $0.document) < ($1.namespace, $1.document) }
        parts.tags = tags.values.sorted(by: SegmentParts.precedes)
        addNumbers(to: &parts)
        let postings = SortedPostings(self, order, tags: parts.tags)
        terms.forgetStream()
        tagStream = GrowingBuffer()
        documents = GrowingBuffer()
        (tags, columns) = ([:], [:])
        let segment = SegmentAssembler(parts.handOver(), postings).segment()
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

    private func addNumbers(to parts: inout SegmentParts) {
        for (name, column) in columns.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            var numbers: [(document: UInt32, value: Double)] = []
            numbers.reserveCapacity(column.numbers.count)
            for place in 0..<column.numbers.count {
                let number = column.numbers[place]
                if let document = UInt32(exactly: number.model).flatMap(parts.models.place(ofRising:)) {
                    numbers.append((UInt32(document), number.value))
                }
            }
            if !numbers.isEmpty { parts.columns.append(SegmentParts.Column(name: name, numbers)) }
        }
    }
}

extension [UInt32] {
    /// The place of an element, where all are rising.
    fileprivate func place(ofRising wanted: UInt32) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) >> 1
            if self[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == wanted ? low : nil
    }
}
