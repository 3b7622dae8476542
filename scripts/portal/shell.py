"""What every page shares: its policy, its weight, its language, the keyboard, and what it says when something is missing."""
import urllib.request

from selenium.webdriver.common.keys import Keys

FIRST_LOAD_REQUESTS = 6
POLICY = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
          "require-trusted-types-for 'script'", "trusted-types 'none'"]


def require(condition, what):
    if not condition:
        raise AssertionError(what)


def short(step):
    """Marks a step that `check-portal --short` takes too."""
    step.is_short = True
    return step


def looked(step):
    """Marks a step that looks at what only it leads to: in the long form it is done in English too."""
    step.is_looked = True
    return step


def after(*names):
    """Marks a step that goes on from these: named alone, it brings them along."""
    def mark(step):
        step.follows = names
        return step
    return mark


class ShellSteps:
    @short
    def policy(self):
        """every page forbids what a portal without inline scripts does not need"""
        for path in ("/", "/register", "/sign-in", "/setup", "/tokens", "/users", "/namespaces", "/namespaces/a", "/storage", "/service-types", "/context", "/context/a", "/activity", "/account",
                     "/models/a/b", "/models/a/b/new-version"):
            with urllib.request.urlopen(self.url + path) as answer:
                sent = [part.strip() for part in answer.headers["Content-Security-Policy"].split(";")]
                require(all(part in sent for part in POLICY), f"{path}: {sent}")
                require(answer.headers["X-Content-Type-Options"] == "nosniff", f"{path}: nosniff")

    @short
    def first_load(self):
        """the first view of the home page takes at most 6 files and one call of the API, all from this origin"""
        self.browser.command("Network.enable")
        self.browser.command("Network.clearBrowserCache")
        self.browser.requests()
        self.browser.open("/")
        self.browser.settle()
        asked = [url for url in self.browser.requests() if not url.startswith("data:")]
        require(all(url.startswith(self.url) for url in asked), f"other origins: {asked}")
        calls = [url for url in asked if "/api/" in url]
        files = [url for url in asked if "/api/" not in url and not url.endswith("/logo.svg")]
        require(len(files) <= FIRST_LOAD_REQUESTS and len(calls) <= 1, f"{files} {calls}")

    def language(self):
        """the language is switched, stays, and leaves no Hangul on an English page"""
        browser = self.browser
        browser.open("/register")
        browser.click("#language")
        browser.wait(lambda: browser.script("return document.documentElement.lang") == "en", "English")
        for path in ("/register", "/account", "/tokens", "/namespaces", "/storage", "/setup"):
            browser.open(path)
            browser.settle()
            words = browser.script("return [...document.querySelectorAll('body :is(label:not(.link), h1, h2, p, button, legend, .hint, .button)')]"
                                   ".filter((node) => node.offsetParent && !node.closest('#list, .menu, select')).map((node) => node.textContent).filter((text) => /[가-힣]/.test(text))")
            require(not words, f"{path}: {words}")
        browser.click("#language")
        browser.wait(lambda: browser.script("return document.documentElement.lang") == "ko", "Korean")

    @short
    def keyboard(self):
        """"/" goes to the search field; the first Tab is the way to the results, the first result one Tab behind"""
        browser = self.browser
        browser.open(f"/?q={self.namespace}")
        browser.settle()
        browser.find("body").send_keys("/")
        require(browser.script("return document.activeElement.id") == "q", "the search field has the focus")
        browser.open(f"/?q={self.namespace}")
        browser.settle()
        browser.find("body").send_keys(Keys.TAB)
        require(browser.script("return document.activeElement.className") == "skip", "the skip link comes first")
        browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        require(browser.script("return document.activeElement.className") == "row-title", "then the first result")

    def missing_page(self):
        """an unknown address is answered with a page that leads on"""
        self.browser.expect("status of 404")
        for path in ("/no-such-page", f"/models/{self.namespace}/nothing"):
            self.browser.open(path)
            self.browser.find('.state a[href="/"]')

    @short
    def offline(self):
        """without a connection the page says so and offers to try again"""
        browser = self.browser
        browser.expect("ERR_INTERNET_DISCONNECTED")
        browser.open("/")
        browser.settle()
        network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        browser.command("Network.emulateNetworkConditions", offline=True, **network)
        browser.fill("#q", "끊김")
        browser.find("#results .state .button")
        browser.command("Network.emulateNetworkConditions", offline=False, **network)
        browser.click("#results .state .button")
        browser.wait(lambda: not browser.all("#results [role=alert]"), "the results")
