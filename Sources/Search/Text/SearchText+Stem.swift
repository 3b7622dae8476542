import Registry

extension SearchText {
    /// The stem of an English word: endings of number, tense and derivation cut off, so that detection, detector and
    /// detecting are one term, and British and American spelling are the same. Words with digits or other letters stay
    /// as they are.
    ///
    /// A stem need not be a word; it only has to be the same for related words and seldom for others.
    package static func stem(_ word: String) -> String {
        if let known = Spelling.irregular[word] { return known }
        var bytes = Array(word.utf8)
        guard bytes.count > 3, bytes.allSatisfy(\.isLowercaseLetter) else { return word }
        cutPlural(&bytes)
        Spelling.americanise(&bytes)
        if Spelling.whole.contains(bytes) { return String(decoding: bytes, as: UTF8.self) }
        cut(endings, from: &bytes)
        if bytes.count > 5, bytes.last == UInt8(ascii: "y"), let before = bytes.dropLast().last,
            !"aeiouy".utf8.contains(before)
        {
            bytes.removeLast()
        }
        if bytes.count > 4, bytes.last == UInt8(ascii: "e") { bytes.removeLast() }
        if bytes.count > 4, let last = bytes.last, last == bytes[bytes.count - 2], doubled.contains(last) {
            bytes.removeLast()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func cutPlural(_ bytes: inout [UInt8]) {
        guard bytes.last == UInt8(ascii: "s") else { return }
        if bytes.ends(with: "ies"), bytes.count > 5 {
            bytes.removeLast(3)
            bytes.append(UInt8(ascii: "y"))
        } else if bytes.ends(with: "sses") || bytes.ends(with: "xes") || bytes.ends(with: "ches")
            || bytes.ends(with: "shes")
        {
            bytes.removeLast(2)
        } else if let before = bytes.dropLast().last, !"suai".utf8.contains(before) {
            bytes.removeLast()
        }
    }

    /// Cuts the first ending that fits; what is left has at least four letters. Behind a cut -ing or -ed another ending
    /// may show: monitoring, monitor.
    private static func cut(_ endings: [Ending], from bytes: inout [UInt8]) {
        guard let ending = endings.first(where: { bytes.count >= $0.text.count + 4 && bytes.ends(with: $0.text) })
        else { return }
        bytes.removeLast(ending.text.count)
        bytes.append(contentsOf: ending.replacement)
        if ending.mayFollowAnother, !Spelling.whole.contains(bytes) { cut(agents, from: &bytes) }
    }

    private struct Ending: Sendable {
        let text: [UInt8]
        let replacement: [UInt8]
        let mayFollowAnother: Bool

        init(_ text: String, _ replacement: String = "") {
            self.text = Array(text.utf8)
            self.replacement = Array(replacement.utf8)
            mayFollowAnother = ["ing", "ings", "ed"].contains(text)
        }
    }

    private static let doubled = Set("bdglmnprt".utf8)
    private static let agents = [Ending("or"), Ending("er")]

    // The longest ending comes first.
    private static let endings =
        [("ification", "ifi"), ("ifying", "ifi"), ("ified", "ifi"), ("ifier", "ifi"), ("ify", "ifi")]
        .map { Ending($0.0, $0.1) }
        + [Ending("cription", "crib")]
        + [
            "ization", "isation", "izing", "ising", "izer", "iser", "ized", "ised", "ize", "ise", "ations", "ation",
            "ating", "ative", "ator", "ated", "ate", "ition", "itive", "ment", "ness", "ions", "ion", "ings", "ing",
            "ors", "or", "ers", "er", "ed",
        ].map { Ending($0) }
}

extension [UInt8] {
    fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }

    fileprivate func ends(with other: StaticString) -> Bool {
        other.withUTF8Buffer { suffix($0.count).elementsEqual($0) }
    }
}
