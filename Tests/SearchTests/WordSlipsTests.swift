import Search
import Testing

@Suite struct `Slips between words` {
    private func slips(_ typed: String, _ meant: String, limit: Int = 2) -> Int? {
        var meant = meant
        let slips = WordSlips(WordLetters.letters(of: typed), limit: limit)
        return meant.withUTF8 { slips.count($0) }
    }

    @Test(arguments: [
        ("detection", "detection", 0), ("detction", "detection", 1), ("detetcion", "detection", 1),
        ("dettection", "detection", 1), ("detektion", "detection", 1), ("objct", "objects", 2), ("사람", "차럼", 2),
        ("번호판", "버호판", 1), ("주차", "주처", 1), ("", "ab", 2), ("ab", "", 2), ("", "", 0), ("ca", "abc", nil),
        ("ab", "abcd", 2),
        ("person", "people", nil), ("a", "abcd", nil), ("naïve", "naive", 1),
    ])
    func `are counted`(typed: String, meant: String, expected: Int?) {
        #expect(slips(typed, meant) == expected)
    }

    @Test func `are as many as in a table`() {
        var random = IndexRandom(seed: 77)
        let letters = ["a", "b", "c", "d", "é", "가", "각", "거", "나"]
        func word() -> String { (0..<random.below(9)).map { _ in letters[random.below(letters.count)] }.joined() }
        for _ in 0..<20_000 {
            let (typed, meant, limit) = (word(), word(), random.below(5))
            let expected = EditDistance.between(
                WordLetters.letters(of: typed), WordLetters.letters(of: meant), atMost: limit)
            #expect(slips(typed, meant, limit: limit) == (expected > limit ? nil : expected), "\(typed) \(meant)")
        }
    }

    @Test func `are counted up to 64 letters`() {
        let word = String(repeating: "abcdefgh", count: 8)
        #expect(slips(word, word) == 0)
        #expect(slips(word, word.dropLast() + "x") == 1)
        #expect(slips(String(word.dropLast()), word) == 1)
        #expect(slips(word, word + "ab") == 2)
        #expect(slips(word, word + "abc") == nil)
        #expect(slips(word, word.dropLast(2) + "hg") == 1)
        #expect(slips(word + "a", word + "a") == nil)
    }
}
