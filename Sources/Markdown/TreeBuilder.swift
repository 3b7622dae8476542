import CMarkdown

/// Turns cmark's tree into ``Block`` values, keeping only what is safe.
///
/// cmark's tree may be as deep as the source is long. It is walked with cmark's iterator, and the values are nested no
/// deeper than ``maximumDepth``: what is deeper joins the innermost level. So may everything after it use recursion.
struct TreeBuilder {
    static let maximumDepth = 24
    /// Bytes of text, URLs and titles, and 16 for each value: references can name one long URL thousands of times.
    private static let maximumOutput = 4 * 1024 * 1024

    private enum Kind {
        case document, quote, list, item(isChecked: Bool?), paragraph, heading
        case table, row(isHeader: Bool), cell
        case emphasis, strong, strike, link, image

        /// Whether it may hold its own kind, so that its depth has to be bounded.
        var isNested: Bool {
            switch self {
            case .quote, .list, .emphasis, .strong, .strike: true
            default: false
            }
        }
    }

    private struct Level {
        let kind: Kind
        var blocks: [Block] = []
        var inlines: [Inline] = []
        var items: [Block.Item] = []
        var cells: [Block.Table.Cell] = []
        var header: [Block.Table.Cell] = []
        var rows: [[Block.Table.Cell]] = []
    }

    private var levels: [Level] = []
    /// For each node that is open in cmark's tree: whether it has a level of its own.
    private var open: [Bool] = []
    private var depth = 0
    private var links = 0
    private var output = 0
    private var ids = HeadingIDs()

    /// The blocks of `source`, or nil when they would become too large.
    static func blocks(of source: String, with extensions: [String]) -> [Block]? {
        Parser.withTree(of: source, extensions: extensions) { iterator in
            var builder = TreeBuilder()
            while true {
                let event = cmark_iter_next(iterator)
                guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
                if event == CMARK_EVENT_ENTER {
                    builder.enter(node)
                } else {
                    builder.exit(node)
                }
                guard builder.output <= maximumOutput else { return nil }
            }
            return builder.levels.first?.blocks ?? []
        }
    }

    private mutating func enter(_ node: OpaquePointer) {
        output += 16
        switch Node.type(node) {
        case "document": levels = [Level(kind: .document)]
        case "block_quote": begin(.quote)
        case "list": begin(.list)
        // An item goes with its list: both have a level, or neither.
        case "item": begin(.item(isChecked: nil), if: open.last ?? false)
        case "tasklist": begin(.item(isChecked: Node.isChecked(node)), if: open.last ?? false)
        case "paragraph": begin(.paragraph)
        case "heading": begin(.heading)
        case "table": begin(.table)
        case "table_header": begin(.row(isHeader: true))
        case "table_row": begin(.row(isHeader: false))
        case "table_cell": begin(.cell)
        case "emph": begin(.emphasis)
        case "strong": begin(.strong)
        case "strikethrough": begin(.strike)
        case "link":
            begin(.link)
            links += 1
        case "image": begin(.image)
        case "code_block": add(.code(language: Node.language(node), counted(Node.literal(node))))
        case "thematic_break": add(.rule)
        case "text": add(.text(counted(Node.literal(node))))
        case "code": add(.code(counted(Node.literal(node))))
        case "softbreak": add(.text("\n"))
        case "linebreak": add(.lineBreak)
        // The one tag that READMEs need, inside of table cells.
        case "html_inline" where Node.isLineBreakTag(node): add(.lineBreak)
        default: break
        }
    }

    private mutating func exit(_ node: OpaquePointer) {
        guard levels.count > 1, let hasLevel = open.popLast(), hasLevel, let level = levels.popLast() else { return }
        if level.kind.isNested { depth -= 1 }
        switch level.kind {
        case .document: levels.append(level)
        case .quote: add(.quote(level.blocks))
        case .list: add(.list(start: Node.start(node), isTight: Node.isTight(node), level.items))
        case .item(let isChecked): top { $0.items.append(Block.Item(isChecked: isChecked, blocks: level.blocks)) }
        case .paragraph: if !level.inlines.isEmpty { add(.paragraph(level.inlines)) }
        case .heading:
            let id = counted(ids.id(for: level.inlines.plainText))
            add(.heading(level: Node.headingLevel(node), id: id, level.inlines))
        case .table: add(.table(Block.Table(alignments: Node.alignments(node), header: level.header, rows: level.rows)))
        case .row(isHeader: true): top { $0.header = level.cells }
        case .row(isHeader: false): top { $0.rows.append(level.cells) }
        case .cell: top { $0.cells.append(level.inlines) }
        case .emphasis: add(.emphasis(level.inlines))
        case .strong: add(.strong(level.inlines))
        case .strike: add(.strike(level.inlines))
        case .link:
            links -= 1
            addLink(to: LinkTarget(Node.url(node)), title: Node.title(node), level.inlines)
        case .image: addImage(node, alt: level.inlines.plainText)
        }
    }

    private mutating func addLink(to target: LinkTarget?, title: String?, _ children: [Inline]) {
        guard let target, !children.isEmpty, links == 0 else {
            for child in children { add(child) }
            return
        }
        add(.link(url: counted(target.url), title: title.map { counted($0) }, children))
    }

    /// A picture of the version, else a link to where it is: nothing is loaded from elsewhere.
    private mutating func addImage(_ node: OpaquePointer, alt: String) {
        let url = Node.url(node)
        let target = LinkTarget(url)
        if case .relative = target, let path = PicturePath.normalized(url) {
            add(.image(path: counted(path), alt: counted(alt), title: Node.title(node).map { counted($0) }))
        } else {
            let text = alt.isEmpty ? target?.url ?? "" : alt
            addLink(to: target, title: nil, text.isEmpty ? [] : [.text(counted(text))])
        }
    }

    private mutating func begin(_ kind: Kind) {
        begin(kind, if: !kind.isNested || depth < Self.maximumDepth)
    }

    private mutating func begin(_ kind: Kind, if hasLevel: Bool) {
        open.append(hasLevel)
        guard hasLevel else { return }
        levels.append(Level(kind: kind))
        if kind.isNested { depth += 1 }
    }

    private mutating func top(_ change: (inout Level) -> Void) {
        change(&levels[levels.count - 1])
    }

    private mutating func add(_ block: Block) {
        top { $0.blocks.append(block) }
    }

    private mutating func add(_ inline: Inline) {
        top { $0.inlines.add(inline) }
    }

    private mutating func counted(_ text: String) -> String {
        output += text.utf8.count
        return text
    }
}
