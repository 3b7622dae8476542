/// How many slips of the fingers lie between a word and others.
///
/// Slips are letters left out, added, changed, or swapped with their neighbour, no place changed twice: the optimal string
/// alignment distance. It is counted for all letters of the word at once, each a bit of a number (Hyyrö, "A bit-vector
/// algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10, 2003).
package struct WordSlips {
    /// Nothing is near a longer word.
    package static let mostLetters = UInt64.bitWidth

    private let limit: Int
    private let length: Int
    private let set: UInt32
    /// Where in the word a letter stands, a bit for each place.
    private let ofASCII: [UInt64]
    private let ofOthers: [(letter: UInt32, places: UInt64)]

    /// Of a word with these ``WordLetters``, and others that are at most `limit` slips away.
    package init(_ letters: [UInt32], limit: Int) {
        var (ascii, others) = ([UInt64](repeating: 0, count: 128), [UInt32: UInt64]())
        for (place, letter) in letters.prefix(Self.mostLetters).enumerated() {
            if letter < 128 { ascii[Int(letter)] |= 1 << place } else { others[letter, default: 0] |= 1 << place }
        }
        (self.limit, length, set) = (max(0, limit), letters.count, WordLetters.set(of: letters))
        (ofASCII, ofOthers) = (ascii, others.map { ($0, $1) })
    }

    /// Whether a word with this set of letters can be near: a slip changes at most two of them.
    @inline(__always)
    func mayBeNear(_ other: UInt32) -> Bool {
        // Few words differ so little that this loop runs long.
        var rest = set ^ other
        var slips = 2 * limit
        while rest != 0 {
            if slips == 0 { return false }
            slips &-= 1
            rest &= rest &- 1
        }
        return true
    }

    /// The slips between the word and another one in UTF-8; nil for more than the limit.
    package func count(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
        // A letter has at most four bytes, and no fewer than one.
        guard word.count + limit >= length, word.count <= (length + limit) * 4 else { return nil }
        var row = Row(length)
        WordLetters.forEach(word) { row.add(places(of: $0)) }
        return result(row)
    }

    /// The same of a word's ``WordLetters``.
    func count(_ letters: [UInt32]) -> Int? {
        guard abs(letters.count - length) <= limit else { return nil }
        var row = Row(length)
        for letter in letters { row.add(places(of: letter)) }
        return result(row)
    }

    private func result(_ row: Row) -> Int? {
        if length == 0 { return row.read <= limit ? row.read : nil }
        return length <= Self.mostLetters && row.slips <= limit ? row.slips : nil
    }

    private func places(of letter: UInt32) -> UInt64 {
        if letter < 128 { return ofASCII[Int(letter)] }
        for other in ofOthers where other.letter == letter { return other.places }
        return 0
    }

    /// The slips between what has been read of the other word and each beginning of the word, as the differences between
    /// neighbours: one more, one less, or none.
    private struct Row {
        private let last: UInt64
        private var more = UInt64.max
        private var less: UInt64 = 0
        private var diagonal: UInt64 = 0
        private var before: UInt64 = 0
        /// Between all that has been read and the whole word.
        private(set) var slips: Int
        private(set) var read = 0

        init(_ count: Int) { (last, slips) = (1 << UInt64(max(0, count - 1) & 63), count) }

        /// Reads a letter that stands at these places of the word.
        @inline(__always)
        mutating func add(_ places: UInt64) {
            let swapped = (~diagonal & places) << 1 & before
            diagonal = (((places & more) &+ more) ^ more) | places | less | swapped
            var (rising, falling) = (less | ~(diagonal | more), diagonal & more)
            if rising & last != 0 { slips += 1 }
            if falling & last != 0 { slips -= 1 }
            (rising, falling) = (rising << 1 | 1, falling << 1)
            (more, less) = (falling | ~(diagonal | rising), rising & diagonal)
            before = places
            read += 1
        }
    }
}
