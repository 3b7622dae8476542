/// By which words tags are found: each ``SearchTerm`` of a value, and with a `=` before them the value and its words.
struct TagLexicon {
    /// In the order of bytes.
    private(set) var words: [String] = []
    /// Where the tags of each word begin, and the end.
    private(set) var starts: [UInt32] = [0]
    /// Ordinals, rising for each word.
    private(set) var tags: [UInt32] = []

    /// The word under which a text is found that begins a value or a word of it.
    static func beginning(_ text: String) -> String { "=" + text }

    /// - Parameter tags: In the order of ordinals.
    init(_ tags: [KnownTag]) {
        var lists: [String: [UInt32]] = [:]
        for (ordinal, tag) in tags.enumerated() {
            for word in Self.words(of: tag) where lists[word]?.last != UInt32(ordinal) {
                lists[word, default: []].append(UInt32(ordinal))
            }
        }
        words = lists.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for word in words {
            self.tags += lists[word, default: []]
            starts.append(UInt32(self.tags.count))
        }
    }

    static func words(of tag: KnownTag) -> [String] {
        let words = SearchText.words(tag.folded)
        return SearchText.terms(indexing: words, wholeWords: true)
            + words.map { beginning($0.text) } + [beginning(tag.folded)]
    }

    func write(_ memory: SegmentMemory) {
        var names = StringWriter(memory, .lexiconStarts, .lexiconBytes)
        for word in words { names.append(word) }
        _ = memory.array(.lexiconTagStarts, of: UInt32.self).update(fromContentsOf: starts)
        _ = memory.array(.lexiconTags, of: UInt32.self).update(fromContentsOf: tags)
    }
}
