import JSON
import Markdown
import Testing

func document(_ source: String) -> MarkdownDocument { MarkdownDocument(parsing: Array(source.utf8)) }

@Suite struct `A README` {
    @Test(arguments: [
        ("# Usage", "<h1 id=\"user-content-usage\">Usage</h1>\n"),
        ("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>\n"),
        ("a  \nb\nc", "<p>a<br>\nb\nc</p>\n"),
        ("> a\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"),
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li><input type=\"checkbox\" disabled checked> a</li>\n<li><input type=\"checkbox\" disabled> b</li>\n</ul>\n"
        ),
        ("```swift x\nlet a = 1 < 2\n```", "<pre><code class=\"language-swift\">let a = 1 &lt; 2\n</code></pre>\n"),
        ("***", "<hr>\n"),
        (
            "| a | b |\n|:--|--:|\n| 1 | 2<br>3 |",
            """
            <table>
            <thead>
            <tr><th align="left">a</th><th align="right">b</th></tr>
            </thead>
            <tbody>
            <tr><td align="left">1</td><td align="right">2<br>
            3</td></tr>
            </tbody>
            </table>

            """
        ),
        (
            "[x](https://a.b/c?d=1&e=2 \"t\")",
            "<p><a href=\"https://a.b/c?d=1&amp;e=2\" title=\"t\" rel=\"nofollow noopener noreferrer\">x</a></p>\n"
        ),
        (
            "www.a.b/c",
            "<p><a href=\"http://www.a.b/c\" rel=\"nofollow noopener noreferrer\">www.a.b/c</a></p>\n"
        ),
        ("[x](#usage)", "<p><a href=\"#user-content-usage\" rel=\"nofollow noopener noreferrer\">x</a></p>\n"),
        ("![a](./img/그림%201.png)", "<p><img src=\"img/%EA%B7%B8%EB%A6%BC%201.png\" alt=\"a\"></p>\n"),
        (
            "![a](https://x.y/z.png)",
            "<p><a href=\"https://x.y/z.png\" rel=\"nofollow noopener noreferrer\">a</a></p>\n"
        ),
        (
            "[![build](https://x.y/z.svg)](https://x.y)",
            "<p><a href=\"https://x.y\" rel=\"nofollow noopener noreferrer\">build</a></p>\n"
        ),
    ])
    func `becomes safe HTML`(source: String, html: String) {
        #expect(document(source).html() == html)
    }

    @Test func `becomes a tree of JSON`() throws {
        let source = "# A & \"B\"\n\n1. x\n\n- [x] y\n\n| a |\n|-|\n| b |\n\n![p](a/../q.png)\n\n```\nc\n```\n"
        let text = String(decoding: document(source).treeJSON, as: UTF8.self)
        let expected = """
            {"kind":"document","children":[
            {"kind":"heading","level":1,"id":"a--b","children":[{"kind":"text","text":"A & \\"B\\""}]},
            {"kind":"list","ordered":true,"start":1,"tight":true,"children":[{"kind":"item","children":[
            {"kind":"paragraph","children":[{"kind":"text","text":"x"}]}]}]},
            {"kind":"list","ordered":false,"tight":true,"children":[{"kind":"item","checked":true,"children":[
            {"kind":"paragraph","children":[{"kind":"text","text":"y"}]}]}]},
            {"kind":"table","alignments":["none"],"header":[[{"kind":"text","text":"a"}]],
            "rows":[[[{"kind":"text","text":"b"}]]]},
            {"kind":"paragraph","children":[{"kind":"image","path":"q.png","alt":"p"}]},
            {"kind":"code_block","text":"c\\n"}]}
            """
        #expect(text == expected.replacing("\n", with: ""))
    }

    @Test func `gives its headings unique names that keep Hangul`() {
        let headings = document("# 사용 방법 (v2)\n# 사용 방법 (v2)\n# `a_b`-C!\n# ???\n# 사용-방법-v2-1").blocks
        let ids = headings.map { block in
            guard case .heading(_, let id, _) = block else { return "" }
            return id
        }
        #expect(ids == ["사용-방법-v2", "사용-방법-v2-1", "a_b-c", "section", "사용-방법-v2-1-1"])
    }

    @Test func `gives its words to search, without code blocks`() {
        let source =
            "---\nlicense: mit\n---\n# 제목\n\nA [link](http://x.y) ![pic](a.png) `inline`\n\n```\nhidden\n```\n\n| a | b |\n|-|-|\n| 1 | 2 |\n"
        #expect(document(source).plainText == "제목\nA link pic inline\na b\n1 2")
    }

    @Test(arguments: [
        ("---\nlicense: mit\n---\n# A", "license: mit\n" as String?, "A"),
        ("\u{FEFF}---\r\na: b\r\n---  \r\ntext", "a: b\r\n", "text"),
        ("---\n---\ntext", "", "text"),
        ("---\na: b\n...\ntext", "a: b\n", "text"),
        ("---\nno end", nil, "no end"),
        ("text\n---\na\n---", nil, "text\na"),
        (" ---\na\n---\n", nil, "a"),
    ])
    func `keeps front matter out of what is rendered`(source: String, matter: String?, text: String) {
        let document = document(source)
        #expect(document.frontMatter == matter)
        #expect(document.plainText == text)
    }

    @Test func `may be empty`() {
        #expect(document("").blocks.isEmpty)
        #expect(document("").html() == "")
        #expect(document("").treeJSON == Array("{\"kind\":\"document\",\"children\":[]}".utf8))
    }

    @Test func `may hold bytes that are no text`() {
        let document = MarkdownDocument(parsing: [0x61, 0xFF, 0x00, 0x62, 0xED, 0xA0, 0x80, 0x63])
        #expect(document.plainText.hasPrefix("a\u{FFFD}\u{FFFD}b"))
        #expect(document.plainText.hasSuffix("c"))
    }
}
