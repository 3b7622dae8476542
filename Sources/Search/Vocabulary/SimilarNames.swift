/// Names by what is typed for them, to find those that a mistyped word may be.
struct SimilarNames: Sendable {
    private var names: [Name] = []
    private var known: Set<String> = []

    private struct Name: Sendable {
        let text: String
        let letters: [UInt32]
        /// A bit for each letter, several sharing one.
        let mask: UInt32
    }

    mutating func insert(_ text: String) {
        guard known.insert(text).inserted else { return }
        let letters = WordLetters.letters(of: text)
        names.append(Name(text: text, letters: letters, mask: WordLetters.set(of: letters)))
    }

    func contains(_ text: String) -> Bool { known.contains(text) }

    /// The names at most `limit` slips away from what was typed.
    func near(_ letters: [UInt32], atMost limit: Int) -> [(name: String, distance: Int, letters: Int)] {
        let slips = WordSlips(letters, limit: limit)
        return names.compactMap { name in
            guard slips.mayBeNear(name.mask), let distance = slips.count(name.letters) else { return nil }
            return (name.text, distance, name.letters.count)
        }
    }
}
