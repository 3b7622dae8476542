import Registry

/// A word of a query, and where it stands.
struct QueryWord: Sendable, Hashable {
    var word: SearchText.Word
    /// In Unicode scalars of the query.
    var range: Range<Int>
    /// The word as it was typed; nil when this is it.
    var typed: SearchText.Word?

    init(_ word: SearchText.Word, at range: Range<Int>) { (self.word, self.range) = (word, range) }

    /// The words of a text that stands at `range`.
    ///
    /// Where folding changes how long the text is, its words all stand at the whole of it.
    static func words(of text: String, at range: Range<Int>) -> [QueryWord] {
        let scalars = Array(text.folded.unicodeScalars)
        let isAligned = scalars.count == range.count
        var next = 0
        return SearchText.words(text).map { word in
            let wanted = Array(word.text.unicodeScalars)
            guard isAligned, let start = place(of: wanted, in: scalars, from: next) else {
                return QueryWord(word, at: range)
            }
            next = start + wanted.count
            return QueryWord(word, at: range.lowerBound + start..<range.lowerBound + next)
        }
    }

    /// The part of a run of Hangul from a scalar to another one.
    func part(_ scalars: Range<Int>) -> QueryWord {
        let all = Array(word.text.unicodeScalars)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: all[scalars])
        let isAligned = all.count == range.count
        let place = isAligned ? range.lowerBound + scalars.lowerBound..<range.lowerBound + scalars.upperBound : range
        return QueryWord(SearchText.Word(text: String(text), isGrammed: word.isGrammed), at: place)
    }

    private static func place(of wanted: [Unicode.Scalar], in scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard wanted.count <= scalars.count else { return nil }
        return (start..<max(start, scalars.count - wanted.count + 1)).first { place in
            place + wanted.count <= scalars.count && scalars[place..<place + wanted.count].elementsEqual(wanted)
        }
    }
}
