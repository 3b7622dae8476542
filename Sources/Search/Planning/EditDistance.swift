/// How many slips of the fingers are between two words.
///
/// Slips are a letter left out, added or wrong, and two neighbours swapped: the optimal string alignment distance. A
/// Hangul syllable counts as the letters that are typed for it.
package enum EditDistance {
    /// What is typed for a word, a number each.
    package static func letters(of word: String) -> [UInt32] {
        var letters: [UInt32] = []
        for scalar in word.unicodeScalars {
            guard (0xAC00...0xD7A3).contains(scalar.value) else {
                letters.append(scalar.value)
                continue
            }
            let (rest, last) = (scalar.value - 0xAC00).quotientAndRemainder(dividingBy: 28)
            letters.append(0x1100 + rest / 21)
            letters.append(0x1161 + rest % 21)
            if last > 0 { letters.append(0x11A7 + last) }
        }
        return letters
    }

    /// The distance of two words; more than `limit` means "far".
    package static func between(_ left: [UInt32], _ right: [UInt32], atMost limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var twoAbove: [Int] = []
        var above = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            current.reserveCapacity(right.count + 1)
            var least = row
            for column in 1...right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var value = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    value = min(value, twoAbove[column - 2] + 1)
                }
                current.append(value)
                least = min(least, value)
            }
            if least > limit { return limit + 1 }
            (twoAbove, above) = (above, current)
        }
        return above[right.count]
    }
}
