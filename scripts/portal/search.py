"""Search in the portal: how a query is understood, what goes with it, the filters, and all of it by keyboard."""
import re
import time
from urllib.parse import parse_qs, quote, unquote, urlsplit

from selenium.webdriver.common.keys import Keys
from shell import after, looked, require, short

# More than one line of a phone takes.
PRECISIONS = [f"precision:{value}" for value in ("dynamic-range", "fp16", "fp32", "int8", "weight-quantized")]
OTHERS = {
    "rain-car": ("비 오는 날 차량 탐지", "illegal-parking", ["env:rain", "object:car", "object:license-plate", "task:object-detection", "format:tflite", "license:MIT", *PRECISIONS]),
    "indoor-smoke": ("실내 연기 감시", "fire-watch", ["env:indoor", "object:smoke", "task:object-detection", "format:openvino", "license:MIT"]),
}


class SearchSteps:
    def search_steps(self):
        return [self.home, self.without_scripts, self.search, self.more_models, self.understood, self.numbers, self.doubt, self.facets, self.facets_small,
                self.skip_to_filters, self.associations, self.corrected, self.other_keyboard, self.relaxed, self.nothing_found, self.newer_answer, self.rows_stay,
                self.related, self.search_help, self.results_by_keyboard, self.results_by_arrows, self.suggestions, self.suggestion_of_last_word,
                self.suggestion_of_a_syllable, self.forget_models]

    def asked(self):
        """What the address asks for, each name with its values."""
        return parse_qs(urlsplit(self.browser.driver.current_url).query)

    def open_search(self, query):
        self.browser.open(f"/?{query}")
        self.browser.settle()

    def chips(self):
        return self.browser.script("return [...document.querySelectorAll('#chips .understood > span')].map((chip) => chip.textContent)")

    def titles(self):
        return self.browser.script("return [...document.querySelectorAll('#results .row-title')].map((title) => title.textContent)")

    def offer(self, words):
        """The place of the offer that has these words, from 1; 0 when there is none."""
        offers = [node.text for node in self.browser.all('.search [role="group"] [role="option"]')]
        return next((at for at, text in enumerate(offers, 1) if words in text), 0)

    def focus(self, selector):
        self.browser.script("arguments[0].focus()", self.browser.find(selector))

    def focused(self, attribute):
        return self.browser.script(f"return document.activeElement.{attribute}")

    def home(self):
        """home is one request: models by service type, the menu with counts, and what happened of late"""
        browser = self.browser
        browser.requests()
        browser.open("/")
        browser.settle()
        calls = [url for url in browser.requests() if "/api/" in url and not url.endswith("/me")]
        require(len(calls) == 1, f"one request: {calls}")
        require(browser.all("#results .section"), "sections")
        require(any(node.text.strip().isdigit() and int(node.text) > 0 for node in browser.all("#services b")), "counts in the menu")
        require("지난 7일" in browser.text("#activity"), f"what happened: {browser.text('#activity')}")

    def one_call(self):
        """a list that is seen first takes one call of the API, with the whole menu; a filter that no model has is called by its name"""
        browser = self.browser
        browser.command("Network.enable")
        browser.requests()
        browser.open_anew("/?tag=env:fog")
        browser.settle()
        calls = [url for url in browser.requests() if "/api/" in url and not url.endswith(("/me", "/storage"))]
        require(len(calls) == 1, f"one call: {calls}")
        browser.wait(lambda: browser.text("#chips .chip") == "안개", "the name of the filter")
        require(browser.text("#services li:first-child b").isdigit(), f"how many models there are: {browser.text('#services li:first-child')}")

    def without_scripts(self):
        """without JavaScript the page says what is needed, in both languages"""
        browser = self.browser
        browser.command("Emulation.setScriptExecutionDisabled", value=True)
        try:
            browser.open("/")
            text = browser.driver.find_element("css selector", "#results noscript").text
            require("자바스크립트" in text and "JavaScript" in text, f"the words: {text}")
        finally:
            browser.command("Emulation.setScriptExecutionDisabled", value=False)

    @short
    def search(self):
        """search finds it by its title and by its context, and says how many"""
        browser, title = self.browser, self.title
        browser.open("/")
        browser.fill("#q", title)
        browser.wait(lambda: "q=" in browser.driver.current_url, "the query in the URL")
        browser.wait(lambda: browser.find("#results .row-title").text == title, "the model in the results")
        require(browser.find("#status").get_attribute("textContent"), "the count is announced")
        browser.open("/?service=crime-prevention&tag=object:person")
        browser.wait(lambda: any(title in node.text for node in browser.all("#results li")), "the model by its context")
        browser.picture(self.options.screenshots, "search")

    @short
    def more_models(self):
        """two more models to choose between"""
        for name, (title, service, tags) in OTHERS.items():
            fields = [("title", title), ("version", "1.0.0"), ("service_type", service), *(("context", tag) for tag in tags)]
            self.rest.publish(f"{self.namespace}/{name}", *fields, ("artifact", "model.bin", name.encode()))

    @short
    @looked
    @after("more_models")
    def understood(self):
        """chips tell how the query was understood; the keyboard takes one out, the focus stays among them, and Back brings it back"""
        browser = self.browser
        query = f"탐지 env:rain -object:smoke {self.namespace.split('-')[1]}"
        self.open_search(f"q={quote(query)}")
        chips = self.chips()
        require(len(chips) == 4 and "env:rain" in chips[1] and self.words("비", "rain") in chips[1].lower(), f"the chip of a context: {chips}")
        require(self.words("제외", "not") in chips[2] and self.words("연기", "smoke") in chips[2].lower(), f"the chip of what is left out: {chips}")
        require(self.titles() == [OTHERS["rain-car"][0]], f"one model: {self.titles()}")
        require(browser.text("#results .row-why"), "why it was found")
        browser.look("understood")
        self.focus("#chips .understood:nth-child(2) button")
        self.type(Keys.ENTER)
        browser.wait(lambda: self.asked()["q"] == [query.replace(" env:rain", "")], "the query without the chip")
        browser.settle()
        require("-object:smoke" in self.focused("ariaLabel"), f"the focus is at {self.focused('outerHTML')}")
        require(len(self.chips()) == 3 and len(self.titles()) == 2, f"three chips and two models: {self.chips()} {self.titles()}")
        browser.driver.back()
        browser.wait(lambda: len(self.chips()) == 4 and browser.find("#q").get_attribute("value") == query, "the query after going back")

    def numbers(self):
        """a condition on numbers is said in words, with its unit"""
        self.open_search(f"q={quote('size<900MB -fps>1000')}")
        chips = self.chips()
        require("크기 < 900 MB" in chips[0] and "초당 프레임 > 1000 fps" in chips[1], f"the conditions: {chips}")

    @looked
    def doubt(self):
        """what does not parse is a word, and its chip says so"""
        self.open_search(f"q={quote('size<5parsec')}")
        self.browser.find("#chips .doubtful .problem")
        self.browser.look("doubt")

    @short
    @looked
    @after("more_models")
    def facets(self):
        """two values of a facet are alternatives, chosen by the keyboard; the URL keeps them, a chip takes one back"""
        browser = self.browser
        self.open_search(f"q={self.namespace}")
        require(len(self.titles()) == 3, f"three models: {self.titles()}")
        for value in ("onnx", "tflite"):
            self.focus(f'#facet-side input[value="{value}"]')
            self.type(Keys.SPACE)
            browser.wait(lambda: value in self.asked().get("format", []), f"{value} in the URL")
            browser.settle()
            require(self.focused("value") == value, f"the focus is at {self.focused('outerHTML')}")
        require(len(self.titles()) == 2, f"two models: {self.titles()}")
        require(browser.find('#facet-side input[value="openvino"]').is_enabled(), "what is not chosen stays to be chosen")
        self.focus('#chips [data-focus="format tflite"]')
        self.type(Keys.ENTER)
        browser.wait(lambda: self.asked().get("format") == ["onnx"] and len(self.titles()) == 1, "one format")
        browser.driver.back()
        browser.wait(lambda: len(self.titles()) == 2 and browser.find('#facet-side input[value="tflite"]').is_selected(), "both after going back")
        for service in ("crime-prevention", "illegal-parking"):
            browser.click(f'#facet-side input[name="service"][value="{service}"]')
            browser.wait(lambda: service in self.asked().get("service", []), f"{service} in the URL")
        browser.wait(lambda: len(self.titles()) == 2, "the models of two service types")
        browser.look("facets")
        browser.click("#chips .plain")
        browser.wait(lambda: not self.asked(), "home without conditions")

    @looked
    @after("more_models")
    def facets_small(self):
        """on a small screen the filters are in a sheet, which opens, closes and keeps the focus by keyboard"""
        browser = self.browser
        browser.screen(390, 844)
        self.open_search(f"q={self.namespace}")
        self.focus("#open-filters")
        self.type(Keys.ENTER)
        browser.find("#filters[open]")
        self.focus('#facet-sheet input[value="onnx"]')
        self.type(Keys.SPACE)
        browser.wait(lambda: self.asked().get("format") == ["onnx"], "the filter in the URL")
        browser.settle()
        require(self.focused("value") == "onnx", "the focus stays")
        browser.look("facets-small")
        self.type(Keys.ESCAPE)
        browser.wait(lambda: not browser.all("#filters[open]") and self.focused("id") == "open-filters", "the sheet to close")
        browser.screen(1440, 900)

    def skip_to_filters(self):
        """the second Tab leads to the filters: to the first one beside the list, to their button on a small screen"""
        browser = self.browser
        for width, wanted in ((1440, "INPUT"), (390, "BUTTON")):
            browser.screen(width, 900)
            self.open_search(f"q={self.namespace}")
            browser.find("body").send_keys(Keys.TAB)
            self.type(Keys.TAB)
            require(self.focused("id") == "skip-filters", "the second skip link")
            self.type(Keys.ENTER)
            require(self.focused("tagName") == wanted, f"the focus is at {self.focused('outerHTML')[:120]}")
        browser.screen(1440, 900)

    @looked
    @after("more_models")
    def associations(self):
        """a service type leads to what its models look for; one press adds it to the query"""
        browser = self.browser
        self.open_search(f"q={quote('불법주정차')}")
        button = browser.find('#near [data-focus="near object:license-plate"]')
        require("→" in browser.text("#near p") and "%" in button.text, f"the way and its strength: {browser.text('#near')}")
        browser.look("associations")
        self.focus('#near [data-focus="near object:license-plate"]')
        self.type(Keys.ENTER)
        browser.wait(lambda: self.asked()["q"] == ["불법주정차 object:license-plate"], "the tag in the query")
        browser.settle()
        require(not browser.all('#near [data-focus="near object:license-plate"]'), "it is not offered again")
        require(self.focused("tagName") != "BODY", "the focus is not lost")

    @looked
    @after("more_models")
    def corrected(self):
        """a typing error is corrected and said; the link searches for exactly what was typed"""
        browser = self.browser
        self.open_search("q=licnse+plaet")
        browser.wait_text("#notes", "license plate")
        browser.look("corrected")
        browser.click("#notes a")
        browser.wait(lambda: self.asked()["q"] == ['"licnse plaet"'], "the words in quotes")
        browser.settle()
        require(not browser.all("#notes a"), "nothing is corrected")

    def other_keyboard(self):
        """Hangul typed with the keyboard set to Latin is understood, and said"""
        self.open_search("q=qkdqja")
        self.browser.wait_text("#notes", "방범")
        require(self.browser.find("#q").get_attribute("value") == "qkdqja", "what was typed stays")

    @looked
    @after("more_models")
    def nothing_found(self):
        """where nothing is found the chips to blame are named with what there would be without them; one press takes one out"""
        browser = self.browser
        self.open_search(f"q={self.namespace}+{quote('fps>9000')}&tag=object:person&format=onnx")
        guilty = browser.text("#results .guilty")
        require("fps>9000" in guilty and self.words("1개", "1") in guilty and not re.search("사람|person|ONNX", guilty, re.I), f"the condition to blame: {guilty}")
        require("fps>9000" in browser.text("#results .state p"), "it is said")
        browser.look("nothing-found")
        self.focus("#results .guilty button")
        self.type(Keys.ENTER)
        browser.wait(lambda: self.asked()["q"] == [self.namespace] and self.titles() == [self.title], "the model without the condition")
        self.open_search("q=zzzzqqqq&format=nothing")
        require(not browser.all("#results .guilty li") or "0개" not in browser.text("#results .guilty"), "what leads nowhere is not offered")

    @after("more_models")
    def newer_answer(self):
        """an answer that comes late does not cover a newer one"""
        browser = self.browser
        self.open_search(f"q={self.namespace}")
        browser.script("""const real = window.fetch;
            window.fetch = async (address, options) => {
                const isOld = String(address).includes("/models?") && decodeURIComponent(String(address)).includes("q=연기&");
                if (isOld) await new Promise((resolve) => setTimeout(resolve, 1200));
                return real(address, isOld ? { ...options, signal: undefined } : options);
            }""")
        field = browser.find("#q")
        field.clear()
        field.send_keys("연기")
        browser.wait(lambda: self.asked().get("q") == ["연기"], "the first query is on its way")
        field.clear()
        field.send_keys(self.title)
        browser.wait(lambda: self.titles()[:1] == [self.title], "the newer answer")
        time.sleep(1.5)
        require(self.titles()[:1] == [self.title] and self.title[:8] in browser.text("#heading"), f"it stays: {self.titles()}")

    @after("more_models")
    def rows_stay(self):
        """rows that are found again are the same nodes: typing on makes nothing anew that is there"""
        browser = self.browser
        self.open_search(f"q={self.namespace}")
        browser.script("for (const row of document.querySelectorAll('#results .rows > li')) row.seen = true")
        browser.find("#q").send_keys(" ")
        self.focus("#sort")
        browser.choose("#sort", "name")
        browser.wait(lambda: self.asked().get("sort") == ["name"], "another order")
        browser.settle()
        require(browser.script("return [...document.querySelectorAll('#results .rows > li')].every((row) => row.seen)"), "the rows are the same")

    @after("more_models")
    def relaxed(self):
        """where no model meets all words, it is said that these meet some"""
        self.open_search(f"q={quote('차량 연기')}+{self.namespace}")
        self.browser.wait_text("#notes", "모든 단어에 맞는 모델이 없어서")

    @looked
    @after("more_models")
    def related(self):
        """the page of a model shows those like it, and what they share"""
        browser = self.browser
        browser.open(f"/models/{self.model}")
        browser.wait(lambda: any(OTHERS["rain-car"][0] in node.text for node in browser.all("#related li")), "a related model")
        require(self.words("객체 탐지", "object detection") in browser.text("#related").lower(), "what they share")
        browser.look("related")

    @looked
    def search_help(self):
        """the help opens and closes by keyboard, and its examples are searches"""
        browser = self.browser
        self.open_search("")
        self.focus("#help summary")
        self.type(Keys.ENTER)
        browser.find("#help[open] dl a")
        browser.look("search-help")
        self.type(Keys.ESCAPE)
        require(not browser.all("#help[open]") and self.focused("tagName") == "SUMMARY", "the focus goes back")
        for link in browser.script("return [...document.querySelectorAll('#help dl a')].map((link) => link.getAttribute('href'))"):
            self.open_search(link.split("?", 1)[1])
            require(not browser.all("#results [role=alert], #chips .doubtful"), f"{unquote(link)} is understood")

    @after("more_models")
    def suggestion_of_a_syllable(self):
        """suggestions stay while a syllable is composed, from the first one on"""
        browser = self.browser
        browser.open("/")
        browser.settle()
        field = browser.find("#q")
        field.click()
        browser.wait(lambda: field.get_attribute("role") == "combobox", "the suggestions to be ready")
        for text in ("사", "살", "사라", "사람"):
            browser.command("Input.imeSetComposition", text=text, selectionStart=len(text), selectionEnd=len(text))
            browser.wait(lambda: self.offer("object:person"), f"the offer at {text}")
        browser.command("Input.insertText", text="사람")
        browser.wait(lambda: self.offer("object:person"), "the offer at the end")

    @short
    @looked
    @after("more_models")
    def suggestions(self):
        """the search field offers tags by their Korean names; Escape closes the list, arrow and Enter take one"""
        browser = self.browser
        browser.open("/")
        browser.settle()
        field = browser.find("#q")
        field.send_keys("사람")
        browser.wait(lambda: self.offer("object:person"), "an offer")
        browser.look("suggestions")
        field.send_keys(Keys.ESCAPE)
        require(not browser.all('.search [role="option"]') and field.get_attribute("value") == "사람", "the list is closed, the words stay")
        field.send_keys(" ")
        at = browser.wait(lambda: self.offer("object:person"), "the offers again")
        field.send_keys(Keys.ARROW_DOWN * at + Keys.ENTER)
        browser.wait(lambda: self.asked() == {"tag": ["object:person"]}, "the list filtered by the tag")
        require(self.focused("id") == "q" and not field.get_attribute("value"), "the field is empty and has the focus")

    @after("more_models")
    def suggestion_of_last_word(self):
        """a tag that is offered for the last word leaves the words before it"""
        browser = self.browser
        browser.open("/")
        browser.settle()
        field = browser.find("#q")
        field.send_keys(f"{self.namespace} license-pl")
        at = browser.wait(lambda: self.offer("object:license-plate"), "the tag")
        field.send_keys(Keys.ARROW_DOWN * at + Keys.ENTER)
        browser.wait(lambda: self.asked() == {"q": [self.namespace], "tag": ["object:license-plate"]}, "words and tag")
        browser.wait(lambda: self.titles() == [OTHERS["rain-car"][0]], "one model")

    @short
    @after("more_models")
    def forget_models(self):
        """the two models are deleted again"""
        for name in OTHERS:
            self.rest.delete(f"/models/{self.namespace}/{name}")
