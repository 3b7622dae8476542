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
        let letters = EditDistance.letters(of: text)
        names.append(Name(text: text, letters: letters, mask: Self.mask(letters)))
    }

    func contains(_ text: String) -> Bool { known.contains(text) }

    /// The names at most `limit` slips away from what was typed.
    ///
    /// A slip changes at most two bits of the mask, so that hardly any name is compared letter by letter.
    func near(_ letters: [UInt32], atMost limit: Int) -> [(name: String, distance: Int, letters: Int)] {
        let mask = Self.mask(letters)
        var found: [(name: String, distance: Int, letters: Int)] = []
        for name in names
        where abs(name.letters.count - letters.count) <= limit && (name.mask ^ mask).nonzeroBitCount <= 2 * limit {
            let distance = EditDistance.between(letters, name.letters, atMost: limit)
            if distance <= limit { found.append((name.text, distance, name.letters.count)) }
        }
        return found
    }

    private static func mask(_ letters: [UInt32]) -> UInt32 { letters.reduce(0) { $0 | 1 << ($1 & 31) } }
}
