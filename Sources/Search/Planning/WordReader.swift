import Registry

/// Reads words of a query with the help of the vocabulary.
///
/// The longest names win: "license plate" is one unit, and 불법주정차단속카메라 is cut into 불법주정차단속 and 카메라.
/// Korean particles are cut off where the rest is known. Function words count only inside of names, or alone.
struct WordReader {
    let vocabulary: ContextVocabulary
    /// Whether models hold a word.
    let isKnown: (SearchText.Word) throws -> Bool

    /// The units of words that stand side by side.
    func units(of words: [QueryWord]) throws -> [ReadUnit] {
        var units: [ReadUnit] = []
        var index = 0
        while index < words.count {
            if let name = longestName(in: words[index...]) {
                units.append(name)
                index += name.words.count
                continue
            }
            let word = words[index]
            if word.word.isGrammed {
                units += try cut(word)
            } else if !FunctionWords.english.contains(word.word.text) {
                units.append(ReadUnit(words: [word], entries: []))
            }
            index += 1
        }
        if units.isEmpty { units = words.map { ReadUnit(words: [$0], entries: []) } }
        return units
    }

    /// The longest name that the words begin with.
    private func longestName(in words: ArraySlice<QueryWord>) -> ReadUnit? {
        for length in stride(from: min(words.count, vocabulary.longestName), to: 0, by: -1) {
            let window = Array(words.prefix(length))
            let bare = window.map(Self.withoutParticle)
            for candidate in [window, window.dropLast() + bare.suffix(1), bare] {
                let entries = entries(named: candidate.map(\.word))
                if !entries.isEmpty { return ReadUnit(words: candidate, entries: entries) }
            }
        }
        return nil
    }

    /// What is named so, however the words are joined: `reidentification` is `re identification`.
    func entries(named words: [SearchText.Word]) -> [ContextVocabulary.Entry] {
        let phrase = ContextVocabulary.phrase(words)
        let entries = vocabulary.entries(named: phrase)
        guard entries.isEmpty, !words.contains(where: \.isGrammed) else { return entries }
        return vocabulary.entries(joined: words.map(\.text).joined())
    }

    /// Cuts a run of Hangul that is no name as a whole at the names inside of it, so that the fewest characters are left
    /// over.
    private func cut(_ word: QueryWord) throws -> [ReadUnit] {
        if FunctionWords.korean.contains(word.word.text) { return [] }
        let pieces = pieces(of: word)
        guard pieces.contains(where: { !$0.entries.isEmpty }) else {
            return [ReadUnit(words: [try withoutParticleIfKnown(word)], entries: [])]
        }
        var units: [ReadUnit] = []
        for piece in pieces {
            guard piece.entries.isEmpty, let rest = piece.words.first else {
                units.append(piece)
                continue
            }
            let isParticle = FunctionWords.particles.contains(rest.word.text)
            if rest.word.text.unicodeScalars.count > 1, !isParticle, !FunctionWords.korean.contains(rest.word.text) {
                units.append(ReadUnit(words: [try withoutParticleIfKnown(rest)], entries: []))
            }
        }
        return units
    }

    /// Whether something of a run is in no name and is no particle.
    func leavesRest(of run: QueryWord) -> Bool {
        pieces(of: run).contains { $0.entries.isEmpty && !FunctionWords.particles.contains($0.text) }
    }

    /// The names in a run of Hangul, and what is left over between them.
    func pieces(of word: QueryWord) -> [ReadUnit] {
        let scalars = Array(word.word.text.unicodeScalars)
        let count = scalars.count
        func name(_ start: Int, _ length: Int) -> String {
            var name = String.UnicodeScalarView()
            name.append(contentsOf: scalars[start..<start + length])
            return String(name)
        }
        // The best cutting of what follows each place: how many characters are left over, and how many pieces there are.
        var best: [(left: Int, pieces: Int, next: Int, entries: [ContextVocabulary.Entry])] = [(0, 0, count, [])]
        for start in stride(from: count - 1, through: 0, by: -1) {
            let after = best[best.count - 1]
            var found = (left: after.left + 1, pieces: after.pieces, next: start + 1, entries: after.entries)
            found.entries = []
            for length in stride(from: min(count - start, 12), to: 1, by: -1) {
                let entries = vocabulary.entries(named: name(start, length))
                let rest = best[best.count - length]
                if !entries.isEmpty, (rest.left, rest.pieces + 1) < (found.left, found.pieces) {
                    found = (rest.left, rest.pieces + 1, start + length, entries)
                }
            }
            best.append(found)
        }
        var units: [ReadUnit] = []
        var start = 0
        var restStart: Int?
        while start < count {
            let step = best[count - start]
            if step.entries.isEmpty {
                restStart = restStart ?? start
            } else {
                if let begin = restStart { units.append(ReadUnit(words: [word.part(begin..<start)], entries: [])) }
                restStart = nil
                units.append(ReadUnit(words: [word.part(start..<step.next)], entries: step.entries))
            }
            start = step.next
        }
        if let begin = restStart { units.append(ReadUnit(words: [word.part(begin..<count)], entries: [])) }
        // A syllable before a language makes another word of it: 외국어 is not 국어.
        if units.count > 1, units[0].entries.isEmpty, units[0].text.unicodeScalars.count == 1,
            units[1].entries.contains(where: { $0.key == "lang" })
        {
            let length = 1 + units[1].text.unicodeScalars.count
            units.replaceSubrange(0...1, with: [ReadUnit(words: [word.part(0..<length)], entries: [])])
        }
        return units
    }

    private func withoutParticleIfKnown(_ word: QueryWord) throws -> QueryWord {
        let bare = Self.withoutParticle(word)
        return try bare != word && isKnown(bare.word) ? bare : word
    }

    static func withoutParticle(_ word: QueryWord) -> QueryWord {
        guard word.word.isGrammed, let text = FunctionWords.withoutParticle(word.word.text) else { return word }
        var bare = word.part(0..<text.unicodeScalars.count)
        bare.typed = word.typed
        return bare
    }
}
