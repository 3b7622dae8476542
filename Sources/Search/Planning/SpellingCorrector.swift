import Glibc
import Registry

/// Puts mistyped words right: words that no vocabulary has and that models hold never, or hardly ever.
struct SpellingCorrector {
    private let reader: WordReader
    private let lexicon: PlanLexicon
    private var mistypedWords = PlanBudget.mistypedWords
    private var looks = PlanBudget.looks
    private var nearest: [String: String?] = [:]
    private var keepsKnown = false

    init(reader: WordReader, lexicon: PlanLexicon) { (self.reader, self.lexicon) = (reader, lexicon) }

    /// The words, with those put right that are probably mistyped (``QueryWord/typed`` tells what was); `keepsKnown` leaves
    /// those alone that models hold, as where they are left out of what is found.
    mutating func corrected(_ words: [QueryWord], keepsKnown: Bool) throws -> [QueryWord] {
        self.keepsKnown = keepsKnown
        var words = words
        for index in words.indices {
            let typed = words[index].word
            guard let better = try better(words, at: index) else { continue }
            words[index].word = better
            words[index].typed = typed
        }
        return words
    }

    /// The whole query with what was put right in it; nil when nothing was.
    static func text(_ text: [Unicode.Scalar], with corrections: [QueryWord]) -> String? {
        var scalars = text
        var last = Int.max
        let ordered = corrections.sorted { $0.range.lowerBound > $1.range.lowerBound }
        for word in ordered where word.range.upperBound <= min(last, scalars.count) {
            scalars.replaceSubrange(word.range, with: word.word.text.unicodeScalars)
            last = word.range.lowerBound
        }
        return last == .max ? nil : String(String.UnicodeScalarView(scalars))
    }

    private mutating func better(_ words: [QueryWord], at index: Int) throws -> SearchText.Word? {
        let typed = words[index].word
        return typed.isGrammed ? try betterRun(typed) : try betterWord(typed, in: words, at: index)
    }

    private mutating func betterWord(
        _ typed: SearchText.Word, in words: [QueryWord], at index: Int
    ) throws -> SearchText.Word? {
        if typed.text.utf8.contains(where: \.isDigit) { return try betterCompound(typed, in: words, at: index) }
        let letters = WordLetters.letters(of: typed.text)
        guard mistypedWords > 0, looks > 0, letters.count >= Self.shortest, letters.count <= Self.longest,
            !FunctionWords.english.contains(typed.text),
            !reader.vocabulary.holds(typed)
        else { return nil }
        let terms = SearchText.terms(asking: [typed])
        let isKnown = try lexicon.isKnown(terms)
        // Some model has every common slip in its text.
        let count = isKnown ? try lexicon.least(of: terms) : 0
        guard count <= lexicon.publicCount / Self.slipShare, !isKnown || count > 0 && !keepsKnown else { return nil }
        if !isKnown {
            if let meant = try otherKeyboard(typed) { return meant }
            mistypedWords -= 1
            looks -= 1
        }
        var best: (score: Double, word: String)?
        for candidate in try candidates(for: typed.text, letters, isKnown: isKnown) {
            if isKnown, try !isSlip(of: candidate, heldBy: count) { continue }
            let score = score(candidate, for: typed, in: words, at: index)
            if best.map({ ($0.score, candidate.word) < (score, $0.word) }) ?? true { best = (score, candidate.word) }
        }
        return best.map { SearchText.Word(text: $0.word, isGrammed: false) }
    }

    /// Whether a word that so many models hold is rather a slip of another one.
    private func isSlip(of candidate: Candidate, heldBy count: Int) throws -> Bool {
        guard candidate.isWellKnown else { return false }
        let terms = SearchText.terms(asking: [SearchText.Word(text: candidate.word, isGrammed: false)])
        return try lexicon.least(of: terms) >= count * Self.slipRatio
    }

    /// A word with numbers at its end, such as `resnt50`, with its letters put right, if models know it then.
    private mutating func betterCompound(
        _ typed: SearchText.Word, in words: [QueryWord], at index: Int
    ) throws -> SearchText.Word? {
        let parts = SearchText.parts(of: typed.text)
        guard parts.count > 1, let name = parts.first, !name.utf8.contains(where: \.isDigit),
            try !lexicon.isKnown(SearchText.terms(asking: [typed]))
        else { return nil }
        let rest = parts.dropFirst().joined()
        let word = SearchText.Word(text: name, isGrammed: false)
        if let better = try betterWord(word, in: words, at: index), let known = try known(better.text + rest) {
            return known
        }
        // `resent` is a word, and 50 only belongs to one like it.
        let letters = WordLetters.letters(of: name)
        guard mistypedWords > 0, looks > 0, !keepsKnown, !reader.vocabulary.holds(word),
            letters.count >= Self.shortestOfCompound, letters.count <= Self.longest
        else { return nil }
        mistypedWords -= 1
        looks -= 1
        var best: (score: Double, word: SearchText.Word)?
        for candidate in try candidates(for: name, letters) where candidate.distance > 0 {
            // Of three letters any other one is another name; two that changed places are a slip.
            let isSwap = WordLetters.letters(of: candidate.word).sorted() == letters.sorted()
            guard isSwap || letters.count >= Self.shortest, let known = try known(candidate.word + rest) else {
                continue
            }
            let score = score(candidate, for: word, in: words, at: index)
            if best.map({ ($0.score, known.text) < (score, $0.word.text) }) ?? true { best = (score, known) }
        }
        return best?.word
    }

    /// A word, if models hold it.
    private func known(_ text: String) throws -> SearchText.Word? {
        let word = SearchText.Word(text: text, isGrammed: false)
        return try lexicon.isKnown(SearchText.terms(asking: [word])) ? word : nil
    }

    /// A run of Hangul with what the vocabulary does not know in it put right, if models do not know it either.
    private mutating func betterRun(_ typed: SearchText.Word) throws -> SearchText.Word? {
        let run = QueryWord(typed, at: 0..<typed.text.unicodeScalars.count)
        guard mistypedWords > 0, looks > 0, run.range.count > 1, run.range.count <= Self.longest,
            !reader.vocabulary.holds(typed), reader.entries(named: [WordReader.withoutParticle(run).word]).isEmpty,
            reader.leavesRest(of: run),
            try !lexicon.isKnown(SearchText.terms(asking: [WordReader.withoutParticle(run).word]))
        else { return nil }
        if let meant = try otherKeyboard(typed) { return meant }
        // A syllable before a name makes a word of its own: 컵탐지 is no slip of 칼탐지, nor 외국어 of 한국어.
        let pieces = reader.pieces(of: run)
        if let first = pieces.first, first.entries.isEmpty {
            let rest = String(first.text.dropFirst())
            let isName = !reader.entries(named: [SearchText.Word(text: rest, isGrammed: true)]).isEmpty
            if rest.isEmpty ? pieces.count > 1 : isName { return nil }
        }
        mistypedWords -= 1
        for text in [typed.text, FunctionWords.withoutParticle(typed.text)].compactMap(\.self) {
            if let name = try nearestRun(text) { return SearchText.Word(text: name, isGrammed: true) }
        }
        var text = ""
        var isChanged = false
        for piece in pieces {
            let own = piece.text
            guard piece.entries.isEmpty, own.unicodeScalars.count > 1, let better = try nearestRun(own) else {
                text += own
                continue
            }
            text += better
            isChanged = true
        }
        return isChanged ? SearchText.Word(text: text, isGrammed: true) : nil
    }

    /// A word that was typed while the keyboard was set to the other language: `qkdqja` is 방범, ㅔㄷㄱ내ㅜ is `person`.
    private func otherKeyboard(_ typed: SearchText.Word) throws -> SearchText.Word? {
        if typed.isGrammed {
            let keys = Keystrokes.keys(of: typed.text)
            guard Keystrokes.hasSingleLetter(typed.text), keys.count >= Self.shortest,
                keys.allSatisfy(\.isLowercaseLetter)
            else { return nil }
            let word = SearchText.Word(text: String(decoding: keys, as: UTF8.self), isGrammed: false)
            let isKnown = try reader.vocabulary.holds(word) || lexicon.isKnown(SearchText.terms(asking: [word]))
            return isKnown ? word : nil
        }
        guard let text = Keystrokes.hangul(of: typed.text), text.unicodeScalars.count > 1 else { return nil }
        if let name = reader.vocabulary.name(typedWith: Array(typed.text.utf8)) {
            return SearchText.Word(text: name, isGrammed: true)
        }
        guard !Keystrokes.hasSingleLetter(text) else { return nil }
        let word = SearchText.Word(text: text, isGrammed: true)
        let run = QueryWord(word, at: 0..<text.unicodeScalars.count)
        let bare = WordReader.withoutParticle(run).word
        let isKnown =
            try !reader.leavesRest(of: run) || lexicon.isKnown(SearchText.terms(asking: [word]))
            || lexicon.isKnown(SearchText.terms(asking: [bare]))
        return isKnown ? word : nil
    }

    /// The name, or else the word of models, that a run of Hangul was probably meant to be.
    private mutating func nearestRun(_ text: String) throws -> String? {
        if let known = nearest[text] { return known }
        guard looks > 0 else { return nil }
        looks -= 1
        let found = try near(text)
        nearest[text] = .some(found)
        return found
    }

    private func near(_ text: String) throws -> String? {
        let letters = WordLetters.letters(of: text)
        let allowed = Self.allowed(letters)
        var best: (distance: Int, letters: Int, name: String)?
        for name in reader.vocabulary.grammedNames.near(letters, atMost: allowed) where !saysExcept(name.name, true) {
            let found = (name.distance, abs(name.letters - letters.count), name.name)
            if best.map({ found < $0 }) ?? true { best = found }
        }
        if let best { return best.name }
        return try lexicon.words(near: text, distance: allowed, limit: 1).first?.word
    }

    /// Nothing is left out by a guess.
    private func saysExcept(_ name: String, _ isGrammed: Bool) -> Bool {
        reader.entries(named: [SearchText.Word(text: name, isGrammed: isGrammed)]).contains(where: \.saysExcept)
    }

    private static func allowed(_ letters: [UInt32]) -> Int { letters.count > 7 ? 2 : 1 }

    private static let shortest = 4
    private static let shortestOfCompound = 3
    private static let longest = 40
    /// A word in one of so many models at most may be a slip of these, where a well-known one like it is in so many times as
    /// many.
    private static let slipShare = 2000
    private static let slipRatio = 50

    private struct Candidate {
        var word: String
        var distance: Int
        var count: Int
        var isWellKnown: Bool
    }

    /// Words like another one; only well-known ones where models hold that (`isKnown`).
    private func candidates(for word: String, _ letters: [UInt32], isKnown: Bool = false) throws -> [Candidate] {
        let allowed = Self.allowed(letters)
        var found: [String: Candidate] = [:]
        for near in isKnown ? [] : try lexicon.words(near: word, distance: allowed, limit: 16) {
            found[near.word] = Candidate(
                word: near.word, distance: near.distance, count: near.count, isWellKnown: false)
        }
        for near in reader.vocabulary.latinWords.near(letters, atMost: allowed) where !saysExcept(near.name, false) {
            let count = found[near.name]?.count ?? 0
            found[near.name] = Candidate(word: near.name, distance: near.distance, count: count, isWellKnown: true)
        }
        return found.values.sorted { $0.word < $1.word }
    }

    /// How probably a candidate is meant: near, common, well known, beginning alike, and a name together with the words
    /// beside it.
    private func score(
        _ candidate: Candidate, for typed: SearchText.Word, in words: [QueryWord], at index: Int
    ) -> Double {
        var score = -4 * Double(candidate.distance) + 0.5 * log(1 + Double(candidate.count))
        if candidate.isWellKnown { score += 2 }
        if candidate.word.unicodeScalars.first == typed.text.unicodeScalars.first { score += 1.5 }
        if candidate.word.unicodeScalars.last == typed.text.unicodeScalars.last { score += 0.5 }
        var meant = words.map(\.word)
        meant[index] = SearchText.Word(text: candidate.word, isGrammed: typed.isGrammed)
        for length in 2...3 {
            for start in max(0, index - length + 1)...index where start + length <= words.count {
                if !reader.entries(named: Array(meant[start..<start + length])).isEmpty { score += 3 }
            }
        }
        return score
    }
}
