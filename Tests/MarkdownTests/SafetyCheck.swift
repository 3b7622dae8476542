import JSON
import Markdown
import Testing

/// Everything that is allowed in the outputs. Whatever is not listed here is a finding.
enum SafetyCheck {
    private static let attributes: [String: Set<String>] = [
        "a": ["href", "title", "rel"], "img": ["src", "alt", "title"], "input": ["type", "disabled", "checked"],
        "ol": ["start"], "code": ["class"], "td": ["align"], "th": ["align"],
        "h1": ["id"], "h2": ["id"], "h3": ["id"], "h4": ["id"], "h5": ["id"], "h6": ["id"],
        "p": [], "em": [], "strong": [], "del": [], "pre": [], "blockquote": [], "ul": [], "li": [], "hr": [], "br": [],
        "table": [], "thead": [], "tbody": [], "tr": [],
    ]
    private static let kinds: Set<String> = [
        "document", "heading", "paragraph", "quote", "list", "item", "code_block", "table", "rule", "plain_text",
        "text",
        "emphasis", "strong", "strike", "code", "link", "image", "break",
    ]

    static func findings(in document: MarkdownDocument) throws -> [String] {
        var findings = findings(inHTML: document.html())
        check(try JSONValue(parsing: document.treeJSON, maximumDepth: 200), &findings)
        return findings
    }

    /// Reads tags strictly: a `<` begins one, attributes have double quotes, and nothing else is known.
    private static func findings(inHTML html: String) -> [String] {
        var findings: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            guard let end = rest.firstIndex(of: ">") else { return findings + ["unfinished tag"] }
            let tag = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if tag.contains("<") { findings.append("tag in tag: \(tag)") }
            let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
            guard let allowed = attributes[name] else {
                findings.append("tag: \(tag)")
                continue
            }
            findings += self.findings(inAttributes: tag.drop { $0 == "/" }.dropFirst(name.count), allowed)
        }
        return findings
    }

    private static func findings(inAttributes text: Substring, _ allowed: Set<String>) -> [String] {
        var findings: [String] = []
        var rest = text
        while !rest.isEmpty {
            guard rest.first == " " else { return findings + ["attribute: \(rest)"] }
            rest = rest.dropFirst()
            let name = String(rest.prefix { $0.isLetter })
            if !allowed.contains(name) { findings.append("attribute: \(rest)") }
            rest = rest.dropFirst(name.count)
            guard rest.hasPrefix("=\"") else { continue }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            rest = rest.dropFirst(3 + value.count)
            if name == "href" || name == "src" { findings += self.findings(inURL: String(value)) }
        }
        return findings
    }

    private static func findings(inURL url: String) -> [String] {
        let isPlain = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        let scheme = url.prefix { !"/?#".contains($0) }
        let isRelative = !scheme.contains(":") && !url.hasPrefix("//")
        let isKnown = ["http://", "https://", "mailto:"].contains { url.lowercased().hasPrefix($0) }
        return isPlain && (isRelative || isKnown) ? [] : ["URL: \(url)"]
    }

    private static func check(_ value: JSONValue, _ findings: inout [String]) {
        switch value {
        case .array(let elements): for element in elements { check(element, &findings) }
        case .object(let object):
            if case .string(let kind)? = object["kind"], kinds.contains(kind) {
            } else {
                findings.append("kind: \(object)")
            }
            if case .string(let url)? = object["url"] { findings += self.findings(inURL: url) }
            if case .string(let path)? = object["path"],
                path.hasPrefix("/") || path.split(separator: "/").contains("..") || path.contains(":")
            {
                findings.append("path: \(path)")
            }
            for key in ["children", "header", "rows"] { if let inner = object[key] { check(inner, &findings) } }
        case .string(let text):
            if text.unicodeScalars.contains(where: { (0x202A...0x202E).contains($0.value) || $0.value == 0 }) {
                findings.append("text: \(text)")
            }
        default: break
        }
    }
}
