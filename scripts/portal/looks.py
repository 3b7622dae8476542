"""Looks at the states of the pages: accessibility, width, touch, language and fonts, and pictures of them."""
import itertools
import re

from browser import SIZES as SCREENS, THEMES
from pages import SMALL, TOUCH
from scene import LONG_README, PASSWORD, Scene
from shell import short
from states import every_state, first_states
from wire import Wire

SIZES = dict(zip(("desktop", "phone"), SCREENS))
NARROW = (320, 640)
LANGUAGES = ("ko", "en")
EXPECTED = ("status of 404", "status of 403", "status of 401")
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
# Text that is seen, but for what says itself in which language it is.
TEXTS = """const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (/[\\u1100-\\u11ff\\u3130-\\u318f\\uac00-\\ud7a3]/.test(data) && parent.checkVisibility() && !parent.closest('script, style, [lang="ko"]:not(html)')) found.push(data);
}
for (const node of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
    if (!node.closest('[lang="ko"]:not(html)')) for (const name of ["aria-label", "placeholder", "title", "alt"]) found.push(node.getAttribute(name) ?? "");
return [document.title.replace("모루 Moru", ""), ...found]"""
# Nothing of what the state before typed or sent is kept in the browser, but for the session.
FORGET = """(async () => {
    for (const name of Object.keys(localStorage)) if (name !== "moru.signed-in") localStorage.removeItem(name);
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
    localStorage.setItem("moru.language", values[0]);
})()"""
SAMPLE = """return [...document.querySelectorAll("h1, h2, p, button, a, td, label, summary, li")]
    .filter((node) => node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === 3 && /[\\uac00-\\ud7a3]/.test(child.data)))
    .slice(0, 12)"""
FAMILIES_WITH_HANGUL = re.compile("CJK|KR|Gothic|Nanum|Pretendard|Baekmuk|Batang|UnDotum", re.I)


class LookSteps:
    def cases(self, states, in_short):
        """Each state in each combination; in the short form one of them, another for each state."""
        for number, state in enumerate(states):
            combinations = list(itertools.product(LANGUAGES, state.sizes))
            if in_short:
                yield state, [combinations[number % len(combinations)]], [THEMES[number // 2 % 2]]
            else:
                yield state, combinations, THEMES

    @property
    def scene(self):
        if "kept_scene" not in self.__dict__:
            self.kept_scene = Scene(self.rest, self.namespace, self.model)
        return self.kept_scene

    @short
    def looks(self):
        """every page in its states, in both languages and themes, at 1280 and 360 px: nothing that axe finds, nothing too wide at 320 px, crushed or too small to touch, no Hangul in English, no missing glyphs"""
        states = every_state()
        chosen = self.options.states
        if chosen:
            states = [state for state in states if any(state.name == name or state.name.startswith(f"{name}-") for name in chosen)]
        elif self.options.short:
            states = [state for state in states if state.main]
        return self.look_at(states)

    @short
    def empty_repository(self):
        """the pages of a server that has no models yet"""
        if self.rest.get("/models?limit=1")["total"]:
            print("      there are models: looked at only on a fresh server")
            return []
        return self.look_at(first_states())

    def look_at(self, states):
        failures, looked = [], 0
        self.visitor, self.kept_words = "admin", None
        try:
            # Those of the same visitor together: it takes a sign-in to become another.
            for who in ("admin", "viewer", "guest"):
                for state, combinations, themes in self.cases([state for state in states if state.who == who], self.options.short):
                    self.become(who)
                    for language, size in combinations:
                        failures += self.look_once(state, language, size, themes)
                        looked += len(themes)
        finally:
            self.become("admin")
            self.browser.script("localStorage.removeItem('moru.language')")
            self.scene.clear()
        print(f"      {len(states)} states, {looked} looks")
        return failures

    def become(self, who):
        if who == self.visitor:
            return
        self.browser.expect(*EXPECTED)
        self.browser.open("/sign-in")
        self.browser.script("localStorage.removeItem('moru.language')")
        if self.visitor != "guest":
            self.browser.sign_out()
        if who == "admin":
            self.browser.sign_in(self.options.user, self.password)
        elif who == "viewer":
            self.browser.sign_in(self.scene.viewer, PASSWORD)
        self.visitor = who

    def look_once(self, state, language, size, themes):
        browser, where = self.browser, f"{state.name} {language} {size}"
        browser.expect(*EXPECTED)
        browser.screen(*SIZES[size])
        browser.media(themes[0])
        failures = []
        try:
            path = state.path(self.scene)
            # A page of this origin that runs nothing; leaving it is a load even when only the hash differs.
            browser.open("/logo.svg")
            browser.later(FORGET, language)
            with Wire(browser, state.wire):
                browser.open(path)
                self.reach(state)
                for theme in themes:
                    browser.media(theme)
                    failures += [f"{where} {theme}: {violation}" for violation in browser.violations()]
                    browser.picture(self.options.screenshots, f"{state.name}-{size}-{language}-{theme}")
                failures += [f"{where}: {problem}" for problem in self.problems(language, size)]
                if state.main and size == "desktop":
                    failures += [f"{where}: {problem}" for problem in self.other_eyes()]
        except Exception as error:
            failures.append(f"{where}: {type(error).__name__}: {str(error).splitlines()[0]}")
            browser.picture(self.options.screenshots, f"failed-{state.name}-{size}-{language}")
        return failures + [f"{where}: {complaint}" for complaint in browser.complaints()]

    def reach(self, state):
        if state.wire == "held":
            self.browser.wait(lambda: self.browser.script("return document.readyState === 'complete'"), "the page")
            self.browser.pause(0.3)
        else:
            self.browser.settle()
        if state.act:
            state.act(self.browser)
            self.browser.pause(0.2)

    def problems(self, language, size):
        browser, found = self.browser, []
        if browser.script("return document.documentElement.lang") != language:
            found.append(f"lang is {browser.script('return document.documentElement.lang')}")
        if language == "en":
            found += self.hangul()
        else:
            found += [f"no glyphs for “{text}”" for text in browser.without_glyphs(SAMPLE, FAMILIES_WITH_HANGUL)]
        if size == "phone":
            found += [f"too small to touch: {node}" for node in browser.script(SMALL, TOUCH)]
            browser.screen(*NARROW)
        return found + browser.misfits()

    def hangul(self):
        """Hangul on an English page that nobody who uses the server wrote."""
        shown = {word for text in self.browser.script(TEXTS) for word in HANGUL.findall(text)}
        left = {word for word in shown if word not in self.written()}
        if left:
            # The scene has grown since the API was asked.
            self.kept_words = None
            left = {word for word in shown if word not in self.written()}
        return [f"Hangul in English: {', '.join(sorted(left))}"] if left else []

    def written(self):
        """All that users wrote, as the API has it, and what the states type."""
        if self.kept_words is None:
            rest, texts = self.rest, ["사람 불법주정차 야간 한국어 참고", LONG_README]
            for item in rest.get("/models?limit=100")["items"]:
                texts += [item["title"], item["summary"] or "", str(item.get("context"))]
                # What is said of each version: notes, and why one was withdrawn.
                texts.append(str(rest.get(f"/models/{item['name']}/versions?limit=100")))
                if item["latest"]:
                    version = f"/models/{item['name']}/versions/latest"
                    texts.append(str(rest.get(version)))
                    if rest.exists(f"{version}/readme?format=tree"):
                        texts.append(str(rest.get(f"{version}/readme?format=tree")))
            texts += [str(rest.get("/users?limit=100")), str(rest.get("/tokens?limit=100"))]
            self.kept_words = " ".join(texts)
        return self.kept_words

    def other_eyes(self):
        """The page under forced colours, with motion reduced, and at 200 % zoom."""
        browser, found = self.browser, []
        browser.media("dark", forced=True)
        # Contrast is the system's there: axe reckons with colours that are not painted.
        found += [f"forced colours: {violation}" for violation in browser.violations(without="color-contrast")]
        browser.media("light", motion="reduce")
        if browser.script("return document.getAnimations().some((animation) => animation.playState === 'running' && animation.effect.getComputedTiming().activeDuration > 10)"):
            found.append("something moves although motion is reduced")
        browser.screen(640, 400, scale=2)
        if browser.overflow() > 0:
            found.append(f"200 %: {browser.overflow()} px too wide")
        return found
