"""Registering a model and its versions on the page, as people do."""
import os

from selenium.webdriver.common.keys import Keys
from shell import after, looked, require, short
from uploads import UploadSteps


class RegisterSteps(UploadSteps):
    @short
    @looked
    def register(self):
        """the paper's registration: files dropped, a README, service type and context typed in Hangul; the model is there"""
        browser = self.browser
        browser.expect("status of 404")
        browser.open("/register")
        browser.settle()
        browser.drop("#drop", self.onnx, self.folder / "diagram.png", self.folder / "README.md")
        browser.wait(lambda: len(browser.all("#files li")) == 2, "two files")
        browser.wait(lambda: "언제 쓰나요" in browser.find("#readme").get_attribute("value"), "the dropped README in its field")
        browser.wait_text("#readme-preview", "밤에 사람을 찾습니다")
        require(browser.script("return window.broken") is None, "a script of the README ran")
        browser.fill("#namespace", self.namespace)
        browser.fill("#name", "night-person")
        browser.find("#name-hint.ok")
        browser.fill("#title", self.title)
        browser.fill("#summary", "CCTV 야간 영상에서 사람을 탐지합니다.")
        browser.wait(lambda: len(browser.all("#service_type option")) > 5, "the service types")
        browser.choose("#service_type", "crime-prevention")
        tags = browser.find("#tags input")
        tags.click()
        browser.compose("야간")
        tags.send_keys(Keys.ENTER)
        for tag in ("object:person", "task:object-detection", "format:onnx"):
            tags.send_keys(tag + Keys.ENTER)
        require(len(browser.all("#tags .chip")) == 4, "four tags, each whole")
        browser.wait(lambda: len(browser.all("#files [data-state=done]")) == 2, "both files verified")
        browser.look("register-filled")
        browser.click("#send")
        browser.find("#done")
        browser.look("register-done")

    def publish(self, version, file):
        browser = self.browser
        browser.open(f"/models/{self.model}/new-version")
        browser.settle()
        browser.find("#pick").send_keys(str(file))
        browser.wait(lambda: browser.all("#files [data-state=done]"), "the file")
        if version:
            browser.fill("#version", version)
        browser.fill("#notes", "다시 학습했습니다")
        browser.click("#send")

    @short
    def new_version(self):
        """a second version begins with the context, README and files of the first, and takes the next number by itself"""
        other = self.folder / "v2" / "model.onnx"
        other.parent.mkdir()
        other.write_bytes(os.urandom(50_000))
        self.publish("", other)
        self.browser.find("#done")
        self.browser.open(f"/models/{self.model}#versions")
        self.browser.wait(lambda: len(self.browser.all(".versions li")) == 2, "two versions")
        require(self.browser.all(".version-number")[0].text == "1.0.1", "the next number, first in the list")
        self.browser.open(f"/models/{self.model}")
        self.browser.wait_text("#readme", "언제 쓰나요")
        require(self.browser.all('#head a[href*="object%3Aperson"]'), "the context of the version before")

    @after("new_version")
    def refused_version(self):
        """a number that is taken with other bytes is refused in words, and the form stays filled"""
        browser = self.browser
        browser.expect("status of 409")
        self.publish("1.0.0", self.folder / "v2" / "model.onnx")
        browser.find("#version[aria-invalid]")
        require(browser.find("#notes").get_attribute("value"), "the form kept its text")
        browser.click("#discard")
        browser.click("dialog footer .danger")
        browser.wait(lambda: "draft=" not in browser.driver.current_url, "a blank page")

    def tag_names(self):
        """a new version calls its tags by name in both languages, and is asked what changed; a first version is not"""
        browser = self.browser
        for language, name, words in (("ko", "대상: 사람", "바뀐 점"), ("en", "Object: Person", "What changed")):
            browser.script("localStorage.setItem('moru.language', arguments[0])", language)
            browser.open_anew(f"/models/{self.model}/new-version")
            browser.wait(lambda: name in [chip.text for chip in browser.all("#tags .chip")], name)
            require(browser.all('#tags .chip[data-tag="object:person"]'), "the tag itself")
            require(browser.text("label[for=notes]") == words, browser.text("label[for=notes]"))
        browser.open_anew("/register")
        browser.wait(lambda: not browser.find("#fields").get_attribute("disabled"), "the form")
        require(browser.text("label[for=notes]") == "Notes on this version", "a first version changes nothing")
        browser.script("localStorage.removeItem('moru.language')")
