"""Publishes the hostile texts, opens them in the browser, and compares what is there with what was written."""
import json
import secrets
from functools import cached_property
from urllib.parse import quote

from browser import SIZES
from hostile import IN_SHORT, NAMES, READMES, REFUSED_NAMES, bare
from rest import Refused
from shell import require, short

# Dialogs are a sign of a script that ran, and would wait for a hand.
GUARD = """window.alert = window.confirm = window.prompt = () => { window.broken = 1 };
addEventListener("securitypolicyviolation", (event) => { (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`) }, true)"""
SAFE_LINKS = """return [...document.querySelectorAll("#readme a, #readme img")].map((node) => node.getAttribute("href") ?? node.getAttribute("src"))
    .filter((url) => !/^(https?:|mailto:|#readme-|\\/api\\/v1\\/models\\/)/.test(url) && /^[^/]*:|^\\/\\/|\\\\/.test(url))"""
# `readme` is the element that readme.js makes; nothing but its kinds of nodes may be in it.
STRANGE = """return [...document.querySelectorAll("#readme .readme *")].filter((node) =>
    !/^(H[2-6]|P|BLOCKQUOTE|UL|OL|LI|PRE|CODE|TABLE|THEAD|TBODY|TR|TH|TD|HR|EM|STRONG|DEL|A|IMG|BR|SPAN|DIV|INPUT|BUTTON|svg|path)$/.test(node.nodeName)
    || [...node.attributes].some(({ name }) => /^(on|style|name$|srcdoc$|formaction$)/.test(name))).map((node) => node.outerHTML.slice(0, 100))"""


def text_of(node):
    """The text of a README's block tree, in the order of the page."""
    if isinstance(node, list):
        return "".join(map(text_of, node))
    if not isinstance(node, dict):
        return ""
    if node.get("kind") == "image":
        return ""
    own = node["text"] if isinstance(node.get("text"), str) else ""
    return own + "".join(text_of(node[part]) for part in ("children", "header", "rows") if part in node)


class AttackSteps:
    @cached_property
    def attacked(self):
        return f"{self.namespace}/attacked"

    def sample(self, rows):
        return rows[::IN_SHORT] if self.options.short else rows

    def unharmed(self, what):
        """Nothing ran, nothing was refused by the policy, nothing is in the console."""
        browser = self.browser
        found = [f"{what}: a script ran"] if browser.script("return window.broken ?? null") is not None else []
        found += [f"{what}: the policy was broken: {violation}" for violation in browser.script("return window.violations ?? []")]
        return found + [f"{what}: {complaint}" for complaint in browser.complaints()]

    @short
    def hostile_readmes(self):
        """hostile READMEs: no script runs, no broken policy, only safe links, and the text is what was written"""
        browser, failures, rows = self.browser, [], self.sample(READMES)
        guard = browser.command("Page.addScriptToEvaluateOnNewDocument", source=GUARD)["identifier"]
        try:
            for number, (what, source, expected) in enumerate(rows):
                version = f"1.0.{number}"
                try:
                    self.rest.publish(self.attacked, ("title", "Attacked"), ("service_type", "other"), ("version", version), ("readme", "README.md", source.encode()), ("artifact", "model.bin", secrets.token_bytes(8)))
                    failures += self.hostile_readme(what, version, expected)
                except Exception as error:
                    failures.append(f"{what}: {type(error).__name__}: {str(error).splitlines()[0]}")
        finally:
            browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=guard)
        print(f"      {len(rows)} READMEs, {' and '.join(self.sizes())}")
        return failures

    def hostile_readme(self, what, version, expected):
        browser, failures = self.browser, []
        tree = self.rest.get(f"/models/{self.attacked}/versions/{version}/readme?format=tree")
        wanted = bare(text_of(tree)) if expected is None else bare(expected)
        for size in self.sizes():
            browser.open_anew(f"/models/{self.attacked}?v={version}")
            browser.wait(lambda: version in browser.text("main"), f"version {version}")
            browser.settle()
            shown = bare(browser.script("return document.querySelector('#readme .readme')?.textContent ?? ''"))
            if shown != wanted:
                failures.append(f"{what} {size}: the page has “{shown[:80]}”, not “{wanted[:80]}”")
            failures += [f"{what} {size}: a strange node: {node}" for node in browser.script(STRANGE)]
            failures += [f"{what} {size}: an unsafe address: {address}" for address in browser.script(SAFE_LINKS)]
            failures += self.wide(f"{what} {size}") + self.unharmed(f"{what} {size}")
        return failures

    def sizes(self):
        """The widths at which all is looked at, one after the other."""
        for size in SIZES if self.browser.thorough else SIZES[:1]:
            self.browser.screen(*size)
            yield f"at {size[0]} px"

    def wide(self, what):
        return [f"{what}: {self.browser.overflow()} px too wide"] if self.browser.overflow() > 0 else []

    @short
    def hostile_names(self):
        """hostile titles, summaries, notes, tags, paths, and names of people and tokens are shown as they were written; what would deceive is refused"""
        failures, rows = [], self.sample(NAMES)
        for what, text in REFUSED_NAMES:
            failures += self.refusal(what, text)
        guard = self.browser.command("Page.addScriptToEvaluateOnNewDocument", source=GUARD)["identifier"]
        made = []
        try:
            for number, (what, text) in enumerate(rows):
                try:
                    failures += self.hostile_name(number, what, text)
                    made.append(self.person_and_token(number, text))
                except Exception as error:
                    failures.append(f"{what}: {type(error).__name__}: {str(error).splitlines()[0]}")
            failures += self.hostile_lists(rows)
        finally:
            self.browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=guard)
            for person, token in made:
                self.rest.delete(f"/users/{person}")
                self.rest.delete(f"/tokens/{token}")
        print(f"      {len(rows)} names in every field, {len(REFUSED_NAMES)} that no field takes")
        return failures

    @short
    def disguised_file(self):
        """a file that says it is a model is not shown as one, however its address hides the slashes"""
        browser, path = self.browser, f"/models/{self.attacked}"
        disguise = {**self.rest.get(f"/models/{self.model}?include=version,readme"), "title": "Disguised"}
        self.rest.publish(self.attacked, ("title", "Attacked"), ("service_type", "other"), ("version", "2.0.0"), ("artifact", "page.json", json.dumps(disguise).encode()))
        for last in ("", "/new-version"):
            browser.expect("status of 404")
            browser.open_anew(f"{path}%2Fversions%2F2.0.0%2Fartifacts%2Fpage.json{last}")
            browser.settle()
            require("Disguised" not in browser.script("return document.documentElement.outerHTML + [...document.querySelectorAll('input')].map((input) => input.value)"), f"shown as a model{last}")

    def refusal(self, what, text):
        name, file = f"{self.namespace}/refused", ("artifact", "model.bin", b"1")
        tries = {
            "title": lambda: self.rest.post("/models", {"name": name, "title": text}),
            "summary": lambda: self.rest.post("/models", {"name": name, "title": "a", "summary": text}),
            "tag": lambda: self.rest.publish(name, ("title", "a"), ("context", f"note:{text}"), file),
            "path": lambda: self.rest.post(f"/models/{name}/versions", {"artifacts": [{"path": text, "upload": "00", "sha256": "0" * 64}]}),
            "display name": lambda: self.rest.post("/users", {"username": f"{self.namespace}-refused", "role": "viewer", "display_name": text, "password": "correct horse battery"}),
            "token": lambda: self.rest.post("/tokens", {"name": text, "scopes": ["model:read"]}),
        }
        failures = []
        for field, attempt in tries.items():
            try:
                attempt()
                failures.append(f"{what}: taken as {field}")
            except Refused as refusal:
                if refusal.status not in (400, 404, 422):
                    failures.append(f"{what} as {field}: {refusal}")
        return failures

    def hostile_name(self, number, what, text):
        name = f"{self.namespace}/name-{number}"
        path = self.publish_named(name, text)
        return [failure for size in self.sizes() for failure in self.hostile_page(name, f"{what} {size}", text, path)]

    def hostile_page(self, name, what, text, path):
        browser, failures = self.browser, []
        browser.open_anew(f"/models/{name}#files")
        browser.settle()
        places = {"title": ("#head h1", text), "summary": ("#head", text), "path": ("#files", path)}
        for field, (selector, wanted) in places.items():
            if bare(wanted) not in bare(browser.script("return document.querySelector(arguments[0])?.textContent ?? ''", selector)):
                failures.append(f"{what}: the {field} is not what was written")
        if bare(text) not in bare(browser.script("return document.title")):
            failures.append(f"{what}: not in the title of the window")
        failures += self.unharmed(f"{what} in its page")
        browser.open(f"/models/{name}#versions")
        browser.settle()
        if bare(text) not in bare(browser.script("return document.querySelector('#versions').textContent")):
            failures.append(f"{what}: the notes are not what was written")
        failures += self.wide(f"{what} in its versions")
        browser.open_anew(f"/models/{name}#get")
        browser.settle()
        return failures + self.wide(f"{what} where one gets it") + self.unharmed(f"{what} in its versions")

    def publish_named(self, name, text):
        """A model that has the text wherever it may; the path of its file, which may have fewer characters."""
        fields = [("title", text), ("summary", text), ("license", text), ("service_type", "other"), ("notes", text)]
        for kept in (text, "".join(char for char in text if char.isalnum() or char in " '=-_(){}").strip() or "plain"):
            for context in ([("context", f"note:{text}")], []):
                try:
                    self.rest.publish(name, *fields, *context, ("artifact", f"{kept}.onnx", b"1"))
                    return f"{kept}.onnx"
                except Refused as refusal:
                    if refusal.status not in (400, 422):
                        raise
                    reason = refusal
        raise reason

    def person_and_token(self, number, text):
        person = f"{self.namespace}-p{number}"
        self.rest.post("/users", {"username": person, "role": "viewer", "display_name": text, "password": "correct horse battery"})
        return person, self.rest.post("/tokens", {"name": text, "scopes": ["model:read"]})["id"]

    def hostile_lists(self, rows):
        browser, failures = self.browser, []
        for size in self.sizes():
            for path, selector in ((f"/?q={self.namespace}&sort=name", "#results"), ("/users", "main"), ("/tokens", "main")):
                browser.open_anew(path)
                browser.settle()
                shown = bare(browser.script("return document.querySelector(arguments[0]).textContent", selector))
                failures += [f"{what}: not in {path.split('?')[0]} {size} as it was written" for what, text in rows if bare(text) not in shown]
                failures += self.wide(f"{path} {size}") + self.unharmed(path)
        for what, text in rows:
            browser.open_anew(f"/?q={quote(text)}&tag={quote('note:' + text)}&service={quote(text[:20])}")
            browser.settle()
            failures += self.unharmed(f"{what} as a query")
        return failures
