import Markdown
import Testing

@Suite struct `A hostile README` {
    static let scripts = [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script\n>alert(1)</script\n>",
        "<script/x>alert(1)</script>",
        "\\<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
        "`<script>alert(1)</script>`",
        "```<script>\n</code></pre><script>alert(1)</script>\n```",
        "```\"onmouseover=alert(1)\nx\n```",
        "    </code></pre><script>alert(1)</script>",
        "# <script>alert(1)</script>\n",
        "| <script> |\n|---|\n| </td><script>alert(1)</script> |",
        "- <script>alert(1)</script>\n- [ ] <img src=x onerror=alert(1)>",
        "<!--><script>alert(1)</script>-->",
        "<!-- --!><script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo '<script>alert(1)</script>' ?>",
        "<!DOCTYPE html><script>alert(1)</script>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
        "<base href=https://evil.example/>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=javascript:alert(1)>",
        "<embed src=javascript:alert(1)>",
        "<form action=/api/v1/session><input name=x><button formaction=javascript:alert(1)>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"x\nonerror=alert(1)\">",
        "<body onload=alert(1)>",
        "<br onclick=alert(1)>",
        "<BR><br/><br /><br\t>",
        "<template><script>alert(1)</script></template>",
        "<textarea></textarea><script>alert(1)</script>",
        "<x-y onfocus=alert(1) tabindex=1 autofocus>",
        "<plaintext>",
    ]

    static let links = [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x](< javascript:alert(1)>)",
        "[x](<java\tscript:alert(1)>)",
        "[x](java&#9;script:alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;&#x61;vascript&#58;alert(1))",
        "[x](&#1;javascript:alert(1))",
        "[x](&#0;javascript:alert(1))",
        "[x](javascript\\:alert(1))",
        "[x](\\javascript:alert(1))",
        "[x](javascript://example.com/%0aalert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](data:image/svg+xml,<svg>)",
        "[x](file:///etc/passwd)",
        "[x](blob:https://a/b)",
        "[x](filesystem:https://a/b)",
        "[x](about:blank)",
        "[x](view-source:https://a)",
        "[x](//evil.example/x)",
        "[x](\\\\\\\\evil.example/x)",
        "[x](/\\\\evil.example)",
        "[x](https:evil.example)",
        "[x](https:/\\\\evil.example)",
        "[x](https://)",
        "[x](https://github.com@evil.example/)",
        "[x](<http://a b.example>)",
        "[x](mailto:)",
        "[x](:foo)",
        "[x](<\u{202E}https://a>)",
        "[x][a]\n\n[a]: javascript:alert(1) \"t\"",
        "[x]\n\n[x]: <data:text/html,a>",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "![x](javascript:alert(1))",
        "![x](data:image/png;base64,AAAA)",
        "xmpp:a@b.c/x",
    ]

    static let tricks = [
        "[x](https://a.example \"\\\" onmouseover=alert(1) x=\\\"\")",
        "[x](https://a.example '\"><script>alert(1)</script>')",
        "[x](https://a.example/\"onmouseover=alert(1))",
        "[x](<https://a.example/\"><script>alert(1)</script>>)",
        "[x](https://a.example/?a='onclick=alert`1`)",
        "[a [b](https://b.example)](https://a.example)",
        "[a ![b](https://b.example/x.png)](https://a.example)",
        "![a [b](javascript:alert(1)) ![c](data:x)](https://a.example/x.png)",
        "![\"onerror=alert(1) x=\"](x.png)",
        "![a](x.png \"\\\"onerror=alert(1)\")",
        "![a](../../../../etc/passwd.png)",
        "![a](..%2f..%2fx.png)",
        "![a](%2e%2e/%2e%2e/x.png)",
        "![a](/api/v1/session/x.png)",
        "![a](x.svg)",
        "![a](javascript%3Aalert(1).png)",
        "![a](a%00.png)",
        "![a](a%5C..%5Cb.png)",
        "![a](%zz.png)",
        "![](https://track.example/pixel.gif)",
        "![<script>](x.png)",
        "https://a.example/<script>alert(1)</script>",
        "https://a.example/\"onmouseover=\"alert(1)",
        "www.a.example/'><img src=x onerror=alert(1)>",
        "www.javascript:alert(1).example",
        "a@b.example\"><script>",
        "https://a.example/javascript:alert(1)",
        "http://a.example&lt;script>",
        "<https://a.example/\"onclick=alert(1)>",
        "[x](https://a.example/\u{202E}gpj.exe) \u{202E}txet\u{202C} &#x202E;x \u{2066}y",
        "a\u{0}b <scr\u{0}ipt>alert(1)</script>",
        "[x](java\u{0}script:alert(1))",
        "\u{FEFF}<script>alert(1)</script>",
        "# \" onclick=alert(1) id=\"\n# body\n# __proto__\n# constructor",
        "---\na: <script>alert(1)</script>\n---\n<script>alert(1)</script>",
        "| a | b |\n|---|---|\n| `|<script>` | [x](javascript:alert(1)) |",
        "[^1]\n\n[^1]: <script>alert(1)</script>",
        "- [x] <input onfocus=alert(1) autofocus>",
        "1. <a\n   href=javascript:alert(1)>x</a>",
        "> <script\n> src=//x></script>",
        "~~<b onmouseover=alert(1)>x</b>~~",
        "&#x3c;img src=x onerror=alert(1)&#x3e;",
        "&amp;lt;script&amp;gt;",
    ]

    @Test(arguments: scripts + links + tricks)
    func `leaves nothing but plain nodes`(source: String) throws {
        #expect(try SafetyCheck.findings(in: document(source)) == [])
    }

    @Test(arguments: links)
    func `loses a link that leads where none may`(source: String) {
        #expect(!document(source).html().contains("<a "))
        #expect(!document(source).html().contains("<img "))
        #expect(!String(decoding: document(source).treeJSON, as: UTF8.self).contains("\"link\""))
    }

    @Test func `stays clean when everything is put together, in any order`() throws {
        let all = Self.scripts + Self.links + Self.tricks
        for separator in ["\n", "\n\n", " ", "\n> ", "\n- ", "|"] {
            #expect(try SafetyCheck.findings(in: document(all.joined(separator: separator))) == [])
            #expect(try SafetyCheck.findings(in: document(all.reversed().joined(separator: separator))) == [])
        }
    }

    @Test func `stays clean when it is cut anywhere`() throws {
        for source in Self.scripts + Self.links + Self.tricks {
            let bytes = Array(source.utf8)
            for end in bytes.indices {
                let document = MarkdownDocument(parsing: Array(bytes[..<end]))
                #expect(try SafetyCheck.findings(in: document) == [], "\(source) cut at \(end)")
            }
        }
    }

    @Test(arguments: [
        "![x](x.png)", "![x](https://a.example/x.png)", "![x](../x.png)", "![x](x.svg)", "![x](/x.png)",
    ])
    func `loads no picture from outside of the version`(source: String) {
        #expect(
            document(source).html(pictures: "/files/").contains("<img src=\"/files/x.png\"")
                == (source == "![x](x.png)"))
    }
}
