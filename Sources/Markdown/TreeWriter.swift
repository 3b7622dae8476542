/// Writes a document as the tree that the portal builds its nodes from.
struct TreeWriter {
    private var bytes: [UInt8] = []

    mutating func write(_ document: MarkdownDocument) -> [UInt8] {
        object("document") { $0.member("children") { $0.add(document.blocks) } }
        return bytes
    }

    private mutating func add(_ blocks: [Block]) { array(blocks) { $0.add($1) } }

    private mutating func add(_ inlines: [Inline]) { array(inlines) { $0.add($1) } }

    private mutating func add(_ block: Block) {
        switch block {
        case .heading(let level, let id, let inlines):
            object("heading") {
                $0.member("level") { $0.raw("\(level)") }
                $0.member("id") { $0.string(id) }
                $0.member("children") { $0.add(inlines) }
            }
        case .paragraph(let inlines):
            object("paragraph") { $0.member("children") { $0.add(inlines) } }
        case .quote(let blocks):
            object("quote") { $0.member("children") { $0.add(blocks) } }
        case .list(let start, let isTight, let items):
            object("list") {
                $0.member("ordered") { $0.raw(start == nil ? "false" : "true") }
                if let start { $0.member("start") { $0.raw("\(start)") } }
                $0.member("tight") { $0.raw(isTight ? "true" : "false") }
                $0.member("children") { $0.array(items) { $0.add($1) } }
            }
        case .code(let language, let text):
            object("code_block") {
                if let language { $0.member("language") { $0.string(language) } }
                $0.member("text") { $0.string(text) }
            }
        case .table(let table):
            object("table") {
                $0.member("alignments") { $0.array(table.alignments) { $0.string($1.rawValue) } }
                $0.member("header") { $0.array(table.header) { $0.add($1) } }
                $0.member("rows") { $0.array(table.rows) { $0.array($1) { $0.add($1) } } }
            }
        case .rule: object("rule") { _ in }
        case .plainText(let text): object("plain_text") { $0.member("text") { $0.string(text) } }
        }
    }

    private mutating func add(_ item: Block.Item) {
        object("item") {
            if let isChecked = item.isChecked { $0.member("checked") { $0.raw(isChecked ? "true" : "false") } }
            $0.member("children") { $0.add(item.blocks) }
        }
    }

    private mutating func add(_ inline: Inline) {
        switch inline {
        case .text(let text): object("text") { $0.member("text") { $0.string(text) } }
        case .emphasis(let children): object("emphasis") { $0.member("children") { $0.add(children) } }
        case .strong(let children): object("strong") { $0.member("children") { $0.add(children) } }
        case .strike(let children): object("strike") { $0.member("children") { $0.add(children) } }
        case .code(let text): object("code") { $0.member("text") { $0.string(text) } }
        case .link(let url, let title, let children):
            object("link") {
                $0.member("url") { $0.string(url) }
                if let title { $0.member("title") { $0.string(title) } }
                $0.member("children") { $0.add(children) }
            }
        case .image(let path, let alt, let title):
            object("image") {
                $0.member("path") { $0.string(path) }
                $0.member("alt") { $0.string(alt) }
                if let title { $0.member("title") { $0.string(title) } }
            }
        case .lineBreak: object("break") { _ in }
        }
    }

    private mutating func object(_ kind: String, _ members: (inout Self) -> Void) {
        raw("{\"kind\":\"")
        raw(kind)
        raw("\"")
        members(&self)
        raw("}")
    }

    private mutating func member(_ name: String, _ value: (inout Self) -> Void) {
        raw(",\"")
        raw(name)
        raw("\":")
        value(&self)
    }

    private mutating func array<Element>(_ elements: [Element], _ add: (inout Self, Element) -> Void) {
        raw("[")
        var isFirst = true
        for element in elements {
            if !isFirst { raw(",") }
            isFirst = false
            add(&self, element)
        }
        raw("]")
    }

    private mutating func string(_ text: String) {
        raw("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): raw("\\n")
            case UInt8(ascii: "\t"): raw("\\t")
            case 0..<0x20: raw("\\ufffd")
            default: bytes.append(byte)
            }
        }
        raw("\"")
    }

    private mutating func raw(_ text: String) { bytes += text.utf8 }
}
