import CMarkdown

/// What cmark says about a node, as clean values.
enum Node {
    private static let maximumTitle = 256

    static func type(_ node: OpaquePointer) -> String {
        cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
    }

    static func literal(_ node: OpaquePointer) -> String { text(cmark_node_get_literal(node)) }

    /// As it stands in the source, with escapes and entities undone: to be checked, not to be shown.
    static func url(_ node: OpaquePointer) -> String {
        cmark_node_get_url(node).map { String(cString: $0) } ?? ""
    }

    static func title(_ node: OpaquePointer) -> String? {
        let title = text(cmark_node_get_title(node))
        return title.isEmpty ? nil : String(title.prefix(maximumTitle))
    }

    static func headingLevel(_ node: OpaquePointer) -> Int { Int(cmark_node_get_heading_level(node)) }

    static func start(_ node: OpaquePointer) -> Int? {
        cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
    }

    static func isTight(_ node: OpaquePointer) -> Bool { cmark_node_get_list_tight(node) != 0 }

    static func isChecked(_ node: OpaquePointer) -> Bool { cmark_gfm_extensions_get_tasklist_item_checked(node) }

    static func alignments(_ node: OpaquePointer) -> [Block.Alignment] {
        guard let letters = cmark_gfm_extensions_get_table_alignments(node) else { return [] }
        return (0..<Int(cmark_gfm_extensions_get_table_columns(node))).map { column in
            switch letters[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .none
            }
        }
    }

    /// The first word of a fence's info, when it can be the name of a language.
    static func language(_ node: OpaquePointer) -> String? {
        let word = text(cmark_node_get_fence_info(node)).prefix { $0 != " " && $0 != "\t" }
        let isName = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "+#._-".utf8.contains(byte)
            }
        }
        return isName && !word.isEmpty && word.utf8.count <= 32 ? String(word) : nil
    }

    static func isLineBreakTag(_ node: OpaquePointer) -> Bool {
        ["<br>", "<br/>", "<br />"].contains(literal(node).lowercased())
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { SafeText.cleaned(String(cString: $0)) } ?? ""
    }
}
