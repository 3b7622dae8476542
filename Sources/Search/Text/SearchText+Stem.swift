import Registry
extension SearchText {
    /// The stem of an English word: endings of number, tense and derivation cut off, so that detection, detector and
    /// detecting are one term. Words with digits or other letters stay as they are.
    ///
    /// A stem need not be a word; it only has to be the same for related words and seldom for others.
    package static func stem(_ word: String) -> String {
        var bytes = Array(word.utf8)
        guard bytes.count > 3, bytes.allSatisfy(\.isLowercaseLetter) else { return word }
        cutPlural(&bytes)
        for (ending, replacement) in endings where bytes.count >= ending.count + 4 && bytes.ends(with: ending) {
            bytes.removeLast(ending.count)
            bytes.append(contentsOf: replacement)
            break
        }
        if bytes.count > 4, bytes.last == UInt8(ascii: "e") { bytes.removeLast() }
        if bytes.count > 4, let last = bytes.last, last == bytes[bytes.count - 2], doubled.contains(last) {
            bytes.removeLast()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func cutPlural(_ bytes: inout [UInt8]) {
        guard bytes.last == UInt8(ascii: "s") else { return }
        if bytes.ends(with: Array("ies".utf8)), bytes.count > 5 {
            bytes.removeLast(3)
            bytes.append(UInt8(ascii: "y"))
        } else if bytes.ends(with: Array("sses".utf8)) || bytes.ends(with: Array("xes".utf8))
            || bytes.ends(with: Array("ches".utf8)) || bytes.ends(with: Array("shes".utf8))
        {
            bytes.removeLast(2)
        } else if let before = bytes.dropLast().last, !Array("suai".utf8).contains(before) {
            bytes.removeLast()
        }
    }

    private static let doubled = Set("bdglmnprt".utf8)

    // The longest ending comes first; what is left has at least four letters.
    private static let endings: [(ending: [UInt8], replacement: [UInt8])] = [
        ("ification", "ifi"), ("ifying", "ifi"), ("ified", "ifi"), ("ifier", "ifi"), ("ify", "ifi"),
        ("ization", ""), ("isation", ""), ("izing", ""), ("ising", ""), ("izer", ""), ("iser", ""), ("ized", ""),
        ("ised", ""), ("ize", ""), ("ise", ""), ("ations", ""), ("ation", ""), ("ating", ""), ("ative", ""),
        ("ator", ""), ("ated", ""), ("ate", ""), ("ition", ""), ("itive", ""), ("ment", ""), ("ness", ""),
        ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""), ("ors", ""), ("or", ""), ("ers", ""), ("er", ""),
        ("ed", ""),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
}

extension [UInt8] {
    fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
