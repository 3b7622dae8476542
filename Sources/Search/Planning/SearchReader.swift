import Registry
/// Reads the words of a query with the help of the vocabulary.
///
/// The longest names win: "license plate" is one unit, and 불법주정차단속카메라 is cut into 불법주정차단속 and 카메라.
/// Korean particles are cut off where the rest is known. English function words count only inside of names.
package struct SearchReader {
    private let vocabulary: ContextVocabulary
    private var units: [SearchUnit] = []
    private static let maximumUnits = 12

    package static func units(of text: String, with vocabulary: ContextVocabulary) -> [SearchUnit] {
        var reader = SearchReader(vocabulary: vocabulary)
        let words = SearchText.words(text, maximum: 64)
        reader.read(words)
        if reader.units.isEmpty { words.forEach { reader.add(plain: $0) } }
        return Array(reader.units.prefix(maximumUnits))
    }

    private init(vocabulary: ContextVocabulary) { self.vocabulary = vocabulary }

    private mutating func read(_ words: [SearchText.Word]) {
        var index = 0
        while index < words.count {
            if let (length, entries) = longestName(in: words[index...]) {
                let window = words[index..<index + length]
                add(window.map(\.text).joined(separator: " "), Array(window), entries)
                index += length
                continue
            }
            let word = words[index]
            if word.isGrammed {
                cut(word)
            } else if !Self.functionWords.contains(word.text) {
                add(plain: word)
            }
            index += 1
        }
    }

    private func longestName(in words: ArraySlice<SearchText.Word>) -> (Int, [ContextVocabulary.Entry])? {
        for length in stride(from: min(words.count, vocabulary.longestName), to: 0, by: -1) {
            let window = words.prefix(length)
            let bare = window.map(Self.withoutParticle)
            for candidate in [Array(window), Array(window.dropLast()) + bare.suffix(1), bare] {
                let entries = vocabulary.entries(named: ContextVocabulary.phrase(candidate))
                if !entries.isEmpty { return (length, entries) }
            }
        }
        return nil
    }

    /// Cuts a run that is no name as a whole at the names inside of it.
    private mutating func cut(_ word: SearchText.Word) {
        let scalars = Array(word.text.unicodeScalars)
        var rest: [Unicode.Scalar] = []
        var index = 0
        func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        func closeRest(_ reader: inout SearchReader) {
            defer { rest = [] }
            let text = string(rest)
            if rest.count > 1 || rest.count == scalars.count, !Self.particles.contains(text) {
                reader.add(plain: Self.withoutParticle(SearchText.Word(text: text, isGrammed: true)))
            }
        }
        scan: while index < scalars.count {
            for length in stride(from: min(scalars.count - index, 10), to: 1, by: -1) {
                let name = string(scalars[index..<index + length])
                let entries = vocabulary.entries(named: name)
                if entries.isEmpty { continue }
                closeRest(&self)
                add(name, [SearchText.Word(text: name, isGrammed: true)], entries)
                index += length
                continue scan
            }
            rest.append(scalars[index])
            index += 1
        }
        closeRest(&self)
    }

    private mutating func add(plain word: SearchText.Word) {
        let parts = word.isGrammed ? [] : SearchText.parts(of: word.text)
        var literal = [SearchText.terms(asking: word)]
        if parts.count > 1 { literal.append(parts.map(SearchText.stem)) }
        append(
            SearchUnit(
                text: word.text, literal: literal,
                isUnknownWord: !word.isGrammed && parts.count < 2))
    }

    private mutating func add(_ text: String, _ words: [SearchText.Word], _ entries: [ContextVocabulary.Entry]) {
        let bare = words.map(Self.withoutParticle)
        var seen: Set<[String]> = [bare.flatMap(SearchText.terms(asking:))]
        let literal = Array(seen)
        func terms(_ names: [String]) -> [[String]] {
            names.compactMap { name in
                let terms = SearchText.words(name).flatMap(SearchText.terms(asking:))
                return !terms.isEmpty && seen.insert(terms).inserted ? terms : nil
            }
        }
        let names = entries.flatMap { entry in entry.names.map { (name: $0, isLoose: isLoose($0, for: entry)) } }
        let goesWith = entries.flatMap(\.related).compactMap(vocabulary.entry(for:))
        let synonyms = terms(names.filter { !$0.isLoose }.map(\.name))
        let related = terms(goesWith.flatMap(\.names) + names.filter(\.isLoose).map(\.name))
        let services = entries.filter { $0.key == "service" }
        append(
            SearchUnit(
                text: text, literal: literal, synonyms: synonyms, related: related,
                tags: entries.compactMap(\.filter),
                relatedTags: services.flatMap(\.related).compactMap { vocabulary.entry(for: $0)?.filter },
                isOneWord: words.count == 1))
    }

    /// Whether a name of a service type also names something of another kind: 감시 is monitoring of anything, not only
    /// against crime.
    private func isLoose(_ name: String, for entry: ContextVocabulary.Entry) -> Bool {
        entry.key == "service"
            && vocabulary.entries(named: ContextVocabulary.phrase(SearchText.words(name))).contains { $0 != entry }
    }

    private mutating func append(_ unit: SearchUnit) {
        if !units.contains(where: { $0.literal == unit.literal }) { units.append(unit) }
    }

    /// The word without a particle at its end, when at least two characters are left.
    private static func withoutParticle(_ word: SearchText.Word) -> SearchText.Word {
        guard word.isGrammed else { return word }
        for particle in particles where word.text.hasSuffix(particle) {
            let rest = word.text.dropLast(particle.count)
            if rest.count > 1 { return SearchText.Word(text: String(rest), isGrammed: true) }
        }
        return word
    }

    // Longer ones first.
    private static let particles = [
        "에서의", "에서", "으로", "에게", "까지", "부터", "하는", "하기", "용", "을", "를", "의", "에", "로", "와", "과", "은", "는",
    ]

    private static let functionWords: Set<String> = [
        "a", "an", "the", "of", "for", "in", "on", "at", "to", "into", "and", "or", "with", "without", "by", "from",
        "is",
        "are", "be", "that", "this", "it", "its", "as", "my", "your", "how", "which", "who", "what", "can", "using",
        "use",
        "used", "trained", "me", "i", "across", "some", "any",
    ]
}
