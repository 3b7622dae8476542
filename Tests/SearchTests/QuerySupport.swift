import Search

/// Keys that models have in these tests.
let queryKeys: Set<String> = [
    "service", "task", "object", "env", "format", "license", "runtime", "opset", "top1", "map50",
]

func parsed(_ text: String) -> ParsedQuery { QueryParser.parse(text) { queryKeys.contains($0) } }

func cut(_ range: Range<Int>, of text: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count))
    return String(view)
}

extension ParsedQuery {
    /// The items as a tree: `[clause]`, `{any | of these}`, `-not`.
    var tree: [String] { items.map(\.tree) }
}

extension QueryItem {
    var tree: String {
        switch node {
        case .word, .prefix, .phrase: "\(node)"
        case .clause: "[\(node)]"
        case .not(let item): "-\(item.tree)"
        case .any(let lists): "{\(lists.map { $0.map(\.tree).joined(separator: " ") }.joined(separator: " | "))}"
        }
    }
}
