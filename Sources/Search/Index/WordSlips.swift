/// How many slips of the fingers lie between a word and others.
struct WordSlips {
    private let letters: [UInt32]
    private let set: UInt32
    private let limit: Int

    init(_ word: String, limit: Int) {
        var word = word
        (letters, set) = word.withUTF8 { (WordLetters.letters(of: $0), WordLetters.set(of: $0)) }
        self.limit = max(0, limit)
    }

    /// Whether a word with these letters can be near: a slip changes at most two of them.
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

    /// Letters left out, added, changed or swapped with their neighbour, no place changed twice (optimal string
    /// alignment distance); nil for more than the limit.
    func count(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
        // A letter has at most four bytes, and a syllable of three jamo three.
        guard word.count <= (letters.count + limit) * 4 else { return nil }
        let other = WordLetters.letters(of: word)
        guard abs(other.count - letters.count) <= limit else { return nil }
        var above = Array(0...other.count)
        var twoAbove = above
        var row = above
        for left in letters.indices {
            row[0] = left + 1
            var least = row[0]
            for right in other.indices {
                var slips = min(
                    above[right + 1] + 1, row[right] + 1, above[right] + (letters[left] == other[right] ? 0 : 1))
                if left > 0, right > 0, letters[left] == other[right - 1], letters[left - 1] == other[right] {
                    slips = min(slips, twoAbove[right - 1] + 1)
                }
                row[right + 1] = slips
                least = min(least, slips)
            }
            if least > limit { return nil }
            (twoAbove, above, row) = (above, row, twoAbove)
        }
        return above[other.count] <= limit ? above[other.count] : nil
    }
}
