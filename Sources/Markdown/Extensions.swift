import CMarkdown

/// The extensions of cmark-gfm that are used. Registering them is not safe on two threads, so it happens once.
enum Extensions {
    private static let isRegistered: Bool = {
        cmark_gfm_core_extensions_ensure_registered()
        return true
    }()

    static func parser(withTables: Bool) -> OpaquePointer? {
        guard isRegistered, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
        for name in ["table", "strikethrough", "autolink", "tasklist"] where withTables || name != "table" {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        return parser
    }
}
