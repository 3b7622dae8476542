import Registry
import Search

/// The places of a model that words are looked for in, and what a word found there weighs.
enum SearchField: UInt8, CaseIterable {
    case name = 0x6E  // n: the name and the title
    case context = 0x63  // c
    case summary = 0x73  // s
    case readme = 0x72  // r

    var weight: Float {
        switch self {
        case .name: 5
        case .context: 3
        case .summary: 2
        case .readme: 1
        }
    }

    /// The field's two bits in the level of a model (see ``SearchScratch``).
    var shift: UInt8 {
        switch self {
        case .name: 0
        case .context: 2
        case .summary: 4
        case .readme: 6
        }
    }

    /// A term as it is indexed in the field.
    func term(_ text: String) -> String { String(UnicodeScalar(rawValue)) + text }

    /// The one term of a whole name, without anything that separates its words.
    static func wholeName(_ name: some StringProtocol) -> String { "x" + SearchText.joined(name) }

    /// The README's words that are indexed; a longer text only repeats itself.
    private static let readmeWords = 4000

    /// The row of `model_search` of a model: each term once.
    static func words(name: String, title: String, context: [String], summary: String, readme: String) -> String {
        var seen: Set<String> = []
        var words = ""
        func add(_ term: String) {
            if seen.insert(term).inserted { words += words.isEmpty ? term : " " + term }
        }
        func add(_ texts: [String], _ field: SearchField, maximum: Int = .max) {
            for text in texts {
                for term in SearchText.terms(indexing: text, maximumWords: maximum) { add(field.term(term)) }
            }
        }
        add(wholeName(name.split(separator: "/").last ?? ""))
        add([name, title], .name)
        add(context, .context)
        add([summary], .summary)
        add([readme], .readme, maximum: readmeWords)
        return words
    }
}
