import Search

/// How many slips of the fingers are between two words, counted in the plain way: a table with a row for each letter of
/// one and a column for each letter of the other.
enum EditDistance {
    /// The distance of two words; more than `limit` means "far".
    static func between(_ left: [UInt32], _ right: [UInt32], atMost limit: Int) -> Int {
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
