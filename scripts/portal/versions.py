"""One model: its tabs, further versions, changes of its texts, and its end."""

from selenium.webdriver.common.keys import Keys
from shell import looked, require, short


class VersionSteps:
    def tabs_by_keyboard(self):
        """arrow keys move between the tabs"""
        browser = self.browser
        browser.open(f"/models/{self.model}")
        browser.wait_text("#version-count", "1")
        browser.find("#tab-readme").send_keys(Keys.ARROW_RIGHT)
        browser.wait(lambda: browser.find("#versions").is_displayed(), "the versions")
        browser.find("#tab-versions").send_keys(Keys.END)
        browser.wait(lambda: browser.find("#get").is_displayed() and browser.driver.current_url.endswith("#get"), "the last tab")

    def deprecate(self):
        """an owner marks a version as deprecated, with the reason"""
        browser = self.browser
        browser.open_anew(f"/models/{self.model}#versions")
        browser.click(".versions li:nth-child(2) .menu summary")
        browser.click(".versions li:nth-child(2) .menu-list button:nth-child(2)")
        browser.fill("dialog textarea", "1.0.1이 더 정확합니다")
        browser.click("dialog footer .primary")
        browser.wait_text(".versions li:nth-child(2)", "1.0.1이 더 정확합니다")
        browser.open(f"/models/{self.model}?v=1.0.0")
        browser.wait_text(".notice.warn", "1.0.1이 더 정확합니다")

    @short
    def edit_model(self):
        """an owner changes the summary; an empty title is refused at its field"""
        browser = self.browser
        browser.open(f"/models/{self.model}")
        browser.click(".head-actions button.button:last-child")
        browser.fill('dialog [name="title"]', "")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="title"][aria-invalid]')
        browser.fill('dialog [name="title"]', self.title)
        browser.fill('dialog [name="summary"]', "새 설명입니다")
        browser.click("dialog footer .primary")
        browser.wait_text("#head", "새 설명입니다")

    def further_services(self):
        """who edits a model sees all its service types, and those that are not touched stay"""
        browser, name = self.browser, f"{self.namespace}/both"
        self.rest.post("/models", {"name": name, "title": "둘", "service_type": "voice", "context": ["service:smart-home", "object:person"]})
        browser.open_anew(f"/models/{name}")
        browser.click("#edit")
        browser.wait_text("dialog", "스마트홈도 서비스 타입")
        require(browser.all('dialog [data-tag="service:smart-home"]'), "it stands among the tags")
        browser.choose("dialog [name=service_type]", "retail")
        browser.click("dialog footer .primary")
        browser.wait(lambda: self.rest.get(f"/models/{name}")["service_type"] == "retail", "the new first service type")
        types = [service["id"] for service in self.rest.get(f"/models/{name}")["service_types"]]
        require(types == ["retail", "smart-home"], f"{types}")
        browser.open_anew(f"/models/{self.variants_of(f'{self.namespace}/two')}")
        browser.click("#edit")
        browser.wait_text("dialog", "스마트홈")

    def version_action(self, version, words):
        browser = self.browser
        row = f'.versions li:has([data-version="{version}"])'
        browser.click(f"{row} .menu summary")
        next(item for item in browser.all(f"{row} .menu-list button") if item.text == words).click()

    @looked
    def edit_notes(self):
        """an owner edits the notes of a version; who comes second is told what is there now, and overwrites nothing"""
        browser, path = self.browser, f"/models/{self.model}/versions/1.0.1"
        browser.expect("status of 412")
        browser.open_anew(f"/models/{self.model}#versions")
        browser.settle()
        self.version_action("1.0.1", self.words("바뀐 점 고치기", "Edit notes"))
        browser.fill("dialog textarea", "밤에 더 잘 찾습니다")
        browser.look("edit-notes")
        browser.click("dialog footer .primary")
        browser.wait_text(".versions", "밤에 더 잘 찾습니다")
        self.version_action("1.0.1", self.words("바뀐 점 고치기", "Edit notes"))
        self.rest.patch(path, {"notes": "먼저 쓴 글"})
        browser.fill("dialog textarea", "늦은 글")
        browser.click("dialog footer .primary")
        browser.wait_text("dialog [role=alert]", "먼저 쓴 글")
        require(browser.find("dialog textarea").get_attribute("value") == "늦은 글", "what was typed is there")
        require(self.rest.get(path)["notes"] == "먼저 쓴 글", "nothing was overwritten")

    def state_meanwhile(self):
        """a version that somebody else withdrew meanwhile is not deprecated over it"""
        browser, name = self.browser, f"{self.namespace}/states"
        for number in ("1.0.0", "1.0.1"):
            self.rest.publish(name, ("title", "상태"), ("service_type", "voice"), ("version", number), ("artifact", "a.bin", number.encode()))
        browser.open_anew(f"/models/{name}#versions")
        browser.settle()
        self.version_action("1.0.0", "교체 권장으로 표시")
        self.rest.patch(f"/models/{name}/versions/1.0.0", {"state": "withdrawn", "reason": "자전거를 못 봅니다"})
        browser.fill("dialog textarea", "1.0.1이 낫습니다")
        browser.click("dialog footer .primary")
        browser.wait_text("dialog [role=alert]", "자전거를 못 봅니다")
        require(self.rest.get(f"/models/{name}/versions/1.0.0")["state"] == "withdrawn", "nothing was overwritten")
        self.rest.delete(f"/models/{name}")

    @short
    def delete_model(self):
        """an owner deletes the model by typing its name"""
        browser = self.browser
        browser.screen(1440, 900)
        browser.open(f"/models/{self.model}")
        browser.click(".head-actions button.button:last-child")
        browser.click("dialog .dialog-body .danger")
        browser.fill('dialog [name="typed"]', self.model)
        browser.click("dialog footer .danger")
        browser.wait(lambda: browser.driver.current_url.rstrip("/") == self.url, "the home page after deletion")
