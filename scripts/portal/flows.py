"""What people do in the portal, done in a real browser against a running server."""
import hashlib
import os
import struct
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zlib
from pathlib import Path

from browser import Browser
from aliases import AliasSteps
from pages import every_page, paths
from people import PeopleSteps
from search import SearchSteps
from selenium.webdriver.common.keys import Keys
from shell import ShellSteps, require
from storage import StorageSteps

NAMESPACE = f"check-{os.getpid()}"
MODEL = f"{NAMESPACE}/night-person"
TITLE = f"야간 사람 탐지 {os.getpid()}"
README = """# 언제 쓰나요

밤에 **사람**을 찾습니다. <script>window.broken = 1</script> [나쁜 링크](javascript:window.broken=1)

![구조](diagram.png)

- [x] 확인함

| 데이터 | mAP |
|---|---:|
| 야간 | 0.871 |
"""


def check(options):
    browser = Browser(options.url, screenshots=options.screenshots)
    with tempfile.TemporaryDirectory() as folder:
        visit = Visit(browser, options, Path(folder))
        try:
            wanted = lambda name: not options.only or name in options.only
            failures = [problem for step in visit.steps() if wanted(step.__name__) for problem in visit.run(step)]
            if wanted("pages"):
                failures += every_page(browser, paths(MODEL), options.screenshots)
            return failures + [problem for step in (visit.farewell, visit.delete_model, visit.collect) if wanted(step.__name__) for problem in visit.run(step)]
        finally:
            browser.quit()
            visit.leave_guest()


def picture_file(path):
    """A PNG of 2 × 2 points."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = zlib.compress(b"".join(b"\0" + b"\x0a\x6a\x62" * 2 for _ in range(2)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)) + chunk(b"IDAT", lines) + chunk(b"IEND", b""))


class Visit(ShellSteps, SearchSteps, AliasSteps, PeopleSteps, StorageSteps):
    namespace, model, title = NAMESPACE, MODEL, TITLE

    def __init__(self, browser, options, folder):
        self.browser, self.options, self.folder = browser, options, folder
        self.url = options.url.rstrip("/")
        self.password = options.password_file.read_text().strip()
        self.onnx = folder / "model.onnx"
        self.onnx.write_bytes(os.urandom(300_000))
        (folder / "README.md").write_text(README)
        picture_file(folder / "diagram.png")

    def steps(self):
        first = [self.set_up] if self.options.setup_token else []
        return first + [
            self.policy, self.first_load, self.refused_sign_in, self.sign_in, self.stay_here, self.register, *self.search_steps(), self.readme, self.files,
            self.get_it, self.tabs_by_keyboard, self.new_version, self.refused_version, self.deprecate, self.edit_model, self.stale_edit,
            self.alias, self.roll_back, self.withdraw, self.aliased_meanwhile, self.remove_alias,
            self.tokens, self.users, self.last_admin, self.invitation, self.accepted, self.reset, self.own_account, self.members, self.transfer,
            self.storage, self.check_storage, self.backup, self.disk_notice, self.language, self.keyboard, self.missing_page, self.offline,
        ]

    def run(self, step):
        """The problems of a step; every kind of failure is one, and the next step still runs."""
        try:
            step()
            problems = self.browser.complaints()
        except Exception as error:
            problems = [f"{type(error).__name__}: {str(error).splitlines()[0]}"] + self.browser.complaints()
            self.browser.picture(self.options.screenshots, f"failed-{step.__name__}")
        print(f"{'FAIL' if problems else 'ok'}  {step.__name__}: {step.__doc__}", flush=True)
        for problem in problems:
            print(f"      {problem}")
        return problems

    def set_up(self):
        """the one-time link makes the first administrator and signs in"""
        self.browser.open(f"/setup#{self.options.setup_token}")
        self.browser.fill("#username", self.options.user)
        self.browser.fill("#display-name", "첫 관리자")
        self.browser.fill("#password", self.password)
        self.browser.click("#form button")
        self.browser.find("#user .avatar")
        self.browser.picture(self.options.screenshots, "after-set-up")
        self.leave()

    def leave(self):
        self.browser.click("#user summary")
        self.browser.click("#user .menu-list button")
        self.browser.find('#user a[href="/sign-in"]')

    def refused_sign_in(self):
        """a wrong password is refused in words, and the page stays"""
        self.browser.expect("status of 401")
        self.browser.open("/sign-in")
        self.browser.fill("#username", self.options.user)
        self.browser.fill("#password", "certainly wrong")
        self.browser.click("#form button")
        self.browser.wait(lambda: self.browser.find(".form-error").is_displayed(), "the refusal")

    def sign_in(self):
        """signing in leads to where one wanted to go"""
        self.browser.open("/tokens")
        self.browser.wait(lambda: "/sign-in?next=%2Ftokens" in self.browser.driver.current_url, "the way to sign in")
        self.browser.fill("#username", self.options.user)
        self.browser.fill("#password", self.password)
        self.browser.click("#form button")
        self.browser.wait(lambda: self.browser.driver.current_url.endswith("/tokens"), "the way back")
        self.browser.find("#user .avatar")

    def stay_here(self):
        """no address sends a visitor from the sign-in to another site"""
        browser = self.browser
        browser.expect("status of")
        for there in ("//evil.invalid/", "/.//evil.invalid/", "/%5Cevil.invalid/", "https://evil.invalid/", "javascript:window.broken=1"):
            browser.open(f"/sign-in?next={urllib.parse.quote(there, safe='%')}")
            browser.wait(lambda: "/sign-in" not in browser.driver.current_url, f"the way on from {there}")
            require(browser.driver.current_url.startswith(f"{self.url}/"), f"{there} led to {browser.driver.current_url}")
        require(browser.script("return window.broken") is None, "a script ran")

    def register(self):
        """files dropped, a README, tags typed in Hangul: one request registers the model"""
        browser = self.browser
        browser.open("/register")
        browser.wait(lambda: browser.find("#form").is_displayed(), "the form")
        browser.drop("#drop", self.onnx, self.folder / "diagram.png", self.folder / "README.md")
        browser.wait(lambda: len(browser.all("#files li")) == 2, "two files")
        require("언제 쓰나요" in browser.find("#readme").get_attribute("value"), "the dropped README is in its field")
        browser.fill("#namespace", NAMESPACE)
        browser.fill("#name", "night-person")
        browser.fill("#title", TITLE)
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
        browser.picture(self.options.screenshots, "register-filled")
        browser.click("#send")
        browser.find("#done")
        browser.picture(self.options.screenshots, "register-done")

    def readme(self):
        """the README shows its picture and table; its script and bad link are dead"""
        browser = self.browser
        browser.open(f"/models/{MODEL}")
        browser.wait_text("#readme", "언제 쓰나요")
        browser.wait(lambda: browser.script("return document.querySelector('.readme img')?.naturalWidth") == 2, "the picture")
        require(browser.all(".readme td.right"), "the table with its alignment")
        require(browser.script("return window.broken") is None, "a script of the README ran")
        require(not browser.all('.readme script, .readme a[href^="javascript"]'), "markup of the README became nodes")

    def files(self):
        """the file that comes down is the file that went up"""
        browser = self.browser
        browser.open(f"/models/{MODEL}#files")
        address = browser.find('#files a[href$="model.onnx"]').get_attribute("href")
        with urllib.request.urlopen(address) as answer:
            require(hashlib.sha256(answer.read()).digest() == hashlib.sha256(self.onnx.read_bytes()).digest(), "other bytes")

    def get_it(self):
        """each copied command runs as it stands, brings the same bytes, and may be run again"""
        browser = self.browser
        browser.open(f"/models/{MODEL}#get")
        runners = {"curl": ["sh", "-e"], "sh": ["sh"], "python": ["python3", "-"]}
        if self.options.moru:
            runners["moru"] = ["sh", "-e"]
        for kind, runner in runners.items():
            browser.find(f"input[name=command][value={kind}]")
            browser.script("document.querySelector(`input[name=command][value=${arguments[0]}]`).click()", kind)
            browser.click("#get .snippet-head .button")
            browser.wait(lambda: browser.clipboard() == browser.find("#command").text, "the command on the clipboard")
            place = self.folder / f"got-{kind}"
            place.mkdir()
            path = f"{self.options.moru.resolve().parent}:{os.environ['PATH']}" if self.options.moru else os.environ["PATH"]
            for _ in ("first", "again"):
                done = subprocess.run(runner, input=browser.clipboard(), cwd=place, text=True, capture_output=True, env={**os.environ, "PATH": path})
                require(done.returncode == 0, f"{kind}: {done.stderr[-300:]}")
            got = next(place.rglob("model.onnx"), None)
            require(got and got.read_bytes() == self.onnx.read_bytes(), f"{kind}: other bytes")
        browser.picture(self.options.screenshots, "get-it")

    def tabs_by_keyboard(self):
        """arrow keys move between the tabs"""
        browser = self.browser
        browser.open(f"/models/{MODEL}")
        browser.wait_text("#version-count", "1")
        browser.find("#tab-readme").send_keys(Keys.ARROW_RIGHT)
        browser.wait(lambda: browser.find("#versions").is_displayed(), "the versions")
        browser.find("#tab-versions").send_keys(Keys.END)
        browser.wait(lambda: browser.find("#get").is_displayed() and browser.driver.current_url.endswith("#get"), "the last tab")

    def publish(self, version, file):
        browser = self.browser
        browser.open(f"/models/{MODEL}/new-version")
        browser.wait(lambda: browser.find("#form").is_displayed(), "the form")
        browser.find("#pick").send_keys(str(file))
        browser.wait(lambda: browser.all("#files li"), "the file")
        if version:
            browser.fill("#version", version)
        browser.fill("#notes", "다시 학습했습니다")
        browser.click("#send")

    def new_version(self):
        """a second version begins with the context and README of the first, and takes the next number by itself"""
        other = self.folder / "v2" / "model.onnx"
        other.parent.mkdir()
        other.write_bytes(os.urandom(50_000))
        self.publish("", other)
        self.browser.find("#done")
        self.browser.open(f"/models/{MODEL}#versions")
        self.browser.wait(lambda: len(self.browser.all(".versions li")) == 2, "two versions")
        require(self.browser.all(".version-number")[0].text == "1.0.1", "the next number, first in the list")
        self.browser.open(f"/models/{MODEL}")
        self.browser.wait_text("#readme", "언제 쓰나요")
        require(self.browser.all('#head a[href*="object%3Aperson"]'), "the context of the version before")

    def refused_version(self):
        """a number that is taken with other bytes is refused in words, and the form stays filled"""
        self.browser.expect("status of 409")
        self.publish("1.0.0", self.folder / "v2" / "model.onnx")
        self.browser.wait(lambda: self.browser.find("#form .form-error").is_displayed() or self.browser.all(".field .error"), "the refusal")
        require(self.browser.find("#notes").get_attribute("value"), "the form kept its text")

    def deprecate(self):
        """an owner marks a version as deprecated, with the reason"""
        browser = self.browser
        browser.open(f"/models/{MODEL}#versions")
        browser.click(".versions li:nth-child(2) .menu summary")
        browser.click(".versions li:nth-child(2) .menu-list button:nth-child(2)")
        browser.fill("dialog textarea", "1.0.1이 더 정확합니다")
        browser.click("dialog footer .primary")
        browser.wait_text(".versions li:nth-child(2)", "1.0.1이 더 정확합니다")
        browser.open(f"/models/{MODEL}?v=1.0.0")
        browser.wait_text(".notice.warn", "1.0.1이 더 정확합니다")

    def edit_model(self):
        """an owner changes the summary; an empty title is refused at its field"""
        browser = self.browser
        browser.open(f"/models/{MODEL}")
        browser.click(".head-actions button.button:last-child")
        browser.fill('dialog [name="title"]', "")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="title"][aria-invalid]')
        browser.fill('dialog [name="title"]', TITLE)
        browser.fill('dialog [name="summary"]', "새 설명입니다")
        browser.click("dialog footer .primary")
        browser.wait_text("#head", "새 설명입니다")

    def stale_edit(self):
        """what somebody else changed meanwhile is not written over, and the dialog leads to what there is now"""
        browser = self.browser
        browser.expect("status of 412")
        browser.open(f"/models/{MODEL}")
        browser.click(".head-actions button.button:last-child")
        browser.fill('dialog [name="summary"]', "늦은 설명")
        browser.driver.execute_async_script(
            "const [name, done] = arguments; import('/js/api.js').then((api) => api.patch(api.modelPath(name), {license: 'MIT'})).then(done, done)", MODEL)
        browser.click("dialog footer .primary")
        browser.click("dialog .form-error button")
        browser.wait_text("#facts", "MIT")
        require("새 설명입니다" in browser.text("#head"), "the late summary is not there")

    def asked_with(self, token):
        request = urllib.request.Request(f"{self.url}/api/v1/tokens", headers={"Authorization": f"Bearer {token}"})
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            return error.code

    def tokens(self):
        """a token is shown once, works, and stops working when revoked"""
        browser = self.browser
        browser.open("/tokens")
        browser.settle()
        browser.click("#create")
        browser.fill('dialog [name="name"]', NAMESPACE)
        browser.click("dialog footer .primary")
        secret = browser.find("#secret").text
        require(secret.startswith("mr_") and self.asked_with(secret) != 401, "the token works")
        browser.picture(self.options.screenshots, "token-once")
        browser.find("dialog[open]").send_keys(Keys.ESCAPE)
        browser.wait(lambda: not browser.all("dialog[open]") and secret not in browser.driver.page_source, "the secret to be gone")
        browser.click(f"#list button[aria-label*='{NAMESPACE}']")
        browser.click("dialog footer .danger")
        browser.wait(lambda: NAMESPACE not in browser.text("#list"), "the token to go")
        require(self.asked_with(secret) == 401, "the revoked token is refused")

    def users(self):
        """an administrator adds a user, disables and deletes it"""
        browser, name = self.browser, NAMESPACE
        browser.open("/users")
        browser.settle()
        browser.click("#create")
        browser.fill('dialog [name="username"]', name)
        browser.fill('dialog [name="display_name"]', "시험 사용자")
        browser.click('dialog [name="way"][value="password"]')
        browser.fill('dialog [name="password"]', "correct horse battery staple")
        browser.click("dialog footer .primary")
        browser.wait_text("#list", name)
        edit = f"#list button[aria-label*='{name}']"
        browser.click(edit)
        browser.choose('dialog [name="disabled"]', "yes")
        browser.click("dialog footer .primary")
        browser.wait(lambda: browser.script("return document.querySelector(arguments[0]).closest('tr').querySelector('.badge.bad')", edit), "the user to be disabled")
        browser.click(edit)
        browser.click("dialog .dialog-body .danger")
        browser.click("dialog footer .danger")
        browser.wait(lambda: name not in browser.text("#list"), "the user to go")

    def delete_model(self):
        """an owner deletes the model by typing its name"""
        browser = self.browser
        browser.screen(1440, 900)
        browser.open(f"/models/{MODEL}")
        browser.click(".head-actions button.button:last-child")
        browser.click("dialog .dialog-body .danger")
        browser.fill('dialog [name="typed"]', MODEL)
        browser.click("dialog footer .danger")
        browser.wait(lambda: browser.driver.current_url.rstrip("/") == self.url, "the home page after deletion")
