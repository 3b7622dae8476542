extension SearchText {
    /// The terms under which a text is indexed, with repeats.
    ///
    /// - Parameters:
    ///   - words: Of the text, in order.
    ///   - wholeWords: Whether Latin words are terms as written too, which makes their beginnings findable; their stems
    ///     always are.
    /// - Returns: ``SearchTerm``s, in no order that means anything.
    package static func terms(indexing words: some Sequence<Word>, wholeWords: Bool) -> [String] {
        var terms: [String] = []
        var lastStem: String?
        var run: [Unicode.Scalar] = []
        func closeRun() {
            terms += grams(run)
            run = []
        }
        for word in words {
            if word.isGrammed {
                lastStem = nil
                run += word.text.unicodeScalars
                terms.append(SearchTerm.word(word.text))
                continue
            }
            closeRun()
            let parts = parts(of: word.text)
            let whole = stem(word.text)
            if parts.count > 1 { terms.append(SearchTerm.word(whole)) }
            if wholeWords, whole != word.text { terms.append(SearchTerm.word(word.text)) }
            for part in parts {
                let stem = parts.count > 1 ? stem(part) : whole
                terms.append(SearchTerm.word(stem))
                if let lastStem { terms.append(SearchTerm.pair(lastStem, stem)) }
                lastStem = stem
            }
        }
        closeRun()
        return terms
    }

    /// The terms of a text that holds `words` side by side: all of them together stand for the phrase.
    ///
    /// A single Latin word is its stem, several are their pairs; a run of Hangul is its pairs of characters.
    package static func terms(asking words: some Sequence<Word>) -> [String] {
        var terms: [String] = []
        var stems: [String] = []
        var run: [Unicode.Scalar] = []
        func close() {
            if stems.count == 1 { terms.append(SearchTerm.word(stems[0])) }
            for (first, second) in zip(stems, stems.dropFirst()) { terms.append(SearchTerm.pair(first, second)) }
            terms += run.count == 1 ? [SearchTerm.word(String(String.UnicodeScalarView(run)))] : grams(run)
            (stems, run) = ([], [])
        }
        for word in words {
            if word.isGrammed != stems.isEmpty, !(stems.isEmpty && run.isEmpty) { close() }
            if word.isGrammed {
                run += word.text.unicodeScalars
            } else {
                let parts = parts(of: word.text)
                stems += parts.count > 1 ? parts.map(stem) : [stem(word.text)]
            }
        }
        close()
        return terms
    }

    /// The terms that tell where the name of a model begins and ends: of all of it, and of what follows the namespace.
    package static func edges(ofName name: some StringProtocol) -> [String] {
        let stems = name.split(separator: "/").map { self.stems(of: words($0)) }.filter { !$0.isEmpty }
        let first = [stems.first?.first, stems.count > 1 ? stems.last?.first : nil].compactMap(\.self)
        return Set(first).map { SearchTerm.pair("", $0) }
            + [stems.last?.last].compactMap(\.self).map { SearchTerm.pair($0, "") }
    }

    /// The terms of a model that is called by these words, with or without its namespace: the edges of its name and the
    /// pairs between. None where a name cannot be called so.
    package static func terms(naming words: some Sequence<Word>) -> [String] {
        let stems = stems(of: words)
        guard let first = stems.first, let last = stems.last, !words.contains(where: \.isGrammed) else { return [] }
        return [SearchTerm.pair("", first)] + zip(stems, stems.dropFirst()).map { SearchTerm.pair($0, $1) }
            + [SearchTerm.pair(last, "")]
    }

    /// The stems of Latin words and their parts, as the pairs are made of them.
    private static func stems(of words: some Sequence<Word>) -> [String] {
        words.flatMap { parts(of: $0.text).map(stem) }
    }

    /// The pairs of neighbours in a run.
    private static func grams(_ run: [Unicode.Scalar]) -> [String] {
        zip(run, run.dropFirst()).map { SearchTerm.gram(String(String.UnicodeScalarView([$0, $1]))) }
    }
}
