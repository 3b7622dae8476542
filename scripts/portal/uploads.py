"""Files on their way to the server: refused before a byte is sent, cut, reloaded, killed, signed out – and whole in the end."""
import hashlib
import json
import os
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from browser import Browser
from drafts import DraftSteps
from server import PASSWORD, OwnServer, binary
from selenium.webdriver.common.keys import Keys
from shell import looked, require, short
from wire import Wire

LARGEST = 40_000_000
SLOW = 500_000
SIZE = 2_500_000
PERCENT = "return Math.round(100 * (document.querySelector('#files progress')?.value ?? 0))"


class UploadSteps(DraftSteps):
    own = writer = None

    def upload_steps(self):
        """These steps have a server and a browser of their own: the server is killed, the session ended."""
        if not binary(self.options.moru):
            print("      nothing is built: uploads are not cut and resumed")
            return []
        return [self.refused_files, self.folder_dropped, self.cut_off, self.reloaded, self.killed, self.chosen_again, self.signed_out, self.paused, self.expired, self.failing, self.altered,
                self.replaced, self.two_tabs, self.plain_http, self.kept_draft, self.full_disk, self.too_many, self.composed, self.discarded, self.signed_off]

    def leave_uploads(self):
        if self.writer:
            self.writer.quit()
        if self.own:
            self.own.stop()
            self.own_folder.cleanup()

    def register_page(self, path="/register"):
        """The page in the browser that is signed in to the own server; a blank draft, unless the path names one."""
        if not self.own:
            self.own_folder = tempfile.TemporaryDirectory()
            self.own = OwnServer(binary(self.options.moru), Path(self.own_folder.name), "--max-upload", str(LARGEST))
            self.writer = Browser(self.own.url, self.browser.language, screenshots=self.options.screenshots)
            self.writer.command("Network.enable")
            self.writer.open(f"/sign-in?next={urllib.parse.quote(path)}")
            self.writer.fill("#username", "admin")
            self.writer.fill("#password", PASSWORD)
            self.writer.click("#form button")
            self.writer.find("#user .avatar")
        writer = self.writer
        # Every new name is looked up, and mostly not there.
        writer.expect("status of 404")
        self.connect()
        if path == "/register":
            writer.open("/account")
            writer.script("Object.keys(localStorage).filter((key) => key.startsWith('moru.draft.')).forEach((key) => localStorage.removeItem(key))")
        writer.open(path)
        writer.wait(lambda: not writer.find("#fields").get_attribute("disabled"), "the form")
        return writer

    def file(self, name, size=SIZE):
        path = Path(self.own_folder.name) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))
        return path

    def connect(self, rate=-1, offline=False):
        self.writer.command("Network.emulateNetworkConditions", offline=offline, latency=0, downloadThroughput=-1, uploadThroughput=rate)

    def describe(self, name):
        """What a model needs besides its files."""
        writer = self.writer
        writer.fill("#name", name)
        writer.fill("#title", f"모델 {name}")
        writer.wait(lambda: len(writer.all("#service_type option")) > 5, "the service types")
        writer.choose("#service_type", "crime-prevention")

    def begin(self, name):
        """A file on its way over a slow line, at 40 %."""
        writer = self.register_page()
        path = self.file(f"{name}.onnx")
        self.describe(name)
        self.connect(SLOW)
        writer.find("#pick").send_keys(str(path))
        writer.wait(lambda: writer.script(PERCENT) >= 40, "40 %")
        require(writer.script(PERCENT) < 100, "still on its way")
        return writer, path

    def state(self, state, count=1):
        self.writer.wait(lambda: len(self.writer.all(f"#files [data-state={state}]")) == count, f"{count} {state}")

    def publish_and_compare(self, name, *paths):
        self.connect()
        self.state("done", len(paths))
        self.writer.click("#send")
        self.writer.find("#done")
        for path in paths:
            with urllib.request.urlopen(f"{self.own.url}/api/v1/models/admin/{name}/versions/1.0.0/artifacts/{urllib.parse.quote(path.name)}") as answer:
                require(hashlib.sha256(answer.read()).digest() == hashlib.sha256(path.read_bytes()).digest(), f"{path.name}: other bytes")

    def uploads_made(self):
        """How many uploads were begun since the last time."""
        messages = [json.loads(entry["message"])["message"] for entry in self.writer.driver.get_log("performance")]
        asked = [message["params"]["request"] for message in messages if message["method"] == "Network.requestWillBeSent"]
        return [request["method"] for request in asked if request["url"].endswith("/api/v1/uploads")].count("POST")

    def quiet(self):
        complaints = self.writer.complaints()
        require(not complaints, f"{complaints}")

    # Before a byte is sent

    @short
    @looked
    def refused_files(self):
        """empty, too large and badly named files are refused at their rows before a byte is sent; names stay text"""
        writer = self.register_page()
        huge = Path(self.own_folder.name) / "huge.onnx"
        with open(huge, "wb") as sparse:
            sparse.truncate(LARGEST + 1)
        names = ["<img src=x onerror=window.broken=1>.onnx", "\u202egnp.onnx", "aux.tflite", "x" * 240 + ".onnx"]
        bad = [self.file(name, 10) for name in names[:3]]
        self.uploads_made()
        writer.drop("#drop", huge, self.file("empty.onnx", 0), *bad[1:])
        self.state("refused", 4)
        require(self.uploads_made() == 0, "something was sent")
        require(writer.find("#send").get_attribute("disabled"), "nothing can be registered")
        writer.look("register-refused")
        shown = writer.text("#files")
        require("\\u{202e}gnp.onnx" in shown and "0" in shown, f"{shown}")
        writer.click("#refused button")
        writer.wait(lambda: not writer.all("#files li"), "the list to be empty")
        writer.find("#pick").send_keys(str(bad[0]))
        writer.find("#pick").send_keys(str(self.file(names[3], 10)))
        self.state("done", 2)
        require(names[0] in writer.text("#files") and writer.script("return window.broken") is None, "a name became markup")
        require(writer.overflow() <= 0, "a long name makes the page wide")
        writer.look("register-hostile")
        self.quiet()

    def folder_dropped(self):
        """a dropped folder keeps its paths, README.md goes to its field with a preview, and a second drop changes nothing"""
        writer = self.register_page()
        folder = Path(self.own_folder.name) / "bundle"
        for name in ("model.xml", "weights/model.bin"):
            self.file(f"bundle/{name}", 2000)
        (folder / "README.md").write_text("# 문 앞\n\n**사람**을 찾습니다.")
        writer.drop("#drop", folder)
        self.state("done", 2)
        require("weights/model.bin" in writer.text("#files"), writer.text("#files"))
        writer.wait_text("#readme-preview", "사람을 찾습니다")
        require(writer.all("#readme-preview strong"), "the preview is drawn")
        writer.drop("#drop", folder)
        time.sleep(0.3)
        require(not writer.all("dialog[open]") and len(writer.all("#files li")) == 3, "the same again is no new file, README.md is now one")
        self.describe("bundle")
        self.connect()
        self.state("done", 3)
        writer.click("#send")
        writer.find("#done")
        with urllib.request.urlopen(f"{self.own.url}/api/v1/models/admin/bundle/versions/1.0.0/artifacts/weights/model.bin") as answer:
            require(answer.read() == (folder / "weights/model.bin").read_bytes(), "other bytes")
        self.quiet()

    # On the way

    @looked
    def cut_off(self):
        """cut at 40 %, the upload says so and goes on by itself from where it was"""
        writer, path = self.begin("cut")
        writer.expect("ERR_INTERNET_DISCONNECTED")
        self.uploads_made()
        self.connect(offline=True)
        self.state("broken")
        writer.find("#notices .warn")
        writer.look("register-broken")
        self.connect()
        self.publish_and_compare("cut", path)
        require(self.uploads_made() == 0, "it began anew")
        self.quiet()

    @short
    def reloaded(self):
        """reloaded at 40 %, everything typed is there and the upload goes on without the file being chosen again"""
        writer, path = self.begin("reload")
        writer.fill("#notes", "다시 연 뒤에도")
        writer.find("#tags input").send_keys("야간" + Keys.ENTER + "object:person" + Keys.ENTER)
        self.uploads_made()
        writer.driver.refresh()
        writer.wait(lambda: writer.find("#notes").get_attribute("value") == "다시 연 뒤에도", "the notes")
        require(len(writer.all("#tags .chip")) == 2 and writer.find("#title").get_attribute("value") == "모델 reload", "the form as it was")
        self.publish_and_compare("reload", path)
        require(self.uploads_made() == 0, "it began anew")
        self.quiet()

    @short
    def killed(self):
        """the server killed at 40 % and started again: the upload goes on by itself"""
        writer, path = self.begin("kill")
        writer.expect("ERR_CONNECTION", "ERR_EMPTY_RESPONSE")
        self.uploads_made()
        self.own.kill()
        self.state("broken")
        self.own.start()
        self.publish_and_compare("kill", path)
        require(self.uploads_made() == 0, "it began anew")
        self.quiet()

    @looked
    def chosen_again(self):
        """where the browser kept no bytes, choosing the same file again goes on; another file of the name is asked about"""
        writer, path = self.begin("again")
        writer.driver.execute_async_script("const done = arguments[0]; const request = indexedDB.open('moru'); request.onsuccess = () => {"
                                           "const change = request.result.transaction('files', 'readwrite'); change.objectStore('files').clear(); change.oncomplete = () => done(); }")
        self.uploads_made()
        writer.driver.refresh()
        self.state("lost")
        writer.look("register-lost")
        genuine = path.read_bytes()
        path.write_bytes(os.urandom(SIZE))
        writer.find("#pick").send_keys(str(path))
        writer.find("dialog[open]")
        writer.look("register-replace")
        writer.find("dialog[open]").send_keys(Keys.ESCAPE)
        path.write_bytes(genuine)
        writer.find("#pick").send_keys(str(path))
        self.publish_and_compare("again", path)
        require(self.uploads_made() == 0, "it began anew")
        self.quiet()

    @looked
    def signed_out(self):
        """the session ends at 40 %: one signs in again on the page, and the upload goes on"""
        writer, path = self.begin("session")
        writer.expect("status of 401")
        writer.driver.delete_all_cookies()
        writer.find("dialog[open] [name=password]")
        writer.look("register-signed-out")
        writer.find("dialog[open]").send_keys(Keys.ESCAPE)
        writer.click("#notices .warn button")
        writer.fill("dialog[open] [name=password]", "certainly wrong")
        writer.click("dialog footer .primary")
        writer.find("dialog [name=password][aria-invalid]")
        writer.fill("dialog[open] [name=password]", PASSWORD)
        writer.click("dialog footer .primary")
        self.publish_and_compare("session", path)
        self.quiet()

    @looked
    def paused(self):
        """an upload stops when it is paused, and goes on when it is told to"""
        writer, path = self.begin("pause")
        writer.click("#files [data-what=pause]")
        self.state("paused")
        there = writer.text("#files .upload-words")
        time.sleep(0.5)
        require(writer.text("#files .upload-words") == there, "it moves though it is paused")
        require(not writer.all("#step-files.done"), "the step is done though its file is not there")
        writer.look("register-paused")
        writer.click("#files [data-what=resume]")
        self.publish_and_compare("pause", path)
        self.quiet()

    def expired(self):
        """an upload that the server has no more begins again by itself"""
        writer, path = self.begin("expired")
        writer.click("#files [data-what=pause]")
        self.state("paused")
        writer.later("import('/js/api.js').then(async (api) => { for (const { id } of (await api.get('/uploads')).items) await api.tus('DELETE', `/${id}`); })")
        writer.click("#files [data-what=resume]")
        self.publish_and_compare("expired", path)
        self.quiet()

    @looked
    def failing(self):
        """while the server answers with 500 the upload waits and says so, then goes on; a name that is taken is said at its field"""
        writer = self.register_page()
        self.describe("failing")
        path = self.file("failing.onnx", 2000)
        with Wire(writer, "failing"):
            writer.find("#pick").send_keys(str(path))
            self.state("broken")
            writer.wait_text("#files .upload-note", "500")
            writer.look("register-failing")
        self.publish_and_compare("failing", path)
        self.register_page()
        self.describe("failing")
        writer.find("#pick").send_keys(str(path))
        self.state("done")
        writer.click("#send")
        writer.find("#name[aria-invalid]")
        writer.look("register-name-taken")
        self.quiet()

    def altered(self):
        """bytes that change on the way are noticed and sent again"""
        writer = self.register_page()
        writer.expect("status of 460")
        writer.script("const send = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function (body) {"
                      "if (body instanceof Uint8Array && !window.altered) { window.altered = true; body[7] ^= 1; } return send.call(this, body); }")
        path = self.file("altered.onnx", 300_000)
        self.describe("altered")
        writer.find("#pick").send_keys(str(path))
        self.publish_and_compare("altered", path)
        self.quiet()

    def replaced(self):
        """another file of the same name takes the place of the first once one has said so"""
        writer = self.register_page()
        path = self.file("replaced.onnx", 1000)
        writer.find("#pick").send_keys(str(path))
        self.state("done")
        path.write_bytes(os.urandom(1500))
        writer.find("#pick").send_keys(str(path))
        writer.click("dialog[open] footer .primary")
        writer.wait(lambda: not writer.all("dialog[open]"), "the dialog to close")
        self.describe("replaced")
        self.publish_and_compare("replaced", path)
        self.quiet()
