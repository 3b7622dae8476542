/// Some ``SearchTerm``s by number, and which of them the words of a text stand for: as
/// ``SearchText/terms(indexing:wholeWords:)`` says, but without making all terms of the text.
struct WantedTerms {
    /// What a word stands for, by itself and beside another one.
    struct Reading {
        /// The numbers of the terms of the word alone.
        var terms: [Int] = []
        /// Its first and its last stem, as numbers among those of wanted pairs; -1 for others. Of a run its characters.
        var first = -1
        var last = -1
        var isGrammed = false
    }

    private var numbers: [String: Int] = [:]
    /// Those of `w` terms, by the word.
    private var words: [WordKey: Int] = [:]
    private var stems: [WordKey: Int] = [:]
    private var pairs: [Two: Int] = [:]
    private var grams: [Two: Int] = [:]

    private struct Two: Hashable {
        let first, second: Int
    }

    /// How many terms there are.
    var count: Int { numbers.count }

    /// The number of a term, which is wanted from now on.
    mutating func number(of term: String) -> Int {
        if let known = numbers[term] { return known }
        let number = numbers.count
        numbers[term] = number
        let rest = term.unicodeScalars.dropFirst()
        switch term.utf8.first {
        case UInt8(ascii: "w"): words[WordKey(text: String(rest))] = number
        case UInt8(ascii: "g"):
            let scalars = rest.map { Int($0.value) }
            if scalars.count == 2 { grams[Two(first: scalars[0], second: scalars[1])] = number }
        default:
            let mark = rest.firstIndex { String($0) == SearchTerm.pairMark }
            guard let mark else { break }
            let second = rest[rest.index(after: mark)...]
            pairs[Two(first: stem(String(rest[..<mark])), second: stem(String(second)))] = number
        }
        return number
    }

    private mutating func stem(_ text: String) -> Int {
        let key = WordKey(text: text)
        if let known = stems[key] { return known }
        stems[key] = stems.count
        return stems.count - 1
    }

    /// What a word of a text stands for.
    func read(_ word: SearchText.Word) -> Reading {
        var reading = Reading()
        reading.isGrammed = word.isGrammed
        var written = [word.text]
        if word.isGrammed {
            let scalars = word.text.unicodeScalars.map { Int($0.value) }
            (reading.first, reading.last) = (scalars.first ?? -1, scalars.last ?? -1)
            if !grams.isEmpty {
                for (first, second) in zip(scalars, scalars.dropFirst()) {
                    if let term = grams[Two(first: first, second: second)] { reading.terms.append(term) }
                }
            }
        } else {
            let parts = SearchText.parts(of: word.text)
            let whole = SearchText.stem(word.text)
            let stems = parts.count > 1 ? parts.map(SearchText.stem) : [whole]
            written += [whole] + stems
            let numbers = stems.map { self.stems[WordKey(text: $0)] ?? -1 }
            (reading.first, reading.last) = (numbers.first ?? -1, numbers.last ?? -1)
            for (first, second) in zip(numbers, numbers.dropFirst()) {
                if let term = pairs[Two(first: first, second: second)] { reading.terms.append(term) }
            }
        }
        for text in written {
            if let term = words[WordKey(text: text)], !reading.terms.contains(term) { reading.terms.append(term) }
        }
        return reading
    }

    /// The term of two words side by side.
    func term(between left: Reading, _ right: Reading) -> Int? {
        guard left.isGrammed == right.isGrammed, left.last >= 0, right.first >= 0 else { return nil }
        let two = Two(first: left.last, second: right.first)
        return left.isGrammed ? grams[two] : pairs[two]
    }
}

/// A word by its bytes: folded text is in normal form already, which a `String` would see to at each look.
struct WordKey: Hashable {
    let text: String

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
