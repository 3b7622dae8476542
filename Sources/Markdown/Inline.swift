/// A piece of a line of a rendered README.
public indirect enum Inline: Hashable, Sendable {
    /// A line feed in it is a line break of the source, shown as a space.
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case strike([Inline])
    case code(String)
    /// `url` is http, https, mailto or relative, percent-encoded. Links are never nested.
    case link(url: String, title: String?, [Inline])
    /// A picture among the artifacts of the version; `path` is an artifact's path, without `..` and not percent-encoded.
    case image(path: String, alt: String, title: String?)
    case lineBreak
}

extension [Inline] {
    /// The words, without markup.
    var plainText: String {
        var text = ""
        for inline in self {
            switch inline {
            case .text(let words), .code(let words): text += words
            case .emphasis(let children), .strong(let children), .strike(let children), .link(_, _, let children):
                text += children.plainText
            case .image(_, let alt, _): text += alt
            case .lineBreak: text += "\n"
            }
        }
        return text
    }

    /// Appends, joining text to text: cmark cuts text at every character that might have been markup.
    mutating func add(_ inline: Inline) {
        if case .text(let more) = inline, case .text(var text)? = last {
            // Gives up the other reference, so that the text grows in place.
            self[count - 1] = .lineBreak
            text += more
            self[count - 1] = .text(text)
        } else {
            append(inline)
        }
    }
}
