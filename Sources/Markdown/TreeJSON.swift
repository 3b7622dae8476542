import JSON

extension MarkdownDocument {
    /// The document as compact JSON: `{"kind":"document","children":[block…]}`. Every node has a `kind`.
    ///
    /// | block | members |
    /// |---|---|
    /// | `heading` | `level` 1–6, `id`, `children` |
    /// | `paragraph` `quote` | `children` |
    /// | `list` | `ordered`, `start` (only of ordered ones), `tight`, `children`: `item` |
    /// | `item` | `checked` (only of tasks), `children`: blocks |
    /// | `code_block` | `language` (where known), `text` |
    /// | `table` | `alignments`: `none`, `left`, `center`, `right`; `header`: cells; `rows`: arrays of cells; a cell is an array of inlines |
    /// | `rule` | |
    /// | `plain_text` | `text`: the whole source, when it is too large to be rendered |
    ///
    /// | inline | members |
    /// |---|---|
    /// | `text` `code` | `text`; a line feed is a line break of the source |
    /// | `emphasis` `strong` `strike` | `children` |
    /// | `link` | `url` (http, https, mailto or relative; `#…` names a heading's `id`), `title` (if any), `children` |
    /// | `image` | `path` of an artifact of the version, not percent-encoded; `alt`; `title` (if any) |
    /// | `break` | |
    ///
    /// An `id` comes from the source: put a prefix before it in a page, as ``html(pictures:)`` does.
    public var treeJSON: [UInt8] {
        JSONWriter.bytes { json in
            json.node("document") { json in json.array("children") { json in json.add(blocks) } }
        }
    }
}

/// Recursion is as deep as the tree, which ``TreeBuilder`` bounds.
extension JSONWriter {
    fileprivate mutating func node(_ kind: String, _ members: (inout JSONWriter) -> Void) {
        object { json in
            json.member("kind", kind)
            members(&json)
        }
    }

    fileprivate mutating func add(_ blocks: [Block]) {
        for block in blocks { add(block) }
    }

    private mutating func add(_ block: Block) {
        switch block {
        case .heading(let level, let id, let inlines):
            node("heading") { json in
                json.member("level", level)
                json.member("id", id)
                json.children(inlines)
            }
        case .paragraph(let inlines): node("paragraph") { json in json.children(inlines) }
        case .quote(let blocks): node("quote") { json in json.array("children") { json in json.add(blocks) } }
        case .list(let start, let isTight, let items):
            node("list") { json in
                json.member("ordered", start != nil)
                if let start { json.member("start", start) }
                json.member("tight", isTight)
                json.array("children") { json in for item in items { json.add(item) } }
            }
        case .code(let language, let text):
            node("code_block") { json in
                if let language { json.member("language", language) }
                json.member("text", text)
            }
        case .table(let table):
            node("table") { json in
                json.member("alignments", table.alignments.map(\.rawValue))
                json.key("header")
                json.add(row: table.header)
                json.array("rows") { json in for row in table.rows { json.add(row: row) } }
            }
        case .rule: node("rule") { _ in }
        case .plainText(let text): node("plain_text") { json in json.member("text", text) }
        }
    }

    private mutating func add(_ item: Block.Item) {
        node("item") { json in
            if let isChecked = item.isChecked { json.member("checked", isChecked) }
            json.array("children") { json in json.add(item.blocks) }
        }
    }

    private mutating func add(row: [Block.Table.Cell]) {
        array { json in for cell in row { json.array { json in json.add(cell) } } }
    }

    private mutating func children(_ inlines: [Inline]) {
        array("children") { json in json.add(inlines) }
    }

    private mutating func add(_ inlines: [Inline]) {
        for inline in inlines { add(inline) }
    }

    private mutating func add(_ inline: Inline) {
        switch inline {
        case .text(let text): node("text") { json in json.member("text", text) }
        case .emphasis(let inlines): node("emphasis") { json in json.children(inlines) }
        case .strong(let inlines): node("strong") { json in json.children(inlines) }
        case .strike(let inlines): node("strike") { json in json.children(inlines) }
        case .code(let text): node("code") { json in json.member("text", text) }
        case .link(let url, let title, let inlines):
            node("link") { json in
                json.member("url", url)
                if let title { json.member("title", title) }
                json.children(inlines)
            }
        case .image(let path, let alt, let title):
            node("image") { json in
                json.member("path", path)
                json.member("alt", alt)
                if let title { json.member("title", title) }
            }
        case .lineBreak: node("break") { _ in }
        }
    }
}
