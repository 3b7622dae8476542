import Registry

/// The keys that are pressed for Hangul on the two-set keyboard (KS X 5002), which nearly all Korean keyboards are.
///
/// A word that somebody is still typing, or typed while the keyboard was set to the other language, is the same keys:
/// 방범 is `qkdqja`, and so are 방ㅂㅓㅁ and its first step 방ㅂ a beginning of it. Shift is left out, as queries are
/// compared in small letters: ㅃ and ㅂ are both `q`.
package enum Keystrokes {
    /// The keys for a text; what is no Hangul stands for itself, and spaces are left out.
    package static func keys(of text: some StringProtocol) -> [UInt8] {
        var keys: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xAC00...0xD7A3:
                let (rest, last) = (scalar.value - 0xAC00).quotientAndRemainder(dividingBy: 28)
                keys += leads[Int(rest / 21)].utf8
                keys += vowels[Int(rest % 21)].utf8
                keys += tails[Int(last)].utf8
            case 0x1100...0x1112: keys += leads[Int(scalar.value - 0x1100)].utf8
            case 0x1161...0x1175: keys += vowels[Int(scalar.value - 0x1161)].utf8
            case 0x11A8...0x11C2: keys += tails[Int(scalar.value - 0x11A7)].utf8
            case 0x3131...0x3163: keys += letters[Int(scalar.value - 0x3131)].utf8
            case 0x20: break
            default: keys += Array(Character(scalar).utf8)
            }
        }
        return keys
    }

    /// What the keys write when the keyboard is set to Hangul; nil when one of them is no letter.
    ///
    /// A consonant belongs to the vowel behind it, else it ends the syllable. Letters that make no syllable stay single.
    package static func hangul(of text: some StringProtocol) -> String? {
        let keys = Array(text.utf8)
        guard !keys.isEmpty, keys.allSatisfy(\.isLowercaseLetter) else { return nil }
        var result = String.UnicodeScalarView()
        var place = 0
        while place < keys.count {
            guard let (scalar, length) = syllable(keys[place...]) else { return nil }
            result.append(scalar)
            place += length
        }
        return String(result)
    }

    /// Whether a text holds a letter of Hangul that stands in no syllable.
    package static func hasSingleLetter(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains(where: isSingleLetter)
    }

    static func isSingleLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x1100...0x11FF).contains(scalar.value) || (0x3131...0x3163).contains(scalar.value)
    }

    /// The first syllable, or single letter, of some keys, and how many of them it takes.
    private static func syllable(_ keys: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        func text(_ start: Int, _ length: Int) -> String? {
            let from = keys.startIndex + start
            guard from + length <= keys.endIndex else { return nil }
            return String(decoding: keys[from..<from + length], as: UTF8.self)
        }
        func longest(in list: [String], at start: Int) -> (index: Int, length: Int)? {
            for length in [2, 1] {
                if let keys = text(start, length), let index = list.firstIndex(of: keys) { return (index, length) }
            }
            return nil
        }
        guard let first = text(0, 1) else { return nil }
        guard let lead = leads.firstIndex(of: first), let vowel = longest(in: vowels, at: 1) else {
            return letters.firstIndex(of: first).flatMap { Unicode.Scalar(UInt32(0x3131 + $0)) }.map { ($0, 1) }
        }
        var length = 1 + vowel.length
        var tail = longest(in: tails, at: length)
        // The last consonant begins the next syllable where a vowel follows it.
        if let found = tail, longest(in: vowels, at: length + found.length) != nil {
            tail = found.length == 1 ? nil : text(length, 1).flatMap(tails.firstIndex).map { ($0, 1) }
        }
        length += tail?.length ?? 0
        return Unicode.Scalar(UInt32(0xAC00 + (lead * 21 + vowel.index) * 28 + (tail?.index ?? 0))).map { ($0, length) }
    }

    // Without Shift ㄲ is the key of ㄱ, and so on: the plain letter stands first, so that it is the one that is found.
    private static let leads = words("r r s e e f a q q t t d w w c z x v g")
    private static let vowels = words("k o i o j p u p h hk ho hl y n nj np nl b m ml l")
    private static let tails = [""] + words("r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g")
    /// Of U+3131 to U+3163.
    private static let letters = words(
        "r r rt s sw sg e e f fr fa fq ft fx fv fg a q q qt t t d w w c z x v g "
            + "k o i o j p u p h hk ho hl y n nj np nl b m ml l")

    private static func words(_ list: String) -> [String] { list.split(separator: " ").map(String.init) }
}
