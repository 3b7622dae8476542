"""The programs that a model's page offers: copied from the clipboard, run as they stand, and cut short."""
import hashlib
import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shell import require, short

LANGUAGES = ("curl", "python", "c", "swift", "moru")
TOKEN = "MORU_TOKEN"


class ProgramSteps:
    def copied(self, selector, language):
        """The program on the clipboard; `selector` is alias, version or latest."""
        browser = self.browser
        for name, value in (("selector", selector), ("command", language)):
            browser.find(f"input[name={name}][value={value}]")
            browser.script("document.querySelector(`input[name=${arguments[0]}][value=${arguments[1]}]`).click()", name, value)
            browser.wait(lambda: browser.all(f"input[name={name}][value={value}]:checked"), f"{value} chosen")
        shown = browser.script("return document.querySelector('#command').textContent")
        browser.click("#copy-command")
        browser.wait(lambda: browser.clipboard() == shown, "the program on the clipboard")
        return shown

    def program(self, language, text, place):
        """The command that runs it in `place`; None when its compiler is absent."""
        place.mkdir(parents=True, exist_ok=True)
        if language in ("curl", "moru"):
            return ["sh", "-c", text]
        if language == "python":
            (place / "get.py").write_text(text)
            return ["python3", "get.py"]
        compiler, options = {"c": ("cc", ["-std=c99", "-Wall", "-Wextra", "-Werror"]), "swift": ("swiftc", ["-warnings-as-errors"])}[language]
        source = place / f"get.{language}"
        source.write_text(text)
        built = subprocess.run([compiler, *options, source.name, "-o", "get", *(["-lcurl"] if language == "c" else [])], cwd=place, text=True, capture_output=True)
        require(built.returncode == 0, f"{language}: {built.stderr[-600:]}")
        return ["./get"]

    def missing(self, language):
        """Why a language cannot be tried here; None when it can."""
        tool = {"c": "cc", "swift": "swiftc", "curl": "curl", "python": "python3"}.get(language)
        if language == "moru":
            return None if self.options.moru else "the moru command (--moru)"
        if not shutil.which(tool):
            return tool
        if language == "c" and subprocess.run(["cc", "-E", "-"], input="#include <curl/curl.h>\n", text=True, capture_output=True).returncode:
            return "the headers of libcurl"
        return None

    def ran(self, command, place, token=None):
        path = f"{self.options.moru.resolve().parent}:{os.environ['PATH']}" if self.options.moru else os.environ["PATH"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MORU_") and "proxy" not in name.lower()}
        return subprocess.run(command, cwd=place, text=True, capture_output=True, env={**environment, "PATH": path, "HOME": str(self.folder), **({TOKEN: token} if token else {})})

    def brought(self, place, path, content, what):
        found = next(place.rglob(path.split("/")[-1]), None)
        require(found and found.read_bytes() == content, f"{what}: other bytes")
        require(not list(place.rglob("*.part")), f"{what}: a part is left over")

    @short
    def get_it(self):
        """each copied program runs as it stands for alias, version and latest, brings the same bytes, and may be run again"""
        self.rest.put(f"/models/{self.model}/aliases/programs", {"version": "1.0.0"})
        self.browser.open_anew(f"/models/{self.model}?v=1.0.0#get")
        content, skeleton = self.onnx.read_bytes(), {}
        latest = self.rest.bytes(f"/models/{self.model}/versions/latest/artifacts/model.onnx")
        for language in LANGUAGES:
            if why := self.missing(language):
                print(f"      {language}: not tried, {why} is absent")
                continue
            for selector in ("version", "alias", "latest"):
                text = self.copied(selector, language)
                # Compiling Swift takes long: once is enough where only addresses and digests differ.
                outline = re.sub(r'"[^"\n]*"', '""', text)
                if language == "swift" and selector != "version" and skeleton["swift"] == outline:
                    continue
                skeleton[language] = outline
                place = self.folder / f"got-{language}-{selector}"
                command = self.program(language, text, place)
                for time in ("first", "again"):
                    done = self.ran(command, place)
                    require(done.returncode == 0, f"{language} {selector} {time}: {done.stderr[-300:]}")
                self.brought(place, "model.onnx", latest if selector == "latest" else content, f"{language} {selector}")
                if selector == "version" and language != "moru":
                    self.cut_short(language, command, place, content)
        self.rest.delete(f"/models/{self.model}/aliases/programs")
        self.browser.look("get-it")

    def cut_short(self, language, command, place, content):
        """A program goes on with the half that is there, refuses a part with other bytes, and then fetches it whole."""
        target = place / self.model.split("/")[1] / "model.onnx"
        part = target.with_name(f"model.onnx.{hashlib.sha256(content).hexdigest()[:12]}.part")
        target.unlink()
        part.write_bytes(content[: len(content) // 2])
        done = self.ran(command, place)
        require(done.returncode == 0, f"{language} from the half: {done.stderr[-300:]}")
        self.brought(place, "model.onnx", content, f"{language} from the half")
        target.unlink()
        part.write_bytes(b"x" * len(content))
        done = self.ran(command, place)
        require(done.returncode != 0 and "SHA-256 mismatch" in done.stderr, f"{language} with a wrong part: {done.returncode} {done.stderr[-300:]}")
        require(not target.exists(), f"{language}: wrong bytes got their name")
        require(self.ran(command, place).returncode == 0, f"{language} after a wrong part")
        self.brought(place, "model.onnx", content, f"{language} after a wrong part")

    def redirected(self, language, text, content):
        """A program that is led to another server gives it no token."""
        asked = []

        class Elsewhere(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.headers.get("Authorization"))
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        class Leading(Elsewhere):
            def do_GET(self):
                self.send_response(302)
                # Another name of this computer is another server.
                self.send_header("Location", f"http://localhost:{elsewhere.server_port}/a")
                self.send_header("Content-Length", "0")
                self.end_headers()

        elsewhere, leading = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere), ThreadingHTTPServer(("127.0.0.1", 0), Leading)
        for server in (elsewhere, leading):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            place = self.folder / f"led-{language}"
            command = self.program(language, text.replace(self.url, f"http://127.0.0.1:{leading.server_port}"), place)
            self.ran(command, place, self.rest.token)
            require(asked and not any(asked), f"{language}: another server was given the token, or not asked: {len(asked)}")
        finally:
            for server in (elsewhere, leading):
                server.shutdown()
                server.server_close()

    def private_programs(self):
        """the programs of a private model hold no secret: they take the token from the environment, and say so without one"""
        name, path, content = f"{self.namespace}/secret", "폴더/it's (1) $x.onnx", os.urandom(5000)
        self.rest.publish(name, ("title", "비공개"), ("service_type", "voice"), ("visibility", "private"), ("version", "1.0.0"), ("artifact", path, content))
        self.browser.open_anew(f"/models/{name}#get")
        for language in LANGUAGES:
            if self.missing(language):
                continue
            text = self.copied("version", language)
            require("mr_" not in text, f"{language}: a secret in the program")
            place = self.folder / f"private-{language}"
            command = self.program(language, text, place)
            done = self.ran(command, place)
            require(done.returncode != 0 and done.stderr.strip(), f"{language}: without a token")
            done = self.ran(command, place, self.rest.token)
            require(done.returncode == 0, f"{language}: {done.stderr[-300:]}")
            self.brought(place, path, content, language)
            if language != "moru":
                self.redirected(language, text, content)
        self.rest.delete(f"/models/{name}")

    def given_version(self):
        """a program for an alias says which version it gets, and what stable is where that is another; of several aliases stable is chosen"""
        browser, rest = self.browser, self.rest
        for alias, version in (("stable", "1.0.0"), ("next", "1.0.1")):
            rest.put(f"/models/{self.model}/aliases/{alias}", {"version": version})
        browser.open_anew(f"/models/{self.model}?v=1.0.1#get")
        browser.wait_text("#given", "next은(는) 지금 1.0.1")
        require("stable은 1.0.0" in browser.text("#given"), browser.text("#given"))
        browser.choose("select[name=alias]", "stable")
        browser.wait_text("#given", "stable은(는) 지금 1.0.0")
        require("/versions/stable/" in browser.text("#api-url"), browser.text("#api-url"))
        rest.put(f"/models/{self.model}/aliases/next", {"version": "1.0.0"})
        browser.open_anew(f"/models/{self.model}?v=1.0.0#get")
        browser.wait_text("#given", "stable은(는) 지금 1.0.0")
        for alias in ("stable", "next"):
            rest.delete(f"/models/{self.model}/aliases/{alias}")
