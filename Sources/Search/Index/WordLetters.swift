/// Which letters a word has, a bit each: two words a slip apart differ in two bits at most.
enum WordLetters {
    /// Hangul syllables count as their jamo, so that a slip in one jamo is one slip.
    static func set(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var set: UInt32 = 0
        forEach(word) { set |= 1 << ($0 % 32) }
        return set
    }

    /// The letters of a word, Hangul taken apart.
    static func letters(of word: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        var letters: [UInt32] = []
        forEach(word) { letters.append($0) }
        return letters
    }

    private static func forEach(_ word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
        if word.allSatisfy({ $0 < 0x80 }) {
            for byte in word { body(UInt32(byte)) }
            return
        }
        for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
            guard (0xAC00...0xD7A3).contains(scalar.value) else {
                body(scalar.value)
                continue
            }
            // The Unicode Standard, 3.12: leading consonant, vowel, trailing consonant.
            let place = scalar.value - 0xAC00
            body(0x1100 + place / 588)
            body(0x1161 + place % 588 / 28)
            if place % 28 > 0 { body(0x11A7 + place % 28) }
        }
    }
}
