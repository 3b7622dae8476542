/// How many slips of the pen lie between two words.
enum WordSlips {
    /// The letters of a word; a Hangul syllable is its jamo (Unicode Standard, section 3.12).
    static func letters(_ word: String) -> [UInt32] {
        word.unicodeScalars.flatMap { scalar -> [UInt32] in
            guard (0xAC00...0xD7A3).contains(scalar.value) else { return [scalar.value] }
            let index = scalar.value - 0xAC00
            let jamo = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
            return index % 28 == 0 ? jamo : jamo + [0x11A7 + index % 28]
        }
    }

    /// Whether a word in UTF-8 has so few letters more or less than another that it may be `limit` slips away; quick.
    static func mayBeNear(_ word: UnsafeRawBufferPointer, _ letters: Int, limit: Int) -> Bool {
        let scalars = word.count { $0 & 0xC0 != 0x80 }
        // A Hangul syllable is two letters or three.
        let most = scalars == word.count ? scalars : scalars * 3
        return scalars <= letters + limit && most >= letters - limit
    }

    /// Letters left out, added, changed or swapped with their neighbour, no place changed twice (optimal string
    /// alignment); nil for more than `limit`.
    static func count(_ first: [UInt32], _ second: [UInt32], limit: Int) -> Int? {
        guard abs(first.count - second.count) <= limit else { return nil }
        var rows: [[Int]] = [Array(0...second.count)]
        for i in 0..<first.count {
            var row = [i + 1]
            for j in 0..<second.count {
                var best = min(
                    rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (first[i] == second[j] ? 0 : 1))
                if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            if row.allSatisfy({ $0 > limit }) { return nil }
            rows.append(row)
        }
        guard let slips = rows[first.count].last, slips <= limit else { return nil }
        return slips
    }
}
