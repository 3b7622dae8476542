import Registry

/// Entries of the vocabulary, as their places, by their names.
struct VocabularyNames: Sendable {
    /// By names in the form of ``ContextVocabulary/phrase(_:)``.
    private(set) var strong: [String: [Int]] = [:]
    /// The same of words that only have something to do with an entry.
    private(set) var loose: [String: [Int]] = [:]
    /// Entries by single words of names that have several: stems, and runs of Hangul.
    private(set) var parts: [String: [Int]] = [:]
    /// All names as they are written.
    private(set) var read: [String: VocabularyName] = [:]
    /// The most words in one name.
    private(set) var longest = 1
    /// Single Latin words of all names that are long enough to be mistyped.
    private(set) var latinWords = SimilarNames()
    /// By Latin names of several words, joined and cut to a stem.
    private(set) var joined: [String: [Int]] = [:]
    /// Names in Hangul without spaces; of at least two characters.
    private(set) var grammed = SimilarNames()
    /// Words in Hangul of names of several.
    private var grammedParts: Set<String> = []
    /// Latin words of all names with their stems.
    private var stemOf: [String: String] = [:]
    private var stems: Set<String> = []
    /// Folded names of entries with a key, one after the other, to be searched for beginnings.
    private var folded = NameList()
    /// The ``Keystrokes`` of those of them that hold Hangul, in the same way.
    private var typed = NameList()

    mutating func add(_ entry: ContextVocabulary.Entry, at index: Int) {
        for name in entry.names {
            let words = add(name, of: index, hasKey: !entry.key.isEmpty)
            guard Self.keysOfParts.contains(entry.key), words.count > 1 else { continue }
            for word in words { Self.insert(index, at: phrase([word]), in: &parts) }
        }
        for name in entry.loose {
            let words = words(of: name)
            longest = max(longest, words.count)
            addWords(words)
            Self.insert(index, at: phrase(words), in: &loose)
        }
    }

    private mutating func words(of name: String) -> [SearchText.Word] {
        let new = VocabularyName(name)
        read[name] = new
        return new.words
    }

    /// The keys whose names say in several words what a model does.
    private static let keysOfParts: Set<String> = ["task", "service"]

    private mutating func add(_ name: String, of index: Int, hasKey: Bool) -> [SearchText.Word] {
        let words = words(of: name)
        longest = max(longest, words.count)
        addWords(words)
        if words.count > 1, !words.contains(where: \.isGrammed) {
            Self.insert(index, at: SearchText.stem(words.map(\.text).joined()), in: &joined)
        }
        Self.insert(index, at: phrase(words), in: &strong)
        guard hasKey else { return words }
        folded.add(name.folded.utf8, of: index)
        if words.contains(where: \.isGrammed) { typed.add(Keystrokes.keys(of: name.folded), of: index) }
        return words
    }

    private mutating func addWords(_ words: [SearchText.Word]) {
        for word in words where !word.isGrammed && stemOf[word.text] == nil {
            let stem = SearchText.stem(word.text)
            stemOf[word.text] = stem
            stems.insert(stem)
            if word.text.utf8.count > 3 { latinWords.insert(word.text) }
        }
        for word in words where word.isGrammed && words.count > 1 { grammedParts.insert(word.text) }
        let run = words.map(\.text).joined()
        if words.allSatisfy(\.isGrammed), run.unicodeScalars.count > 1 { grammed.insert(run) }
    }

    private func phrase(_ words: [SearchText.Word]) -> String {
        ContextVocabulary.phrase(words) { stemOf[$0] ?? SearchText.stem($0) }
    }

    /// Whether a word stands in a name.
    func holds(_ word: SearchText.Word) -> Bool {
        if word.isGrammed { return grammed.contains(word.text) || grammedParts.contains(word.text) }
        let stem = SearchText.stem(word.text)
        return stems.contains(stem) || joined[stem] != nil
    }

    private static func insert(_ index: Int, at phrase: String, in names: inout [String: [Int]]) {
        guard !phrase.isEmpty else { return }
        if !names[phrase, default: []].contains(index) { names[phrase, default: []].append(index) }
    }

    /// The entries with a key, a name of which begins so; in their order.
    func beginning(_ text: String) -> [Int] { folded.beginning(Array(text.utf8)) }

    /// The entries with a key, a name of which in Hangul is typed with keys that begin so; in their order.
    func beginning(keys: [UInt8]) -> [Int] { typed.beginning(keys) }

    /// The entries with a key, a name of which in Hangul is typed with exactly these keys; in their order.
    func typed(_ keys: [UInt8]) -> [Int] { typed.beginning(keys, isWhole: true) }
}

/// Names one after the other, to be searched for beginnings.
private struct NameList: Sendable {
    private var bytes: [UInt8] = []
    private var spans: [(end: Int, entry: Int)] = []

    mutating func add(_ name: some Sequence<UInt8>, of entry: Int) {
        bytes += name
        spans.append((bytes.count, entry))
    }

    /// The entries of the names that begin so; `isWhole`: that are so.
    func beginning(_ wanted: [UInt8], isWhole: Bool = false) -> [Int] {
        var found: Set<Int> = []
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for span in spans {
                let length = span.end - start
                if isWhole ? length == wanted.count : length >= wanted.count, !found.contains(span.entry),
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
