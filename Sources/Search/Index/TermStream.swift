/// The terms of documents, one after the other.
struct TermStream: ~Copyable {
    var table = TermTable()
    /// Place of the term in the table << 4 | level, document after document.
    private(set) var stream = GrowingBuffer<UInt32>(capacity: 4096)

    /// Adds the tokens of a document, which ``SearchWords`` describes. What is no token is left out.
    mutating func add(_ words: UnsafeBufferPointer<UInt8>, document: UInt32) {
        guard let base = words.baseAddress else { return }
        let first = stream.count
        var place = 0
        while place < words.count {
            var end = place
            while end < words.count, base[end] != UInt8(ascii: " ") { end &+= 1 }
            let level = SearchWords.level(ofLetter: base[place])
            // A letter for the level, one for the kind, and something.
            if end &- place > 2, level > 0, level <= SearchLevel.maximum {
                add(base + place + 1, count: end &- place &- 1, level: UInt32(level), document, first)
            }
            place = end &+ 1
        }
    }

    @inline(__always)
    private mutating func add(
        _ term: UnsafePointer<UInt8>, count: Int, level: UInt32, _ document: UInt32, _ first: Int
    ) {
        let place = table.place(of: term, count: count)
        let entry = table.terms.base + place
        if entry.pointee.last == document {
            var other = first
            while stream[other] >> 4 != UInt32(place) { other += 1 }
            stream[other] = max(stream[other], UInt32(place) << 4 | level)
        } else {
            entry.pointee.last = document
            entry.pointee.count &+= 1
            stream.append(UInt32(truncatingIfNeeded: place) &<< 4 | level)
        }
    }

    /// Gives back the memory of the stream, which is sorted by then, and of what finds terms.
    mutating func forgetStream() {
        stream = GrowingBuffer()
        table.forgetSlots()
    }
}
