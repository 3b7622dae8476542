import Markdown
import Testing

@Suite struct `A README that is costly` {
    static let limit = MarkdownDocument.maximumLength

    static func repeated(_ unit: String) -> String {
        String(repeating: unit, count: limit / unit.utf8.count)
    }

    /// Openers without closers, deep nesting, and what is known to be slow in one parser or another.
    static let units = [
        ">", "> ", "- ", "* ", "1. ", "*", "_", "**", "*a ", "**a ", "_a ", "*a_ ", "*a **a ", "~", "~~a ", "[", "![",
        "[a](",
        "![a](", "[]()", "![[]()", "[![a](b)", "[a](<", "[a][b", "[a]", "`", "`a", "\\", "<", "<a ", "</", "<!--",
        "a <![CDATA[",
        "a <? ", "a <!A ", "&", "&#", "www.", "www.a_", "http://", "://", "a@", "a@b.", "|", "|a", "|-", "|\n", "a|\n",
        "#\n", "a\n-\n",
        "```\n", "[a]: b\n", "[a]: ", "- a\n", "- [x] ", ">\n", "\n", "\t", "(www.a", "e`", "[x](", "\u{0}", "가",
    ]

    @Test(arguments: units)
    func `is read without overflowing the stack`(unit: String) throws {
        let readme = document(Self.repeated(unit))
        #expect(readme.treeJSON.count < 16 * 1024 * 1024)
        #expect(readme.html().utf8.count < 16 * 1024 * 1024)
        #expect(readme.plainText.utf8.count < 4 * 1024 * 1024)
    }

    @Test(arguments: [
        (String(repeating: "- ", count: 16_000) + "a\n" + String(repeating: "\n", count: 30_000)),
        (String(repeating: "> ", count: 16_000) + "a\n" + String(repeating: "a\n", count: 16_000)),
        "[a]: " + String(repeating: "x", count: 30_000) + "\n\n" + String(repeating: "[a] ", count: 8_000),
        "[a]: b \"" + String(repeating: "x\r\n", count: 10_000) + "\"\r\n\r\n"
            + String(repeating: "[a] ", count: 8_000),
    ])
    func `is plain text when parsing it would take too long`(source: String) {
        #expect(document(source).isPlainText)
    }

    @Test func `is plain text above 64 KB, without its front matter`() {
        let body = String(repeating: "a", count: Self.limit)
        #expect(!document("---\nx: y\n---\n" + body).isPlainText)
        #expect(document("---\nx: y\n---\n" + body + "*").blocks == [.plainText(body + "*")])
        #expect(document(body + "<script>").html() == "<pre>\(body)&lt;script&gt;</pre>\n")
        #expect(document(body + "\u{202E}\u{1}a").plainText == body + "a")
    }

    @Test func `has a wide table as text`() {
        let table = { (columns: Int, rows: Int) in
            String(repeating: "|a", count: columns) + "\n" + String(repeating: "|-", count: columns) + "\n"
                + String(repeating: "|\n", count: rows)
        }
        #expect(document(table(10, 10)).html().contains("<table>"))
        #expect(!document(table(1000, 100)).html().contains("<table>"))
        #expect(document("www.a.example " + table(1000, 100)).html().contains("<a "))
    }

    @Test func `has no links where looking for them would take too long`() {
        #expect(!document(String(repeating: "www.a_", count: 10_000)).html().contains("<a "))
    }

    @Test func `keeps the text of what is nested too deep`() {
        let quote = document(String(repeating: "> ", count: 1000) + "deep **word**")
        #expect(quote.plainText == "deep word")
        #expect(quote.html().components(separatedBy: "<blockquote>") <= 33)
        let list = document(String(repeating: "- ", count: 1000) + "deep")
        #expect(list.plainText == "deep")
        let strong = document(String(repeating: "**a ", count: 500) + String(repeating: "b** ", count: 500))
        #expect(strong.plainText.hasSuffix("b b b"))
    }

    @Test func `is the same on many threads at once`() async {
        let source = "~~a~~ www.a.example\n\n| a |\n|-|\n| b |\n\n- [x] c"
        let expected = document(source)
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    index % 2 == 0 ? document(source) == expected : document("plain *text*").blocks.count == 1
                }
            }
            for await isEqual in group { #expect(isEqual) }
        }
    }
}

extension String {
    fileprivate func components(separatedBy part: String) -> Int {
        var count = 1
        var rest = self[...]
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
