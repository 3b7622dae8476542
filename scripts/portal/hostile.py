"""Texts that would like to be more than text: READMEs and names that attack a page, and what may be left of them.

Raw HTML of a README is dropped, of its links only safe ones stay links, controls and what turns the direction of text are
taken out; every other character is shown as it was written. Names are refused, or shown as they were written.
"""
import unicodedata


RUN = "window.broken=1"
# (what it tries, README, its text without white space in the page). Kept in this order: the short form takes every fifth.
READMES = [
    ("script block", f"<script>{RUN}</script>\n\nleft", "left"),
    ("script in a line", f"a <script>{RUN}</script> b", f"a{RUN}b"),
    ("script across lines", f"a\n<script\n>{RUN}\n</script>\nb", None),
    ("handler of an image", f"<img src=x onerror='{RUN}'>\n\nleft", "left"),
    ("handler in a line", f'a <img src=x onerror="{RUN}"> b', "ab"),
    ("svg that is no tag by CommonMark", f"<svg onload={RUN}>\n\nleft", f"<svgonload={RUN}>left"),
    ("svg with a script inside", f"x <svg><script>{RUN}</script></svg> y", f"x{RUN}y"),
    ("math with a link", f'<math><mtext><a href="javascript:{RUN}">m</a></mtext></math>\n\nleft', "mleft"),
    ("iframe of a document", f'<iframe srcdoc="<script>parent.broken=1</script>"></iframe>\n\nleft', "left"),
    ("object and embed", "<object data=/logo.svg></object><embed src=/logo.svg>\n\nleft", "left"),
    ("style", "<style>body{display:none}</style>\n\nleft", "left"),
    ("link to a stylesheet", '<link rel=stylesheet href="https://evil.invalid/a.css">\n\nleft', "left"),
    ("meta refresh", '<meta http-equiv=refresh content="0;url=https://evil.invalid/">\n\nleft', "left"),
    ("base", '<base href="https://evil.invalid/">\n\n[a](b)', "a"),
    ("form that asks for a password", '<form action="https://evil.invalid/"><input name=password autofocus></form>\n\nleft', "left"),
    ("HTML comment that ends early", f"<!-- --!> <script>{RUN}</script> -->\n\nleft", "left"),
    ("comment without end", f"left\n\n<!-- <script>{RUN}</script>", "left"),
    ("CDATA and a processing instruction", f"<![CDATA[<script>{RUN}</script>]]>\n\n<?php {RUN} ?>\n\nleft", "left"),
    ("declaration", "<!DOCTYPE html>\n\nleft", "left"),
    ("nested unclosed tags", "<div><p><b><i><table><tr><td>" * 40 + "\n\nleft", "left"),
    ("closing tags of the page", "</div></main></body></html>\n\nleft", "left"),
    ("template and dialog", "<template><p>t</p></template><dialog open>d</dialog>\n\nleft", "tdleft"),
    ("clobbering headings", "# main\n\n# results\n\n# q\n\n# form\n\n# __proto__\n\n# constructor", "mainresultsqformprotoconstructor"),
    ("clobbering names", "<a id=main></a><img name=body><form id=document><input id=cookie></form>\n\nleft", "left"),
    ("javascript link", f"[a](javascript:{RUN})", "a"),
    ("javascript link in capitals", f"[a](JaVaScRiPt:{RUN})", "a"),
    ("javascript link with entities", f"[a](&#106;avascript&colon;{RUN})", "a"),
    ("javascript link with a tab entity", f"[a](java&Tab;script:{RUN})", "a"),
    ("javascript link with a control", f"[a](<\x01javascript:{RUN}>)", "a"),
    ("vbscript link", "[a](vbscript:msgbox)", "a"),
    ("data link", f"[a](data:text/html,<script>{RUN}</script>)", None),
    ("data picture", "![alt](data:image/svg+xml;base64,PHN2Zy8+)", "alt"),
    ("reference to a javascript link", f"[a][r]\n\n[r]: javascript:{RUN}", "a"),
    ("javascript autolink", f"<javascript:{RUN}>", f"javascript:{RUN}"),
    ("link to another host without scheme", "[a](//evil.invalid/) [b](\\\\evil.invalid)", "ab"),
    ("user name in a link", "[a](https://moru@evil.invalid/)", "a"),
    ("picture from elsewhere", "![alt](https://evil.invalid/track.gif)", "alt"),
    ("picture outside of the version", "![alt](../../../../me)", "alt"),
    ("attribute in a title", f'[a](/x "\\" onmouseover={RUN} x=\\"")', "a"),
    ("markup in code", f"`<script>{RUN}</script>`\n\n```html\n<img src=x onerror={RUN}>\n```", f"<script>{RUN}</script><imgsrc=xonerror={RUN}>"),
    ("markup in a table", f"| a<img src=x onerror='{RUN}'> | `<b>` |\n|---|---|\n| <script>{RUN}</script> | d |", f"a<b>{RUN}d"),
    ("escaped markup", f"\\<script>{RUN}\\</script> &lt;b&gt;", f"<script>{RUN}</script><b>"),
    ("bidi overrides", "a\u202eb\u2066c\u2069d", "abcd"),
    ("zero width", "a\u200bb\u200dc\u2060d", "a\u200bb\u200dc\u2060d"),
    ("NUL and controls", "a\x00b\x07c\x1b[31md", "a\ufffdbc[31md"),
    ("right to left", "שלום עולם مرحبا بالعالم", "שלוםעולםمرحبابالعالم"),
    ("emoji of many parts", "👩🏽‍🚀👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿 e" + "\u0301" * 60, "👩🏽‍🚀👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿e" + "\u0301" * 60),
    ("one very long word", "W" * 20_000, "W" * 20_000),
    ("a table of 60 columns", "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|" + "b|" * 60, "a" * 60 + "b" * 60),
    ("quotes 400 deep", ">" * 400 + " left", "left"),
    ("lists 200 deep", "\n".join("  " * level + "- x" for level in range(200)), None),
    ("emphasis without end", "*a **b " * 2000, None),
    ("brackets without end", "[" * 5000 + "left", "[" * 5000 + "left"),
    ("entities that are none", "&notit; &#0; &#x110000; &amp;lt;", "&notit;\ufffd\ufffd&lt;"),
    ("only white space", " \n\t\n  ", ""),
    ("a heading that is its own markup", "# <b>bold</b> `<i>`", "bold<i>"),
]
# Titles, summaries, notes, paths, tags, names of people and tokens. `refused`: no field takes it.
NAMES = [
    ("script", f"<script>{RUN}</script>"),
    ("handler", f'"><img src=x onerror={RUN}>'),
    ("attribute", f"' onfocus='{RUN}' autofocus='"),
    ("template", "{{constructor.constructor('broken=1')()}} ${broken=1}"),
    ("entities", "&lt;b&gt; &amp;amp; &#60;i&#62;"),
    ("javascript", f"javascript:{RUN}"),
    ("comment", "<!-- --> ]]> */ //"),
    ("prototype", "__proto__ constructor toString"),
    ("places to fill", "{n} {name} {0} %s $&"),
    ("emoji", "👩🏽‍🚀 e" + "\u0301" * 20),
    ("right to left", "שלום مرحبا"),
    ("zero width", "in\u200bvisible\u2060"),
    ("very long", "W" * 90),
    ("spaces", "a" + "\u00a0" * 20 + "b"),
    ("quotes", "\"'`´‘’“”\\"),
]
REFUSED_NAMES = [("bidi override", "a\u202egpj.onnx"), ("isolate", "a\u2066b\u2069"), ("NUL", "a\x00b"), ("escape", "\x1b[31mred"), ("new line", "a\nb")]
IN_SHORT = 5


def bare(text):
    """A text without its white space, and in the one spelling (NFC) that names are kept in: blocks and cells are apart in one way in the page, in another in the source."""
    return "".join(unicodedata.normalize("NFC", text).split())
