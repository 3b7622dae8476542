"""One Chromium under WebDriver, with the words that the flows use."""
import importlib.util
import time
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 15
SIZES = [(1280, 800), (360, 740)]
THEMES = ["light", "dark"]
# What a page that stays empty says of itself: where it is, how far, what it still shows, and what it asked for last.
UNFILLED = """return JSON.stringify([location.pathname, document.readyState, document.querySelector('.skeleton, [aria-busy]')?.outerHTML.slice(0, 80),
    performance.getEntriesByType('resource').slice(-3).map(({ name, duration }) => `${name} ${Math.round(duration)} ms`)])"""
# Texts of three lines and more that hold hardly more than a letter each: what is around leaves them no room.
CRUSHED = """const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [], range = document.createRange();
const isClipped = (node) => node && (getComputedStyle(node).clipPath !== "none" || isClipped(node.parentElement));
while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    range.selectNodeContents(walker.currentNode);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    if (lines > 2 && data.trim().length < 2 * lines && parent.checkVisibility() && !isClipped(parent)) found.push(data.trim());
}
return found"""


def axe_source():
    return (Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js").read_text()


class Browser:
    # Of all browsers, at states that only flows lead to.
    looks = 0
    # Whether looks at states take every size and theme; one is enough for the short form.
    thorough = True

    def __init__(self, url, language="ko", screenshots=None):
        self.url, self.language, self.screenshots = url.rstrip("/"), language, screenshots
        options = Options()
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--lang={language}"):
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.screen(1440, 900)
        self.command("Browser.grantPermissions", origin=self.url, permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.expected = []
        self.axe = axe_source()

    def quit(self):
        self.driver.quit()

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def screen(self, width, height, scale=1):
        self.size = (width, height)
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=width < 800 and scale == 1)

    def theme(self, name):
        self.media(name)

    def media(self, theme, motion="reduce", forced=False):
        self.command("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": motion},
            {"name": "forced-colors", "value": "active" if forced else "none"}])

    def pause(self, seconds):
        """For what has no end that one could wait for."""
        time.sleep(seconds)

    def without_glyphs(self, sample, families):
        """The texts of these elements whose glyphs come from no font that matches."""
        self.command("DOM.enable")
        self.command("CSS.enable")
        found = []
        for node in self.script(sample):
            self.script("arguments[0].dataset.sampled = ''", node)
            root = self.command("DOM.getDocument", depth=0)["root"]["nodeId"]
            number = self.command("DOM.querySelector", nodeId=root, selector="[data-sampled]")["nodeId"]
            fonts = self.command("CSS.getPlatformFontsForNode", nodeId=number)["fonts"]
            self.script("delete arguments[0].dataset.sampled", node)
            if not any(families.search(font["familyName"]) for font in fonts):
                found.append(f"{node.text[:40]} ({', '.join(font['familyName'] for font in fonts)})")
        return found

    def as_it_was(self):
        """Ends what a step emulated: another screen, colours, no network."""
        self.screen(1440, 900)
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        self.expected = []
        self.command("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def signed_in(self):
        """Whether this browser has the mark of a session; a page of the portal is open afterwards."""
        if not self.driver.current_url.startswith(self.url):
            self.open("/sign-in")
        return self.script("return localStorage.getItem('moru.signed-in')") is not None

    def sign_in(self, username, password):
        """Signs in as the page does, without its form."""
        self.open("/sign-in")
        self.later("(await import('/js/api.js')).signIn(...values)", username, password)

    def sign_out(self):
        self.open("/sign-in")
        self.later("(await import('/js/api.js')).signOut()")

    def later(self, expression, *values):
        """The value of an asynchronous expression in the page, which finds `values`."""
        ended, value = self.driver.execute_async_script(
            "const values = [...arguments], done = values.pop();"
            f"(async () => {expression})().then((value) => done([true, value ?? null]), (error) => done([false, String(error)]))", *values)
        if not ended:
            raise AssertionError(value)
        return value

    def open(self, path):
        self.driver.get(self.url + path)

    def open_anew(self, path):
        """Loads the page even when only the hash differs from the address that is open."""
        self.driver.get("about:blank")
        self.open(path)

    def script(self, code, *arguments):
        return self.driver.execute_script(code, *arguments)

    def wait(self, condition, what):
        """The value of `condition()` as soon as it is true; looking while the page changes is no failure."""
        def holds(_):
            try:
                return condition()
            except WebDriverException:
                return False
        return WebDriverWait(self.driver, PATIENCE, 0.05).until(holds, f"waited for {what}")

    def find(self, selector):
        return self.wait(lambda: self.driver.find_element(By.CSS_SELECTOR, selector), selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.find(selector).text

    def wait_text(self, selector, text):
        return self.wait(lambda: text in self.driver.find_element(By.CSS_SELECTOR, selector).text, f"“{text}” in {selector}")

    def click(self, selector):
        def pressed():
            node = self.driver.find_element(By.CSS_SELECTOR, selector)
            self.script("arguments[0].scrollIntoView({block: 'center'})", node)
            node.click()
            return True
        self.wait(pressed, f"{selector} to click")

    def fill(self, selector, text):
        node = self.find(selector)
        node.clear()
        node.send_keys(text)

    def choose(self, selector, value):
        self.script("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}));"
                    "arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", self.find(selector), value)

    def drop(self, selector, *files):
        """A real drag from outside of the browser, dropped in the middle of an element."""
        node = self.find(selector)
        self.script("arguments[0].scrollIntoView({block: 'center'})", node)
        x, y = self.script("const r = arguments[0].getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]", node)
        data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.command("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def compose(self, text):
        """Hangul on its way through an input method, then settled."""
        self.command("Input.imeSetComposition", text=text, selectionStart=len(text), selectionEnd=len(text))
        self.command("Input.insertText", text=text)

    def clipboard(self):
        return self.driver.execute_async_script("const done = arguments[0]; navigator.clipboard.readText().then(done, () => done(null))")

    def expect(self, *words):
        """The next complaints of the console that hold one of these words are part of a flow."""
        self.expected += words

    def complaints(self):
        """What the console said since the last time: errors, refused requests, broken CSP."""
        entries = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        return [message for message in entries if not any(word in message for word in self.expected)]

    def requests(self):
        """The addresses asked for since the last time, from the browser's network log."""
        import json

        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]

    def overflow(self):
        return self.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def misfits(self):
        """What does not fit on the screen as it is now."""
        wide = self.overflow()
        return [*([f"{wide} px too wide"] if wide > 0 else []), *(f"one letter a line: {text}" for text in self.script(CRUSHED))]

    def settle(self):
        try:
            self.wait(lambda: self.script("return document.readyState === 'complete' && !document.querySelector('.skeleton, [aria-busy]')"), "the page to be filled")
        except TimeoutException:
            raise AssertionError(f"not filled: {self.script(UNFILLED)}") from None
        time.sleep(0.1)

    def violations(self, without=None):
        """What axe finds on the page as it is now, by all its rules or all but one."""
        self.script(f"window.axe ?? (() => {{ {self.axe} }})()")
        found = self.later("axe.run(values[0] ? { rules: { [values[0]]: { enabled: false } } } : {}).then((result) => result.violations)", without)
        return [f"{violation['id']}: {violation['nodes'][0]['html'][:120]} ({' '.join(violation['nodes'][0]['failureSummary'].split())[:200]})" for violation in found]

    def look(self, name):
        """A state that only a flow reaches, pictured and judged as every page is: in both themes, wide and as on a phone; the flow is done in both languages."""
        before, found = self.size, []
        for width, height in (SIZES if self.thorough else [before]):
            self.screen(width, height)
            for theme in (THEMES if self.thorough else THEMES[:1]):
                self.media(theme)
                where = f"{name}-{'phone' if width < 800 else 'desktop'}-{self.language}-{theme}"
                self.picture(self.screenshots, where)
                found += [f"{where}: {violation}" for violation in self.violations()]
                Browser.looks += 1
            found += [f"{name}: {misfit} at {width} px" for misfit in self.misfits()]
        self.screen(*before)
        if found:
            raise AssertionError("; ".join(found))

    def picture(self, directory, name):
        if directory:
            Path(directory).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(Path(directory) / f"{name}.png"))
