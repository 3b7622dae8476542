"""What people do in the portal, done in a real browser against a running server: the steps, their order, and how they run."""
import os
import struct
import sys
import tempfile
import time
import zlib
from functools import cached_property
from pathlib import Path

from accounts import AccountSteps
from admin import AdminSteps
from aliases import AliasSteps
from attacks import AttackSteps
from browser import Browser
from budget import BudgetSteps
from entry import EntrySteps
from keyboard import KeyboardSteps
from looks import LookSteps
from model import ModelSteps
from paper import PaperSteps
from people import PeopleSteps
from programs import ProgramSteps
from register import RegisterSteps
from rest import Rest
from search import SearchSteps
from shell import ShellSteps
from storage import StorageSteps
from versions import VersionSteps

TITLE = f"야간 사람 탐지 {os.getpid()}"
SUMMARY = "CCTV 야간 영상에서 사람을 탐지합니다."
TAGS = ("env:night", "object:person", "task:object-detection", "format:onnx")
README = """# 언제 쓰나요

밤에 **사람**을 찾습니다. <script>window.broken = 1</script> [나쁜 링크](javascript:window.broken=1)

![구조](diagram.png)

- [x] 확인함

| 데이터 | mAP |
|---|---:|
| 야간 | 0.871 |
"""
# Steps of visitors who are not signed in, before there is a model.
OPENING = ("set_up", "policy", "first_load", "refused_sign_in", "sign_in", "stay_here")
CLOSING = ("collect",)


def check(options):
    """Walks once in Korean, and in the long form once more in English, for what only a flow leads to."""
    Browser.thorough = not options.short
    is_looked = any(getattr(getattr(Visit, name, None), "is_looked", False) for name in options.only or dir(Visit))
    languages = [options.language] if options.language else ["ko", "en"] if Browser.thorough and is_looked else ["ko"]
    failures = [failure for language in languages for failure in walk(options, language)]
    print(f"      {Browser.looks} looks at states that only a flow leads to")
    return failures


def refuse(text):
    """Ends as argparse does when the command line asks for what cannot be done."""
    print(text, file=sys.stderr)
    raise SystemExit(2)


def walk(options, language):
    print(f"== in {'English: what looks at states that only it leads to' if language == 'en' else 'Korean'}")
    browser = Browser(options.url, language, screenshots=options.screenshots)
    with tempfile.TemporaryDirectory() as folder:
        visit = Visit(browser, options, Path(folder))
        try:
            return [problem for step in visit.wanted_steps() for problem in visit.run(step)] + visit.tidy()
        finally:
            browser.quit()
            visit.leave_guest()
            visit.leave_uploads()


def picture_file(path):
    """A PNG of 2 × 2 points."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = zlib.compress(b"".join(b"\0" + b"\x0a\x6a\x62" * 2 for _ in range(2)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)) + chunk(b"IDAT", lines) + chunk(b"IEND", b""))


class Visit(EntrySteps, ShellSteps, PaperSteps, RegisterSteps, SearchSteps, ModelSteps, ProgramSteps, VersionSteps, AliasSteps, AccountSteps, AdminSteps, PeopleSteps, StorageSteps, KeyboardSteps, AttackSteps, BudgetSteps, LookSteps):
    title = TITLE

    def __init__(self, browser, options, folder):
        self.browser, self.options, self.folder = browser, options, folder
        self.namespace = f"check-{os.getpid()}-{browser.language}"
        self.model = f"{self.namespace}/night-person"
        self.url = options.url.rstrip("/")
        self.password = options.password_file.read_text().strip()
        self.onnx = folder / "model.onnx"
        self.onnx.write_bytes(os.urandom(300_000))
        (folder / "README.md").write_text(README)
        picture_file(folder / "diagram.png")

    def steps(self):
        return [
            *([self.set_up] if self.options.setup_token else []),
            self.policy, self.first_load, self.refused_sign_in, self.sign_in, self.stay_here, self.empty_repository,
            self.register, self.list_by_service, *self.search_steps(), self.related_search, self.readme, self.files, self.get_it, self.private_programs, self.deployment,
            self.first_view, self.usage, self.model_states, self.model_offline, self.tags_offline,
            self.tabs_by_keyboard, self.new_version, self.refused_version, *self.upload_steps(),
            self.compare, self.compare_refused, self.menu_by_keyboard, self.deprecate, self.edit_model, self.stale_edit,
            self.alias, self.roll_back, self.withdraw, self.aliased_meanwhile, self.remove_alias,
            self.met_variant, self.one_call, self.given_version, self.tag_names, self.further_services, self.edit_notes, self.state_meanwhile, self.reads_only,
            self.tokens, self.users, self.last_admin, self.invitation, self.accepted, self.reset, self.own_account, self.members, self.transfer,
            self.area, self.narrowing, self.service_types, self.context_names, self.activity, self.storage_by_model,
            self.storage, self.check_storage, self.backup, self.disk_notice,
            self.keyboard_search, self.keyboard_register, self.keyboard_token, self.keyboard_edit,
            self.language, self.keyboard, self.missing_page, self.offline,
            self.budget, self.hostile_readmes, self.hostile_names, self.disguised_file, self.looks,
            self.farewell, self.delete_model, self.collect,
        ]

    def wanted_steps(self):
        """All; those of the short form; or those that were named, with what they go on from: in the order of the whole. In English those that look."""
        steps = {step.__name__: step for step in self.steps()}
        unknown = set(self.options.only or []) - set(steps)
        if unknown:
            refuse(f"no such step: {', '.join(sorted(unknown))}; there are {', '.join(steps)}")
        wanted = set(self.options.only or [name for name, step in steps.items() if not self.options.short or getattr(step, "is_short", False) or name == "set_up"])
        if self.browser.language == "en":
            wanted = {name for name in wanted if getattr(steps[name], "is_looked", False)}
        if not wanted:
            refuse("no step is left: in English only those are done that look at what only they lead to")
        waiting = wanted
        while waiting:
            waiting = {name for step in waiting for name in getattr(steps[step], "follows", ()) if name in steps} - wanted
            wanted = wanted | waiting
        return [step for name, step in steps.items() if name in wanted]

    def words(self, korean, english):
        """What the page says, in its language."""
        return english if self.browser.language == "en" else korean

    @cached_property
    def rest(self):
        return Rest(self.url, self.options.user, self.password)

    def prepare(self, step):
        """What a step finds that runs without those before it, or after one that failed: an administrator signed in, and the model."""
        if not self.browser.signed_in():
            self.browser.sign_in(self.options.user, self.password)
        if step.__name__ in ("empty_repository", "register"):
            return
        context, readme = [("context", tag) for tag in TAGS], ("readme", "README.md", README.encode())
        if not self.rest.exists(f"/models/{self.model}"):
            self.rest.publish(
                self.model, ("title", TITLE), ("summary", SUMMARY), ("service_type", "crime-prevention"), ("version", "1.0.0"), *context, readme,
                ("artifact", "model.onnx", self.onnx.read_bytes()), ("artifact", "diagram.png", (self.folder / "diagram.png").read_bytes()))
        names = [step.__name__ for step in self.steps()]
        if names.index(step.__name__) > names.index("new_version") and not self.rest.exists(f"/models/{self.model}/versions/1.0.1"):
            self.rest.publish(self.model, ("version", "1.0.1"), *context, readme, ("artifact", "model.onnx", os.urandom(50_000)))

    def tidy(self):
        """Takes away what steps left that failed or that ran alone."""
        try:
            self.rest.delete_models(self.namespace)
            self.rest.leave()
            return []
        except Exception as error:
            print(f"FAIL  tidy: {error}")
            return [f"tidy: {error}"]

    def run(self, step):
        """The problems of a step; every kind of failure is one, and the next step still runs."""
        began = time.monotonic()
        try:
            if step.__name__ not in OPENING + CLOSING:
                self.prepare(step)
            problems = (step() or []) + self.browser.complaints()
        except Exception as error:
            problems = [f"{type(error).__name__}: {str(error).splitlines()[0]}"] + self.browser.complaints()
            for who, browser in (("", self.browser), ("-guest", self.guest), ("-writer", self.writer)):
                if browser:
                    browser.picture(self.options.screenshots, f"failed-{step.__name__}-{self.browser.language}{who}")
        finally:
            self.browser.as_it_was()
        print(f"{'FAIL' if problems else 'ok'}  {step.__name__}: {step.__doc__} ({time.monotonic() - began:.1f} s)", flush=True)
        for problem in problems:
            print(f"      {problem}", flush=True)
        return problems
