/// What is typed for a word: its letters, Hangul syllables taken apart into their jamo.
package enum WordLetters {
    /// The letters of a word, in order.
    package static func letters(of word: String) -> [UInt32] {
        var (word, letters) = (word, [UInt32]())
        word.withUTF8 { bytes in forEach(bytes) { letters.append($0) } }
        return letters
    }

    /// A bit for each letter, several sharing one: two words a slip apart differ in two bits at most.
    static func set(of letters: [UInt32]) -> UInt32 { letters.reduce(0) { $0 | 1 << ($1 & 31) } }

    /// The same of a word in UTF-8.
    static func set(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var set: UInt32 = 0
        forEach(word) { set |= 1 << ($0 & 31) }
        return set
    }

    /// Calls `body` with each letter of a word in UTF-8.
    @inline(__always)
    static func forEach(_ word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
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
