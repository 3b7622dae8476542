/// A README, parsed once into a tree of safe values (CommonMark with GitHub's tables, strikethrough, autolinks, tasks).
///
/// Raw HTML is left out, remote pictures become links, and only http, https, mailto and relative links remain.
/// What would cost too much to render is kept as one ``Block/plainText(_:)``.
public struct MarkdownDocument: Hashable, Sendable {
    /// Bytes that are rendered; a larger document is shown as plain text.
    public static let maximumLength = 64 * 1024

    public let blocks: [Block]
    /// What stood between two lines `---` at the very top, not parsed. It is no part of ``blocks``.
    public let frontMatter: String?

    /// Parses `source`, replacing invalid UTF-8 and NUL by U+FFFD. There is no source that cannot be parsed.
    public init(parsing source: [UInt8]) {
        let source = SourceText(source)
        frontMatter = source.frontMatter
        if source.body.utf8.count <= Self.maximumLength, let blocks = Self.rendered(source.body) {
            self.blocks = blocks
        } else {
            blocks = [.plainText(SafeText.cleaned(source.body))]
        }
    }

    /// Nil when it would cost too much.
    private static func rendered(_ body: String) -> [Block]? {
        let cost = ParsingCost(of: body)
        return cost.isBearable ? TreeBuilder.blocks(of: body, with: cost.extensions) : nil
    }

    /// Whether the source was too large, or too costly, to be rendered.
    public var isPlainText: Bool {
        guard case .plainText? = blocks.first else { return false }
        return true
    }

    /// The words for the search index, a block a line: headings, paragraphs, tables, but no code blocks.
    public var plainText: String {
        var lines: [String] = []
        for block in blocks { block.addWords(to: &lines) }
        return lines.joined(separator: "\n")
    }
}

extension Block {
    /// Recursion is as deep as the tree, which ``TreeBuilder`` bounds.
    fileprivate func addWords(to lines: inout [String]) {
        switch self {
        case .heading(_, _, let inlines), .paragraph(let inlines): lines.append(inlines.plainText)
        case .quote(let blocks): for block in blocks { block.addWords(to: &lines) }
        case .list(_, _, let items): for item in items { for block in item.blocks { block.addWords(to: &lines) } }
        case .table(let table):
            for row in [table.header] + table.rows { lines.append(row.map(\.plainText).joined(separator: " ")) }
        case .plainText(let text): lines.append(text)
        case .code, .rule: break
        }
    }
}
