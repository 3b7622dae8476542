"""The page of a model: its first view, two versions side by side, its variants, edits that meet, what it shows without a model to show."""
import re

from selenium.webdriver.common.keys import Keys
from shell import looked, require, short


class ModelSteps:
    @short
    def first_view(self):
        """the first view of a model takes one call of the API; what a tab needs comes when it opens"""
        browser = self.browser
        browser.command("Network.enable")
        browser.command("Network.clearBrowserCache")
        browser.requests()
        browser.open_anew(f"/models/{self.model}")
        browser.wait_text("#readme", "언제 쓰나요")
        asked = [url for url in browser.requests() if url.startswith(self.url) and not url.endswith("/logo.svg")]
        first = [url for url in asked if f"/api/v1/models/{self.model}" in url and "/artifacts/" not in url and not re.search("/(stats|related)", url)]
        require(len(first) == 1, f"calls: {first}")
        late = ("snippet", "model-versions", "model-compare", "model-files", "model-edit", "model-states", "form.js")
        require(not [url for url in asked if any(name in url for name in late)], f"came too early: {asked}")
        browser.find("#usage .chart, #usage .quiet")

    def usage(self):
        """the picture of downloads says the same in words and as a table"""
        browser = self.browser
        browser.open_anew(f"/models/{self.model}")
        browser.find("#usage .usage-total, #usage .quiet")
        for figure in browser.all("#usage figure"):
            require(figure.find_elements("css selector", "svg[role=img] > title"), "the title of the picture")
            require(len(figure.find_elements("css selector", "tbody tr")) == 30, "a row for each day")

    @short
    @looked
    def compare(self):
        """two versions are chosen and compared by keyboard; the address shows the same to somebody else"""
        browser = self.browser
        browser.open_anew(f"/models/{self.model}#versions")
        for version in ("1.0.1", "1.0.0"):
            browser.find(f'.versions input[value="{version}"]').send_keys(Keys.SPACE)
        browser.wait_text("#comparison h2", "1.0.0 → 1.0.1")
        require(browser.driver.current_url.endswith("?compare=1.0.1...1.0.0#versions"), browser.driver.current_url)
        require("model.onnx" in browser.text("#comparison") and "diagram.png" in browser.script("return document.querySelector('#comparison').textContent"), "the artifacts")
        rows = len([row for row in browser.all("#comparison tbody tr") if row.is_displayed()])
        browser.find("#comparison input[type=checkbox]").send_keys(Keys.SPACE)
        require(len([row for row in browser.all("#comparison tbody tr") if row.is_displayed()]) > rows, "what is the same, when asked for")
        browser.look("compare")
        browser.open_anew(f"/models/{self.model}?compare=1.0.0...1.0.1#versions")
        browser.wait_text("#comparison h2", "1.0.0 → 1.0.1")
        require(len(browser.all(".versions input:checked")) == 2, "both are chosen")
        browser.find("#comparison .card-head > button:last-child").send_keys(Keys.ENTER)
        browser.wait(lambda: not browser.all("#comparison h2") and "compare" not in browser.driver.current_url, "no comparison")
        browser.wait(lambda: browser.all(".charts svg[role=img]"), "the picture of sizes")

    def compare_refused(self):
        """a comparison with a version that is not there says so, and offers to try again"""
        browser = self.browser
        browser.expect("status of 404")
        browser.open_anew(f"/models/{self.model}?compare=1.0.0...9.9.9#versions")
        browser.wait_text("#comparison [role=alert]", "9.9.9")
        require(browser.all("#comparison .mono") and browser.all("#comparison .state .button"), "the request's number, and a way on")

    def menu_by_keyboard(self):
        """the menu of a version opens, moves and closes by keyboard; its dialog gives the focus back"""
        browser = self.browser
        browser.open_anew(f"/models/{self.model}#versions")
        summary = browser.find(".versions li:nth-child(2) .menu summary")
        summary.send_keys(Keys.ARROW_DOWN)
        first = browser.script("return document.activeElement.textContent")
        browser.driver.switch_to.active_element.send_keys(Keys.ARROW_UP)
        require(browser.script("return document.activeElement.closest('.menu-list') !== null") and browser.script("return document.activeElement.textContent") != first, "the last item")
        browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        require(browser.script("return document.activeElement.tagName") == "SUMMARY", "the focus is back at the menu")
        browser.find("#edit").send_keys(Keys.ENTER)
        browser.wait(lambda: browser.script("return document.activeElement.name") == "title", "the first field")
        browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        browser.wait(lambda: browser.script("return document.activeElement.id") == "edit", "the focus back at the button")

    def meanwhile(self, **change):
        """Another tab changes the model."""
        self.browser.later("{ const api = await import('/js/api.js'); await api.patch(api.modelPath(values[0]), values[1]); }", self.model, change)

    def edit_late(self, summary):
        browser = self.browser
        browser.open_anew(f"/models/{self.model}")
        browser.click("#edit")
        browser.fill('dialog [name="summary"]', summary)

    @short
    @looked
    def stale_edit(self):
        """of two tabs that edit a model the second is shown both texts: it takes the saved one, or saves its own over what it has seen"""
        browser = self.browser
        browser.expect("status of 412")
        self.edit_late("늦은 설명")
        self.meanwhile(summary="먼저 쓴 설명", license="MIT")
        browser.click("dialog footer .primary")
        browser.wait_text("dialog .conflict", "먼저 쓴 설명")
        require("늦은 설명" in browser.text("dialog .conflict") and browser.find('dialog [name="summary"]').get_attribute("value") == "늦은 설명", "nothing typed is lost")
        require(self.rest.get(f"/models/{self.model}")["summary"] == "먼저 쓴 설명", "nothing is overwritten")
        browser.look("conflict")
        browser.click("#take-theirs")
        require(browser.find('dialog [name="summary"]').get_attribute("value") == "먼저 쓴 설명", "the saved text is in the form")
        self.edit_late("내 설명")
        self.meanwhile(license="Apache-2.0")
        browser.click("dialog footer .primary")
        browser.click("#apply-mine")
        browser.wait_text("#head", "내 설명")
        kept = self.rest.get(f"/models/{self.model}")
        require((kept["summary"], kept["license"]) == ("내 설명", "Apache-2.0"), f"mine and theirs: {kept['summary']}, {kept['license']}")

    def model_states(self):
        """without a version, a README, a file or a right the page says what is so and what to do next"""
        browser, rest = self.browser, self.rest
        browser.expect("status of 404")
        empty, odd = f"{self.namespace}/empty", f"{self.namespace}/odd"
        rest.post("/models", {"name": empty, "title": "가" * 200, "summary": "Supercalifragilistic" * 40, "service_type": "voice"})
        rest.publish(odd, ("title", "설명 없는 모델"), ("visibility", "private"), ("version", "1.0.0"), ("draft", "true"), ("artifact", "nothing.txt", b""))
        for path, selector in ((f"/models/{empty}", "#readme .state .button"), (f"/models/{empty}#get", "#get .state"), (f"/models/{empty}#versions", "#versions .state"),
                               (f"/models/{odd}", "#readme .state .button"), (f"/models/{odd}", ".notice.warn"), (f"/models/{odd}#files", "#files table"),
                               (f"/models/{odd}?v=9.9.9", ".state .button.primary"), (f"/models/{self.namespace}/nothing", '.state a[href="/"]')):
            browser.open_anew(path)
            browser.find(selector)
            browser.screen(320, 640)
            require(browser.overflow() <= 0, f"{path}: {browser.overflow()} px too wide")
            browser.screen(1440, 900)
            violations = browser.violations()
            require(not violations, f"{path}: {violations}")
        rest.delete(f"/models/{empty}")
        rest.delete(f"/models/{odd}")

    def model_offline(self):
        """a tab that cannot be loaded says so in its place, and comes when there is a connection again"""
        browser = self.browser
        browser.expect("ERR_INTERNET_DISCONNECTED")
        browser.open_anew(f"/models/{self.model}")
        browser.settle()
        network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        browser.command("Network.emulateNetworkConditions", offline=True, **network)
        browser.click("#tab-versions")
        browser.find("#versions [role=alert] .button")
        browser.command("Network.emulateNetworkConditions", offline=False, **network)
        browser.click("#versions [role=alert] .button")
        browser.find(".versions li")

    def tags_offline(self):
        """without a connection a tag is typed without suggestions, and no complaint; they come with the next visit of the field"""
        browser = self.browser
        network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        browser.open_anew(f"/models/{self.model}")
        browser.click("#edit")
        browser.find("dialog .tag-input input")
        browser.command("Network.emulateNetworkConditions", offline=True, **network)
        try:
            browser.find("dialog .tag-input input").send_keys("env:fog", Keys.ENTER)
            browser.find('dialog .chip[data-tag="env:fog"]')
            require(not browser.all("dialog [role=listbox]"), "suggestions without a connection")
        finally:
            browser.command("Network.emulateNetworkConditions", offline=False, **network)
        browser.find("dialog [name=title]").click()
        browser.find("dialog .tag-input input").send_keys("사람")
        browser.wait_text("dialog [role=listbox]", "object:person")

    def variants_of(self, name):
        """A model with a large and a small variant."""
        if not self.rest.exists(f"/models/{name}"):
            self.rest.publish(name, ("title", "두 변형"), ("service_type", "voice"), ("version", "1.0.0"), ("context", "service:smart-home"),
                              ("variant", "fp32"), ("context", "precision:fp32"), ("artifact", "large.bin", b"1" * 9000),
                              ("variant", "int8"), ("context", "precision:int8"), ("artifact", "small.bin", b"1" * 3000))
        return name

    @looked
    def met_variant(self):
        """a row shows the size and precision of the variant that met the query; its files are one table with a group for each variant"""
        browser, name = self.browser, self.variants_of(f"{self.namespace}/two")
        facts = f'#results li:has(a[href="/models/{name}"]) .row-facts'
        browser.open_anew(f"/?q={self.namespace} int8 size<5kB")
        browser.wait_text(facts, "3 kB")
        require("INT8" in browser.text(facts) and "FP32" not in browser.text(facts) and self.words("변형 int8", "Variant int8") in browser.text(facts), browser.text(facts))
        browser.look("met-variant")
        browser.open_anew(f"/?q={self.namespace} two")
        browser.wait_text(facts, "12 kB")
        browser.open_anew(f"/models/{name}#files")
        browser.find("#files table")
        require(len(browser.all("#files table")) == 1 and len(browser.all("#files .group")) == 2, "one table with two groups")
        browser.look("grouped-files")
