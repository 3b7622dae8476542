extension ContextVocabulary {
    /// The well-known word that `word` is probably meant to be: one slip of the fingers away, two in a long word.
    ///
    /// Slips are a letter left out, doubled or wrong, and two swapped. Of several words the nearest wins, then the one
    /// that begins alike, then the first by name.
    package func correction(of word: String) -> String? {
        let wanted = Array(word.utf8)
        guard wanted.count > 4 else { return nil }
        let allowed = wanted.count > 7 ? 2 : 1
        var best: (distance: Int, unlike: Int, word: String)?
        for candidate in latinWords {
            let letters = Array(candidate.utf8)
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = Self.distance(wanted, letters, atMost: allowed)
            guard distance <= allowed else { continue }
            let found = (distance, letters.first == wanted.first ? 0 : 1, candidate)
            if best.map({ found < $0 }) ?? true { best = found }
        }
        return best?.word
    }

    /// The optimal string alignment distance; more than `limit` means "far".
    private static func distance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int {
        var twoAbove: [Int] = []
        var above = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...max(right.count, 1) where column <= right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var value = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    value = min(value, twoAbove[column - 2] + 1)
                }
                current.append(value)
            }
            if current.min() ?? 0 > limit { return limit + 1 }
            (twoAbove, above) = (above, current)
        }
        return above[right.count]
    }
}
