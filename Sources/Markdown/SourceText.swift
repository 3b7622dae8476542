/// The source of a document as valid UTF-8, cut into front matter and body.
struct SourceText {
    let frontMatter: String?
    let body: String

    init(_ bytes: [UInt8]) {
        var text = Substring(String(decoding: bytes, as: UTF8.self))
        if text.unicodeScalars.first == "\u{FEFF}" { text = Substring(text.unicodeScalars.dropFirst()) }
        guard let matter = Self.frontMatter(of: text) else {
            frontMatter = nil
            body = String(text)
            return
        }
        frontMatter = String(matter.inside)
        body = String(matter.rest)
    }

    /// What is between a first line `---` and the next line `---` or `...`.
    private static func frontMatter(of text: Substring) -> (inside: Substring, rest: Substring)? {
        let bytes = text.utf8
        guard let first = line(of: bytes[...]), isFence(first.line, closing: false) else { return nil }
        var rest = first.rest
        while let next = line(of: rest) {
            if isFence(next.line, closing: true) {
                return (Substring(bytes[first.rest.startIndex..<next.line.startIndex]), Substring(next.rest))
            }
            rest = next.rest
        }
        return nil
    }

    private typealias Bytes = Substring.UTF8View.SubSequence

    private static func line(of bytes: Bytes) -> (line: Bytes, rest: Bytes)? {
        guard !bytes.isEmpty else { return nil }
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return (bytes, bytes[bytes.endIndex...]) }
        return (bytes[..<end], bytes[bytes.index(after: end)...])
    }

    private static func isFence(_ line: Bytes, closing: Bool) -> Bool {
        guard let last = line.lastIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return false }
        let mark = line[...last]
        return mark.elementsEqual("---".utf8) || (closing && mark.elementsEqual("...".utf8))
    }
}
