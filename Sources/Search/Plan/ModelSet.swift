/// A set of models by their row ids, a bit each.
package struct ModelSet: Sendable, Equatable {
    package private(set) var words: [UInt64] = []

    /// Ids a row of `search_set` covers.
    package static let chunkSize = 4096
    private static let wordsPerChunk = chunkSize / 64

    package init() {}

    /// A set of ids below `capacity`, a bit each, which `fill` sets.
    init(capacity: Int, fill: (UnsafeMutableBufferPointer<UInt64>) -> Void) {
        words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
        words.withUnsafeMutableBufferPointer { fill($0) }
    }

    package init(_ ids: some Sequence<Int>) {
        for id in ids { insert(id) }
    }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// One more than the greatest id that fits without growing.
    package var capacity: Int { words.count * 64 }

    package func contains(_ id: Int) -> Bool {
        id >= 0 && id < capacity && words[id >> 6] & (1 << UInt64(id & 63)) != 0
    }

    package mutating func insert(_ id: Int) {
        guard id >= 0 else { return }
        grow(toWords: (id >> 6) + 1)
        words[id >> 6] |= 1 << UInt64(id & 63)
    }

    package mutating func remove(_ id: Int) {
        if contains(id) { words[id >> 6] &= ~(1 << UInt64(id & 63)) }
    }

    package mutating func formUnion(_ other: ModelSet) {
        grow(toWords: other.words.count)
        for index in other.words.indices { words[index] |= other.words[index] }
    }

    package mutating func formIntersection(_ other: ModelSet) {
        if words.count > other.words.count { words.removeLast(words.count - other.words.count) }
        for index in words.indices { words[index] &= other.words[index] }
    }

    package mutating func subtract(_ other: ModelSet) {
        for index in 0..<min(words.count, other.words.count) { words[index] &= ~other.words[index] }
    }

    package func forEach(_ body: (Int) throws -> Void) rethrows {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    private mutating func grow(toWords count: Int) {
        if words.count < count { words.append(contentsOf: repeatElement(0, count: count - words.count)) }
    }

    // MARK: Rows of search_set

    /// Adds the models of a row.
    package mutating func insert(chunk: Int, _ bytes: UnsafeRawBufferPointer) {
        let base = chunk * Self.chunkSize
        guard bytes.count == Self.chunkSize / 8 else {
            Self.forEachPlace(bytes) { insert(base + $0) }
            return
        }
        let first = chunk * Self.wordsPerChunk
        grow(toWords: first + Self.wordsPerChunk)
        for index in 0..<Self.wordsPerChunk { words[first + index] |= Self.word(bytes, index) }
    }

    /// How many models a row and the set have in common.
    package func commonCount(chunk: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        guard bytes.count == Self.chunkSize / 8 else {
            Self.forEachPlace(bytes) { if contains(chunk * Self.chunkSize + $0) { count += 1 } }
            return count
        }
        let first = chunk * Self.wordsPerChunk
        for index in 0..<max(0, min(Self.wordsPerChunk, words.count - first)) {
            count += (words[first + index] & Self.word(bytes, index)).nonzeroBitCount
        }
        return count
    }

    /// The row `bytes` with one model added or removed; empty when none is left.
    package static func row(_ bytes: [UInt8], setting place: Int, to isMember: Bool) -> [UInt8] {
        if bytes.count == chunkSize / 8 {
            var bits = bytes
            let bit: UInt8 = 1 << UInt8(place & 7)
            if isMember { bits[place >> 3] |= bit } else { bits[place >> 3] &= ~bit }
            return bits.allSatisfy { $0 == 0 } ? [] : bits
        }
        var places: [Int] = []
        bytes.withUnsafeBytes { forEachPlace($0) { if $0 != place { places.append($0) } } }
        if isMember { places.insert(place, at: places.firstIndex { $0 > place } ?? places.count) }
        return row(places: places)
    }

    /// The row that holds `places`, which rise.
    package static func row(places: [Int]) -> [UInt8] {
        guard places.count * 2 < chunkSize / 8 else {
            var bits = [UInt8](repeating: 0, count: chunkSize / 8)
            for place in places { bits[place >> 3] |= 1 << UInt8(place & 7) }
            return bits
        }
        return places.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static func forEachPlace(_ bytes: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
        for index in 0..<bytes.count / 2 { body(Int(bytes[index * 2]) | Int(bytes[index * 2 + 1] & 0x0F) << 8) }
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
}
