"""The area of administration: its figures, service types, names of context, the record of changes, and lists that are filtered."""
from urllib.parse import quote

from selenium.webdriver.common.keys import Keys
from shell import after, looked, require, short


class AdminSteps:
    def rows(self, selector="#list tbody tr"):
        return [node.text for node in self.browser.all(selector)]

    def button_of(self, words):
        return f"#list button[aria-label*='{words}']"

    @short
    def area(self):
        """administrators go from part to part, with figures of the whole above; "users" stands in the top bar"""
        browser = self.browser
        browser.open("/")
        browser.click("#manage")
        for path in ("/users", "/tokens", "/namespaces", "/service-types", "/context", "/storage", "/activity"):
            browser.click(f'.areas a[href="{path}"]')
            browser.wait(lambda: browser.driver.current_url.endswith(path), path)
            browser.settle()
            require(len(browser.all("#stats dd")) == 4 and browser.all(f'.areas a[href="{path}"][aria-current]'), f"{path}: the figures and the place")
        models, versions = browser.script("return document.querySelector('#stats dd').textContent.split(' / ').map(Number)")
        summary = self.rest.get("/summary")
        require([models, versions] == [summary["models"], summary["versions"]], f"{models} models, {versions} versions: {summary}")

    def narrowing(self):
        """a list is filtered as one types, Hangul on its way too; what matches nothing says so and leads back"""
        browser = self.browser
        browser.open("/service-types")
        browser.settle()
        everything = len(self.rows())
        browser.find("#filter").click()
        browser.compose("주정차")
        browser.wait(lambda: len(self.rows()) == 1 and "illegal-parking" in self.rows()[0], "one service type")
        browser.find("#filter").send_keys(Keys.ENTER)
        require(browser.driver.current_url.endswith("/service-types"), "Enter sends nothing")
        browser.fill("#filter", "zzzz")
        browser.click("#list .state .button")
        browser.wait(lambda: len(self.rows()) == everything, "all service types")

    @short
    @looked
    def service_types(self):
        """a service type is added, refused under an id that is taken, renamed everywhere, kept while in use, and deleted"""
        browser, name = self.browser, f"t-{self.namespace}"[:60]
        browser.expect("status of 409", "status of 422")
        browser.open("/service-types")
        browser.settle()
        browser.click("#create")
        browser.fill('dialog [name="id"]', "voice")
        browser.fill('dialog [name="label.ko"]', "등대")
        browser.fill('dialog [name="label.en"]', "Lighthouse")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="id"][aria-invalid]')
        browser.look("service-type-taken")
        browser.fill('dialog [name="id"]', name)
        browser.click("dialog footer .primary")
        browser.wait_text("#list", "Lighthouse")
        browser.click(self.button_of(self.words("등대", "Lighthouse")))
        browser.fill('dialog [name="label.ko"]', "등대 관리")
        browser.click("dialog footer .primary")
        browser.wait_text("#list", "등대 관리")
        served = {item["id"]: item["label"]["ko"] for item in self.rest.get("/service-types")["items"]}
        require(served[name] == "등대 관리", f"{served}")
        used = next(item for item in self.rest.get("/service-types")["items"] if item["count"] > 0)
        browser.click(self.button_of(used["label"][browser.language]))
        browser.click("dialog .dialog-body .danger")
        browser.click("dialog footer .danger")
        browser.wait(lambda: used["id"] in browser.find("dialog .form-error").text, "who uses it")
        browser.look("service-type-used")
        browser.click("dialog header .icon-button")
        browser.click(self.button_of(self.words("등대 관리", "Lighthouse")))
        browser.click("dialog .dialog-body .danger")
        browser.click("dialog footer .danger")
        browser.wait(lambda: "등대 관리" not in browser.text("#list"), "the service type to go")

    @short
    @looked
    def context_names(self):
        """a context value gets names and a synonym that find it at once, and its old name back"""
        browser, word = self.browser, "밤마실꾼"
        browser.expect("status of 422")
        before = next(item for item in self.rest.get("/context/object")["items"] if item["value"] == "person")
        browser.open("/context")
        browser.settle()
        browser.click('#list a.mono-name[href="/context/object"]')
        browser.wait(lambda: browser.driver.current_url.endswith("/context/object"), "the values")
        browser.settle()
        browser.click(self.button_of(before["label"][browser.language]))
        browser.look("context-edit")
        browser.fill('dialog [name="label.ko"]', "")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="label.ko"][aria-invalid]')
        browser.fill('dialog [name="label.ko"]', "산책하는 사람")
        browser.find('dialog [name="synonyms"]').send_keys(f", {word}")
        browser.click("dialog footer .primary")
        browser.wait_text("#list", "산책하는 사람")
        browser.wait_text("#list", word)
        require(browser.all("#list .badge.info"), "that it was edited is said")
        require(self.rest.get(f"/models?q={quote(word)}")["total"] > 0, "the synonym finds models")
        browser.open(f"/?q={quote(word)}")
        browser.settle()
        require(self.words("산책하는 사람", before["label"]["en"]) in browser.text("main"), "the new name in the list")
        browser.open("/context/object")
        browser.settle()
        browser.click(self.button_of(self.words("산책하는 사람", before["label"]["en"])))
        browser.click("dialog .dialog-body .actions .button")
        browser.wait(lambda: word not in browser.text("#list") and before["label"]["ko"] in browser.text("#list"), "the old name")
        require(self.rest.get(f"/models?q={quote(word)}")["total"] == 0, "the synonym is gone")

    @short
    @after("context_names")
    def activity(self):
        """the record shows who did what, narrowed by kind, person and subject in the address; nothing leads back"""
        browser = self.browser
        browser.open("/activity")
        browser.settle()
        browser.choose('#filters [name="action"]', "context")
        browser.wait(lambda: self.rows() and all("컨텍스트" in row for row in self.rows()), "only names of context")
        require("action=context" in browser.driver.current_url, "the kind in the address")
        browser.choose('#filters [name="action"]', "")
        browser.fill('#filters [name="subject"]', self.model)
        browser.wait(lambda: self.rows() and all(self.model in row for row in self.rows()), "only the model")
        browser.fill('#filters [name="actor"]', "nobody-at-all")
        browser.click("#list .state .button")
        browser.wait(lambda: len(self.rows()) > 1 and "?" not in browser.driver.current_url, "all again")

    def storage_by_model(self):
        """each model's share of the storage is told in words beside its bar, and all parts add up"""
        browser = self.browser
        browser.open("/storage")
        browser.settle()
        usage = self.rest.get("/storage/models")
        stored = self.rest.get("/storage")["blobs"]["bytes"]
        total = sum(item["bytes"] for item in usage["items"]) + usage["others"]["bytes"] + usage["shared_bytes"] + usage["unreferenced_bytes"]
        require(total == stored, f"{total} of {stored} bytes")
        require(len(browser.all("#by-model li")) >= len(usage["items"]), "a line each")
        require(usage["items"][0]["name"] in browser.text("#by-model li"), "the largest first")
