import CMarkdown
import Synchronization

/// cmark-gfm, one document at a time.
///
/// Its extensions are registered in global lists, and each parser writes the extensions' special characters into a
/// global table while it parses (`cmark_inlines_add_special_character`), so two parsers would disturb each other.
enum Parser {
    private static let isRegistered = Mutex(false)

    /// Calls `body` with an iterator over the tree of `source`. Nothing of it may be kept.
    static func withTree<Result: Sendable>(
        of source: String, extensions: [String], _ body: (OpaquePointer) -> Result?
    ) -> Result? {
        guard let root = parse(source, extensions: extensions) else { return nil }
        defer { cmark_node_free(root) }
        guard let iterator = cmark_iter_new(root) else { return nil }
        defer { cmark_iter_free(iterator) }
        return body(iterator)
    }

    private static func parse(_ source: String, extensions: [String]) -> OpaquePointer? {
        let root = isRegistered.withLock { isRegistered in
            if !isRegistered { cmark_gfm_core_extensions_ensure_registered() }
            isRegistered = true
            guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return 0 }
            defer { cmark_parser_free(parser) }
            for name in extensions {
                if let found = cmark_find_syntax_extension(name) {
                    cmark_parser_attach_syntax_extension(parser, found)
                }
            }
            var source = source
            source.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
            }
            return Int(bitPattern: cmark_parser_finish(parser))
        }
        return OpaquePointer(bitPattern: root)
    }
}
