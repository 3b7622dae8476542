"""What is being written is never lost: two tabs, refusals, failures, input methods; and what is discarded is gone."""
import json
import urllib.request

from selenium.webdriver.common.keys import Keys
from server import PASSWORD
from shell import after, looked, require
from wire import Wire


class DraftSteps:
    @looked
    def two_tabs(self):
        """a second tab says that the first has the draft, and writes one of its own"""
        writer = self.register_page()
        writer.fill("#title", "첫째 탭")
        writer.wait(lambda: "draft=" in writer.driver.current_url, "the draft to be kept")
        address, first = writer.driver.current_url.removeprefix(self.own.url), writer.driver.current_window_handle
        writer.driver.switch_to.new_window("tab")
        writer.open(address)
        writer.find("#notices .info")
        writer.look("register-two-tabs")
        writer.fill("#title", "둘째 탭")
        writer.wait(lambda: "draft=" in writer.driver.current_url and address not in writer.driver.current_url, "a draft of its own")
        writer.driver.close()
        writer.driver.switch_to.window(first)
        writer.driver.refresh()
        writer.wait(lambda: writer.find("#title").get_attribute("value") == "첫째 탭", "the first draft")
        self.quiet()

    def plain_http(self):
        """without what browsers keep for secure origins, digests are still compared and two tabs still know of each other"""
        writer = self.register_page()
        source = "for (const [where, what] of [[Navigator, 'locks'], [Crypto, 'subtle']]) Object.defineProperty(where.prototype, what, { value: undefined })"
        added = writer.command("Page.addScriptToEvaluateOnNewDocument", source=source)["identifier"]
        try:
            writer.driver.refresh()
            writer.wait(lambda: not writer.find("#fields").get_attribute("disabled"), "the form")
            require(writer.script("return !navigator.locks && !crypto.subtle"), "neither is there")
            self.describe("plain")
            path = self.file("plain.onnx", 700_001)
            writer.find("#pick").send_keys(str(path))
            self.state("done")
            writer.wait(lambda: "draft=" in writer.driver.current_url, "the draft to be kept")
            address, first = writer.driver.current_url.removeprefix(self.own.url), writer.driver.current_window_handle
            writer.driver.switch_to.new_window("tab")
            writer.command("Page.addScriptToEvaluateOnNewDocument", source=source)
            writer.open(address)
            writer.find("#notices .info")
            writer.driver.close()
            writer.driver.switch_to.window(first)
            self.publish_and_compare("plain", path)
        finally:
            writer.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added)
        self.quiet()

    @looked
    @after("altered")
    def kept_draft(self):
        """neither a refusal, a failure, nor a lost connection costs a word; a number that is taken is a choice"""
        writer = self.register_page("/models/admin/altered/new-version")
        writer.expect("status of 409", "status of 500", "ERR_INTERNET_DISCONNECTED")
        writer.find("#kept input:checked")
        writer.find("#pick").send_keys(str(self.file("second.onnx", 2000)))
        writer.fill("#version", "1.0.0")
        writer.fill("#notes", "잃지 않는 글")
        self.state("done")
        self.connect(offline=True)
        writer.click("#send")
        writer.wait(lambda: writer.find(".form-error").is_displayed(), "the refusal")
        self.connect()
        writer.script("const real = window.fetch; window.fetch = (url, options) => options?.method === 'POST' && /versions$/.test(url)"
                      "? (window.fetch = real, Promise.resolve(new Response('{\"type\":\"/problems/internal\",\"detail\":\"넘어졌습니다\",\"instance\":\"abc\"}', {status: 500}))) : real(url, options)")
        writer.click("#send")
        writer.wait_text(".form-error", "넘어졌습니다")
        writer.look("register-failed")
        writer.click("#send")
        writer.find("#version[aria-invalid]")
        writer.wait_text(".form-error", "1.0.1")
        writer.look("register-number-taken")
        require(writer.find("#notes").get_attribute("value") == "잃지 않는 글", "the form kept its text")
        writer.click(".form-error .actions button")
        require(writer.find("#version").get_attribute("value") == "1.0.1", "the next number")
        writer.click("#send")
        writer.find("#done")
        with urllib.request.urlopen(f"{self.own.url}/api/v1/models/admin/altered/versions/1.0.1") as answer:
            paths = {artifact["path"] for variant in json.load(answer)["variants"] for artifact in variant["artifacts"]}
        require(paths == {"altered.onnx", "second.onnx"}, f"the old file and the new: {paths}")
        self.quiet()

    @looked
    def full_disk(self):
        """a disk that fills refuses a file at its row and a registration in words; once there is room both go on"""
        writer = self.register_page()
        self.describe("full")
        path = self.file("full.onnx", 2000)
        with Wire(writer, "full"):
            writer.find("#pick").send_keys(str(path))
            self.state("failed")
            require(self.words("디스크가 가득", "disk of the server is full") in writer.text("#files .upload-note"), writer.text("#files .upload-note"))
            writer.look("register-full")
        writer.click("#files [data-what=retry]")
        self.state("done")
        with Wire(writer, "full"):
            writer.click("#send")
            writer.wait_text(".form-error", "operator")
            require(writer.find("#title").get_attribute("value") == "모델 full", "nothing typed is lost")
        self.publish_and_compare("full", path)
        self.quiet()

    @looked
    def too_many(self):
        """more files than the server takes at once are refused before any is sent, with the number that it takes"""
        writer = self.register_page()
        with urllib.request.urlopen(f"{self.own.url}/api/v1/about") as answer:
            most = json.load(answer)["limits"]["uploads"]
        paths = [self.file(f"many/{number}.bin", 1) for number in range(most + 1)]
        self.uploads_made()
        writer.find("#pick").send_keys("\n".join(map(str, paths)))
        writer.wait_text("dialog[open]", f"{most:,}")
        require(self.uploads_made() == 0 and not writer.all("#files li"), "something was taken")
        writer.look("register-too-many")
        self.quiet()

    def signed_off(self):
        """signing out keeps drafts, of files alone too, for whoever began them"""
        writer = self.register_page()
        kept = "return Object.keys(localStorage).filter((key) => key.startsWith('moru.draft.')).map((key) => JSON.parse(localStorage[key]).fields.title)"
        writer.find("#pick").send_keys(str(self.file("wordless.onnx", 1000)))
        self.state("done")
        writer.click("#draft-line a")
        writer.wait(lambda: not writer.find("#fields").get_attribute("disabled"), "the form")
        writer.fill("#title", "적은 말")
        writer.wait(lambda: sorted(writer.script(kept)) == ["", "적은 말"], "two drafts")
        writer.click("#user summary")
        writer.click("#user .menu-list button")
        writer.wait(lambda: writer.all('#user a[href="/sign-in"]') and writer.driver.current_url == f"{self.own.url}/", "home, signed out")
        require(sorted(writer.script(kept)) == ["", "적은 말"], f"{writer.script(kept)}")
        writer.sign_in("admin", PASSWORD)
        writer.open("/register")
        writer.wait(lambda: writer.find("#title").get_attribute("value") == "적은 말", "the words")
        self.quiet()

    def composed(self):
        """Hangul on its way through an input method ends neither a tag nor the form"""
        writer = self.register_page()
        for selector in ("#title", "#readme", "#tags input"):
            writer.find(selector).click()
            writer.command("Input.imeSetComposition", text="사람", selectionStart=2, selectionEnd=2)
            # What a browser sends for Enter while an input method has the text.
            writer.command("Input.dispatchKeyEvent", type="keyDown", key="Process", windowsVirtualKeyCode=229)
            require(not writer.all("#tags .chip") and not writer.find(".form-error").is_displayed(), f"{selector}: Enter while composing did something")
            writer.command("Input.insertText", text="사람")
        writer.find("#tags input").send_keys(Keys.ENTER)
        require([chip.text for chip in writer.all("#tags .chip")] == ["사람"], "one whole tag")
        require(writer.find("#title").get_attribute("value") == "사람" and writer.find("#readme").get_attribute("value") == "사람", "whole words")
        self.quiet()

    def discarded(self):
        """another draft may be begun beside the first, which is named; a discarded draft is gone, and so is what it sent"""
        writer = self.register_page()
        writer.fill("#title", "먼저 쓰던 글")
        writer.click("#draft-line a")
        writer.wait_text("#notices", "먼저 쓰던 글")
        require(not writer.find("#title").get_attribute("value"), "a blank draft")
        writer.click("#notices a")
        writer.wait(lambda: writer.find("#title").get_attribute("value") == "먼저 쓰던 글", "the first draft")
        writer.find("#pick").send_keys(str(self.file("gone.onnx", 1000)))
        self.state("done")
        writer.click("#discard")
        writer.click("dialog footer .danger")
        writer.wait(lambda: "draft=" not in writer.driver.current_url and not writer.all("#files li") and not writer.find("#fields").get_attribute("disabled"), "a blank page")
        there = writer.driver.execute_async_script("const done = arguments[0]; import('/js/api.js').then((api) => api.get('/uploads')).then(({items}) => done(items.map(({metadata}) => metadata.filename)))")
        require("gone.onnx" not in there, f"{there}")
        require(not writer.script("return Object.keys(localStorage).filter((key) => key.startsWith('moru.draft.'))"), "the draft is gone")
        self.quiet()
