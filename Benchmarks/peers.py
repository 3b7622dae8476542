"""The two servers that are measured, and how: CPU and memory from /proc, load from wrk."""
import atexit
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MORU = ROOT / ".build/release/moru"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running server; `pids` are all its processes."""

    def pids(self):
        raise NotImplementedError

    def cpu(self):
        """CPU seconds used so far by all threads, to the nanosecond (schedstat), not by sampled ticks."""
        total = 0
        for pid in self.pids():
            for thread in pathlib.Path(f"/proc/{pid}/task").iterdir():
                total += int((thread / "schedstat").read_text().split()[0])
        return total / 1e9

    def memory(self):
        """Resident megabytes (VmRSS)."""
        total = 0
        for pid in self.pids():
            total += int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1])
        return total / 1024

    def connection(self, timeout=60):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path, headers={}, method="GET", body=None):
        connection = self.connection()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, dict((k.lower(), v) for k, v in response.getheaders()), response.read()
        finally:
            connection.close()


class Moru(Server):
    PASSWORD = "benchmark-password"

    def __init__(self, directory, *options):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        password = self.directory / "password"
        password.write_text(self.PASSWORD)
        self.started = time.monotonic()
        self.log = open(self.directory / "server.log", "ab")
        self.process = subprocess.Popen(
            [str(MORU), "serve", "--data-dir", str(self.directory / "data"), "--listen", "127.0.0.1:0",
             "--rate-limit", "0", "--admin-password-file", str(password), "--log-format", "off", *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=ROOT)
        atexit.register(self.process.kill)
        line = self.process.stdout.readline()
        match = re.match(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if not match:
            sys.exit(f"moru did not start: {line!r}; see {self.directory / 'server.log'}")
        self.port = int(match[1])
        while self.get("/healthz")[0] != 200:
            time.sleep(0.001)
        self.ready_seconds = time.monotonic() - self.started

    def pids(self):
        return [self.process.pid]

    def token(self):
        status, headers, body = self.get(
            "/api/v1/session", {"Content-Type": "application/json"}, "POST",
            json.dumps({"username": "admin", "password": self.PASSWORD}))
        assert status == 201, body
        session = {"Cookie": headers["set-cookie"].split(";")[0], "X-CSRF-Token": json.loads(body)["csrf_token"],
                   "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
        status, _, body = self.get(
            "/api/v1/tokens", session, "POST",
            json.dumps({"name": "benchmark", "scopes": ["model:read", "model:write", "alias:write", "admin"]}))
        assert status == 201, body
        return json.loads(body)["token"]

    def publish(self, token, name, files, fields=(), connection=None):
        """One publish request; `files` is [(path, bytes)]."""
        boundary = "moru-benchmark-boundary"
        parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields]
        for path, data in files:
            parts += [f'--{boundary}\r\nContent-Disposition: form-data; name="artifact"; filename="{path}"\r\n\r\n'.encode(),
                      data, b"\r\n"]
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
        own = connection or self.connection(600)
        own.request("POST", f"/api/v1/models/{name}/versions", body, headers)
        response = own.getresponse()
        answer = response.read()
        if not connection:
            own.close()
        assert response.status in (200, 201), (response.status, answer)
        return json.loads(answer)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()


class Nginx(Server):
    """Debian's nginx with two workers, sendfile, keep-alive without end and no access log: its fastest usual form."""

    def __init__(self, directory, json_body):
        self.directory = pathlib.Path(directory)
        (self.directory / "www").mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        (self.directory / "nginx.conf").write_text(f"""
{"user root;" if os.geteuid() == 0 else ""} daemon off; worker_processes 2; pid {self.directory}/pid; error_log {self.directory}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; etag on;
  keepalive_requests 100000000; keepalive_timeout 300s; default_type application/octet-stream;
  client_body_temp_path {self.directory}/t; proxy_temp_path {self.directory}/t; fastcgi_temp_path {self.directory}/t;
  uwsgi_temp_path {self.directory}/t; scgi_temp_path {self.directory}/t;
  server {{
    listen 127.0.0.1:{self.port} backlog=1024;
    location = /constant {{ default_type application/json; return 200 '{json_body}'; }}
    location / {{ root {self.directory}/www; }}
  }}
}}""")
        self.process = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(self.directory), "-c",
                                         str(self.directory / "nginx.conf")], stderr=subprocess.DEVNULL)
        atexit.register(self.process.terminate)
        for _ in range(500):
            try:
                self.get("/")
                return
            except OSError:
                time.sleep(0.01)
        sys.exit("nginx did not start")

    def pids(self):
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return [self.process.pid, *map(int, children)]

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def wrk(server, path, seconds, connections, headers=(), script=None):
    """One wrk run: requests a second, megabytes a second, CPU microseconds a request, CPU seconds a gigabyte."""
    before = server.cpu()
    command = ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    output = subprocess.run([*command, f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True).stdout
    cpu = server.cpu() - before
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if errors or "Socket errors" in output:
        sys.exit(f"wrk saw errors on {path}:\n{output}")
    count, took, volume, unit = re.search(r"(\d+) requests in ([\d.]+)s, ([\d.]+)([KMGT]?B) read", output).groups()
    took = float(took) if float(took) > 0 else seconds
    megabytes = float(volume) * {"B": 1e-6, "KB": 1.024e-3, "MB": 1.048576, "GB": 1073.741824, "TB": 1099511.6}[unit]
    return {"requests_s": int(count) / took, "mb_s": megabytes / took, "cpu_us": cpu / max(1, int(count)) * 1e6,
            "cpu_s_gb": cpu / megabytes * 1000}


def interleaved(runs, rounds):
    """Runs each of {name: function} in turn, `rounds` times; the medians of every figure."""
    results = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            results[name].append(run())
    return {name: {key: statistics.median(r[key] for r in list_) for key in list_[0]} for name, list_ in results.items()}
