import Registry

/// Entries of the vocabulary, as their places, by their names.
struct VocabularyNames: Sendable {
    /// By names in the form of ``ContextVocabulary/phrase(_:)``.
    private(set) var strong: [String: [Int]] = [:]
    /// The same of words that only have something to do with an entry.
    private(set) var loose: [String: [Int]] = [:]
    /// The most words in one name.
    private(set) var longest = 1
    /// Single Latin words of all names that are long enough to be mistyped.
    private(set) var latinWords: Set<String> = []
    /// Folded names of entries with a key, one after the other, to be searched for beginnings.
    private var folded: [UInt8] = []
    private var spans: [(end: Int, entry: Int)] = []

    mutating func add(_ entry: ContextVocabulary.Entry, at index: Int) {
        for name in entry.names { add(name, of: index, hasKey: !entry.key.isEmpty) }
        for name in entry.loose {
            let words = SearchText.words(name)
            longest = max(longest, words.count)
            Self.insert(index, at: ContextVocabulary.phrase(words), in: &loose)
        }
    }

    private mutating func add(_ name: String, of index: Int, hasKey: Bool) {
        let words = SearchText.words(name)
        longest = max(longest, words.count)
        for word in words where !word.isGrammed && word.text.utf8.count > 3 { latinWords.insert(word.text) }
        Self.insert(index, at: ContextVocabulary.phrase(words), in: &strong)
        guard hasKey else { return }
        folded += name.folded.utf8
        spans.append((folded.count, index))
    }

    private static func insert(_ index: Int, at phrase: String, in names: inout [String: [Int]]) {
        if !phrase.isEmpty, names[phrase]?.contains(index) != true { names[phrase, default: []].append(index) }
    }

    /// The entries with a key, a name of which begins so; in their order.
    func beginning(_ text: String) -> [Int] {
        let wanted = Array(text.utf8)
        var found: Set<Int> = []
        folded.withUnsafeBufferPointer { bytes in
            var start = 0
            for span in spans {
                if span.end - start >= wanted.count, !found.contains(span.entry),
                    bytes[start..<start + wanted.count].elementsEqual(wanted)
                {
                    found.insert(span.entry)
                }
                start = span.end
            }
        }
        return found.sorted()
    }
}
