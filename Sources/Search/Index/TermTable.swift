import Glibc

/// The terms that a ``SegmentBuilder`` has met, found by their bytes without a string of each.
struct TermTable: ~Copyable {
    struct Term: BitwiseCopyable {
        let hash: UInt64
        /// Where a word's bytes begin, and how many there are (without the `w`); no bytes are kept of other terms.
        let start: UInt32
        let length: UInt32
        /// How many documents hold it, and the last that does.
        var count: UInt32
        var last: UInt32

        var isWord: Bool { length > 0 }
    }

    private(set) var terms = GrowingBuffer<Term>(capacity: 1024)
    private(set) var bytes = GrowingBuffer<UInt8>(capacity: 8192)
    /// Places in ``terms`` plus one; 0 is free.
    private var slots = GrowingBuffer<UInt32>(repeating: 0, count: 4096)

    var count: Int { terms.count }

    /// The place of a term, which is added when it is new.
    @inline(__always)
    mutating func place(of text: UnsafePointer<UInt8>, count: Int) -> Int {
        let hash = SegmentChecksum.hash(text, count: count)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let found = Int(slots[slot]) &- 1
            if found < 0 { break }
            if terms[found].hash == hash, isSame(found, text, count) { return found }
            slot = (slot &+ 1) & mask
        }
        return add(text, count, hash, slot)
    }

    @inline(__always)
    private func isSame(_ place: Int, _ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let term = terms[place]
        guard text[0] == UInt8(ascii: "w") else { return !term.isWord }
        return Int(term.length) == count - 1 && memcmp(bytes.base + Int(term.start), text + 1, count - 1) == 0
    }

    private mutating func add(_ text: UnsafePointer<UInt8>, _ count: Int, _ hash: UInt64, _ slot: Int) -> Int {
        let place = terms.count
        let isWord = text[0] == UInt8(ascii: "w")
        terms.append(
            Term(
                hash: hash, start: UInt32(bytes.count), length: isWord ? UInt32(count - 1) : 0, count: 0, last: .max))
        if isWord { bytes.append(contentsOf: UnsafeBufferPointer(start: text + 1, count: count - 1)) }
        slots[slot] = UInt32(place + 1)
        if terms.count * 2 > slots.count { enlarge() }
        return place
    }

    private mutating func enlarge() {
        let larger = GrowingBuffer<UInt32>(repeating: 0, count: slots.count * 2)
        let mask = larger.count - 1
        for place in 0..<terms.count {
            var slot = Int(truncatingIfNeeded: terms[place].hash) & mask
            while larger[slot] != 0 { slot = (slot + 1) & mask }
            larger[slot] = UInt32(place + 1)
        }
        slots = larger
    }

    /// Gives back the memory by which terms are found; none can be added any more.
    mutating func forgetSlots() { slots = GrowingBuffer<UInt32>(repeating: 0, count: 1) }

    func word(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes.base + Int(terms[place].start), count: Int(terms[place].length))
    }

    /// Places of words in the order of their bytes.
    func sortedWords() -> [UInt32] {
        var keys: [(key: UInt64, place: UInt32)] = []
        for place in 0..<count where terms[place].isWord && terms[place].count > 0 {
            var key: UInt64 = 0
            let word = word(place)
            for index in 0..<8 { key = key << 8 | (index < word.count ? UInt64(word[index]) : 0) }
            keys.append((key, UInt32(place)))
        }
        keys.sort { left, right in
            left.key == right.key
                ? SegmentStrings.order(word(Int(left.place)), word(Int(right.place))) < 0 : left.key < right.key
        }
        return keys.map(\.place)
    }

    /// Places of other terms in the order of their hashes.
    func sortedHashes() -> [UInt32] {
        var keys: [(hash: UInt64, place: UInt32)] = []
        for place in 0..<count where !terms[place].isWord && terms[place].count > 0 {
            keys.append((terms[place].hash, UInt32(place)))
        }
        keys.sort { $0.hash < $1.hash }
        return keys.map(\.place)
    }
}
