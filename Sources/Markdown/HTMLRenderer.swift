import Encoding

/// Writes a document as an HTML fragment. Text is escaped in one place, and no tag or attribute comes from the source.
struct HTMLRenderer {
    private var html = ""
    private let pictures: String

    init(pictures: String) {
        self.pictures = pictures
    }

    mutating func render(_ blocks: [Block]) -> String {
        for block in blocks { add(block) }
        return html
    }

    private mutating func add(_ block: Block) {
        switch block {
        case .heading(let level, let id, let inlines):
            html += "<h\(level) id=\"\(Self.idPrefix)"
            escape(id)
            html += "\">"
            add(inlines)
            html += "</h\(level)>\n"
        case .paragraph(let inlines):
            html += "<p>"
            add(inlines)
            html += "</p>\n"
        case .quote(let blocks):
            html += "<blockquote>\n"
            for block in blocks { add(block) }
            html += "</blockquote>\n"
        case .list(let start, let isTight, let items):
            html += start.map { $0 == 1 ? "<ol>\n" : "<ol start=\"\($0)\">\n" } ?? "<ul>\n"
            for item in items { add(item, isTight: isTight) }
            html += start == nil ? "</ul>\n" : "</ol>\n"
        case .code(let language, let text):
            html += "<pre><code"
            if let language {
                html += " class=\"language-"
                escape(language)
                html += "\""
            }
            html += ">"
            escape(text)
            html += "</code></pre>\n"
        case .table(let table): add(table)
        case .rule: html += "<hr>\n"
        case .plainText(let text):
            html += "<pre>"
            escape(text)
            html += "</pre>\n"
        }
    }

    private mutating func add(_ item: Block.Item, isTight: Bool) {
        html += "<li>"
        if let isChecked = item.isChecked {
            html += "<input type=\"checkbox\" disabled\(isChecked ? " checked" : "")> "
        }
        for block in item.blocks {
            if isTight, case .paragraph(let inlines) = block {
                add(inlines)
            } else {
                add(block)
            }
        }
        html += "</li>\n"
    }

    private mutating func add(_ table: Block.Table) {
        html += "<table>\n<thead>\n"
        add(row: table.header, "th", table.alignments)
        html += "</thead>\n<tbody>\n"
        for row in table.rows { add(row: row, "td", table.alignments) }
        html += "</tbody>\n</table>\n"
    }

    private mutating func add(row: [Block.Table.Cell], _ tag: StaticString, _ alignments: [Block.Alignment]) {
        html += "<tr>"
        for (column, cell) in row.enumerated() {
            let alignment = column < alignments.count ? alignments[column] : .none
            html += alignment == .none ? "<\(tag)>" : "<\(tag) align=\"\(alignment.rawValue)\">"
            add(cell)
            html += "</\(tag)>"
        }
        html += "</tr>\n"
    }

    private mutating func add(_ inlines: [Inline]) {
        for inline in inlines {
            switch inline {
            case .text(let text): escape(text)
            case .emphasis(let children): add(children, in: "em")
            case .strong(let children): add(children, in: "strong")
            case .strike(let children): add(children, in: "del")
            case .code(let text): add([.text(text)], in: "code")
            case .link(let url, let title, let children):
                html += "<a href=\""
                escape(url.hasPrefix("#") ? "#" + Self.idPrefix + url.dropFirst() : url)
                add(title: title)
                html += " rel=\"nofollow noopener noreferrer\">"
                add(children)
                html += "</a>"
            case .image(let path, let alt, let title):
                html += "<img src=\""
                escape(pictures + PercentEncoding.encode(path, keeping: "/"))
                html += "\" alt=\""
                escape(alt)
                add(title: title)
                html += ">"
            case .lineBreak: html += "<br>\n"
            }
        }
    }

    private mutating func add(_ children: [Inline], in tag: StaticString) {
        html += "<\(tag)>"
        add(children)
        html += "</\(tag)>"
    }

    /// Closes the attribute before it.
    private mutating func add(title: String?) {
        html += "\""
        guard let title else { return }
        html += " title=\""
        escape(title)
        html += "\""
    }

    /// Keeps the names of headings apart from those of the page, which scripts may look up (DOM clobbering).
    private static let idPrefix = "user-content-"

    private mutating func escape(_ text: some StringProtocol) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
    }
}

extension MarkdownDocument {
    /// The document as an HTML fragment without scripts, event handlers or anything loaded from elsewhere.
    ///
    /// `pictures` is the URL, with a final `/`, below which the artifacts of the version are served.
    public func html(pictures: String = "") -> String {
        var renderer = HTMLRenderer(pictures: pictures)
        return renderer.render(blocks)
    }
}
