"""A server under test and what must hold after anything that happens to it (the invariants of SECURITY.md)."""
import atexit
import hashlib
import http.client
import json
import os
import pathlib
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PASSWORD = "fault-test-password"


class Violation(Exception):
    pass


class Repository:
    """A data directory, the server on it, and what it has acknowledged."""

    def __init__(self, directory, data=None, options=()):
        """`options` of `moru serve` beside those that every server gets."""
        self.options = list(options)
        self.directory = pathlib.Path(directory)
        self.data = pathlib.Path(data or self.directory / "data")
        self.password = self.directory / "password"
        self.password.write_text(PASSWORD)
        self.binary = os.environ.get("MORU_BINARY", str(ROOT / ".build/release/moru"))
        self.acknowledged = {}  # "ns/name@1.0.0" → {path: sha256}
        self.process = None
        self.token = None
        atexit.register(self.kill)

    def start(self, environment={}, within=5.0):
        """Starts the server and waits for it. `within` is invariant I5, in seconds."""
        began = time.monotonic()
        self.log = open(self.directory / "server.log", "ab")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data-dir", str(self.data), "--listen", "127.0.0.1:0", "--rate-limit", "0",
             "--admin-password-file", str(self.password), *self.options], stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=ROOT,
            env={**os.environ, **environment})
        ready, _, _ = select.select([self.process.stdout], [], [], within + 5)
        line = self.process.stdout.readline() if ready else ""
        match = re.match(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if not match:
            self.kill()
            raise Violation(f"the server did not start: {line!r}; see {self.directory}/server.log")
        self.port = int(match[1])
        if self.request("GET", "/readyz")[0] != 200:
            raise Violation("not ready after start")
        took = time.monotonic() - began
        if took > within:
            raise Violation(f"I5: ready only after {took:.1f} s")
        if not self.token:
            self.sign_in()
        return took

    def sign_in(self):
        status, headers, body = self.request(
            "POST", "/api/v1/session", json.dumps({"username": "admin", "password": PASSWORD}),
            {"Content-Type": "application/json"})
        if status != 201:
            raise Violation(f"sign-in answered {status}: {body!r}")
        status, _, body = self.request(
            "POST", "/api/v1/tokens", json.dumps({"name": "faults", "scopes": ["model:read", "model:write", "admin"]}),
            {"Content-Type": "application/json", "Cookie": headers["set-cookie"].split(";")[0],
             "X-CSRF-Token": json.loads(body)["csrf_token"], "Sec-Fetch-Site": "same-origin"})
        if status != 201:
            raise Violation(f"token creation answered {status}: {body!r}")
        self.token = json.loads(body)["token"]

    def request(self, method, path, body=None, headers={}, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def publish(self, model, version, files, archive=None, timeout=30):
        """Publishes and, when it is acknowledged, remembers. `files` is {path: bytes}. Returns the status, or 0 when
        the connection broke."""
        boundary = "fault-test-boundary"
        parts = [("version", None, version.encode()), ("title", None, b"A model"),
                 ("context", None, b"task:object-detection"), ("readme", "README.md", b"# A model\n")]
        if archive:
            parts.append(("archive", "model.zip", archive))
        else:
            parts += [("artifact", path, data) for path, data in files.items()]
        body = b""
        for name, filename, data in parts:
            extra = f'; filename="{filename}"' if filename else ""
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + data + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        try:
            status, _, answer = self.request(
                "POST", f"/api/v1/models/{model}/versions", body,
                {"Authorization": f"Bearer {self.token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}, timeout)
        except (OSError, http.client.HTTPException):
            return 0
        self.last_answer = answer.decode(errors="replace")
        if status in (200, 201):
            if json.loads(answer)["version"] != version:
                raise Violation(f"{model}@{version} was answered with another version")
            self.acknowledged[f"{model}@{version}"] = {p: hashlib.sha256(d).hexdigest() for p, d in files.items()}
        return status

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.wait()

    def wait(self):
        if self.process:
            self.process.wait(30)
            self.process.stdout.close()
            self.log.close()
            self.process = None

    def check_files(self):
        """I1–I4 on the data directory of a stopped server: raises ``Violation`` for the first that is broken."""
        database = sqlite3.connect(self.data / "moru.sqlite")
        try:
            if (answer := database.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise Violation(f"I4: integrity_check says {answer}")
            if rows := database.execute("PRAGMA foreign_key_check").fetchall():
                raise Violation(f"I4: foreign_key_check names {rows[:3]}")
            blobs = {sha.hex(): size for sha, size in database.execute("SELECT sha256, size FROM blob")}
            empty = database.execute(
                "SELECT v.number FROM version v WHERE NOT EXISTS (SELECT 1 FROM artifact a WHERE a.version_id = v.id) "
                "OR NOT EXISTS (SELECT 1 FROM variant x WHERE x.version_id = v.id)").fetchall()
            if empty:
                raise Violation(f"I2: versions without artifacts or variants: {empty[:3]}")
            stored = {}
            for name, number, path, sha in database.execute(
                    "SELECT m.full_name, v.number, a.path, b.sha256 FROM artifact a JOIN blob b ON b.id = a.blob_id "
                    "JOIN version v ON v.id = a.version_id JOIN model m ON m.id = v.model_id WHERE v.state <> 'draft'"):
                stored.setdefault(f"{name}@{number}", {})[path] = sha.hex()
            for version, manifest, sha in database.execute(
                    "SELECT m.full_name || '@' || v.number, v.manifest, v.manifest_sha256 FROM version v JOIN model m ON m.id = v.model_id"):
                if hashlib.sha256(manifest.encode()).digest() != sha:
                    raise Violation(f"I2: the manifest of {version} does not have its digest")
                listed = {a["path"]: a["digest"].removeprefix("sha256:") for a in json.loads(manifest)["artifacts"]}
                if version in stored and listed != stored[version]:
                    raise Violation(f"I2: {version} has other artifacts than its manifest")
        finally:
            database.close()
        found = {}
        for path in (self.data / "blobs/sha256").glob("*/*"):
            sha = hashlib.sha256(path.read_bytes()).hexdigest()
            if sha != path.name:
                raise Violation(f"I3: blob {path.name} holds bytes with SHA-256 {sha}")
            found[sha] = path.stat().st_size
        for sha, size in blobs.items():
            if found.get(sha) != size:
                raise Violation(f"I3: blob {sha} is named by the database but {'missing' if sha not in found else 'torn'}")
        for version, files in self.acknowledged.items():
            if stored.get(version) != files:
                raise Violation(f"I1: {version} was acknowledged and is {'lost' if version not in stored else 'changed'}")
        return len(stored), len(found)

    def check_answers(self, sample=20):
        """I1 and I2 over HTTP: acknowledged versions come back byte for byte; `latest` and lists agree."""
        for version, files in list(self.acknowledged.items())[-sample:]:
            model, number = version.split("@")
            for path, sha in files.items():
                status, _, body = self.request("GET", f"/api/v1/models/{model}/versions/{number}/artifacts/{urllib.parse.quote(path)}")
                if status != 200 or hashlib.sha256(body).hexdigest() != sha:
                    raise Violation(f"I1: {version}/{path} answers {status}")
        if list((self.data / "incoming").iterdir()):
            time.sleep(1)
            if left := list((self.data / "incoming").iterdir()):
                raise Violation(f"uploads left behind: {left[:3]}")

    def check_search(self, sample=5):
        """I1 in search: every acknowledged model is found by its context, and some first by their names."""
        expected = {version.split("@")[0] for version in self.acknowledged}
        found, cursor = set(), ""
        while cursor is not None:
            more = f"&cursor={cursor}" if cursor else ""
            page = self.search(f"q=task:object-detection&sort=name&limit=100{more}")
            found |= {model["name"] for model in page["items"]}
            cursor = page["next"]
        if missing := expected - found:
            raise Violation(f"I1: search does not find {sorted(missing)[:3]}")
        for name in sorted(expected)[-sample:]:
            first = self.search(f"q={urllib.parse.quote(name)}")["items"]
            if not first or first[0]["name"] != name:
                raise Violation(f"I1: search finds {first[:1]} by the name {name}")

    def search(self, query):
        status, _, body = self.request("GET", f"/api/v1/models?{query}", headers={"Authorization": f"Bearer {self.token}"})
        if status != 200:
            raise Violation(f"search for {query} answered {status}")
        return json.loads(body)

    def remove(self):
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
