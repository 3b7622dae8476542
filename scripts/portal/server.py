"""A server of a browser flow's own: it may be killed, and started again on the same port and data."""
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "own-server-password"
PATIENCE = 20


def binary(chosen=None):
    """The server's program; None where nothing is built."""
    wanted = [chosen, os.environ.get("MORU_BINARY"), ROOT / ".build/release/moru", ROOT / ".build/debug/moru"]
    return next((Path(path).resolve() for path in wanted if path and Path(path).exists()), None)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class OwnServer:
    def __init__(self, moru, folder, *options):
        self.moru, self.folder, self.options = moru, folder, options
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        (folder / "password").write_text(PASSWORD)
        self.process = None
        self.start()

    def start(self):
        command = [self.moru, "serve", "--data-dir", self.folder / "data", "--listen", f"127.0.0.1:{self.port}", "--public-dir", ROOT / "Public",
                   "--rate-limit", "0", "--admin-password-file", self.folder / "password", *self.options]
        log = open(self.folder / "log", "a")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        log.close()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.stdout.readline().startswith("listening on"):
                return
            if self.process.poll() is not None:
                break
        raise AssertionError(f"the server did not start: {(self.folder / 'log').read_text()[-500:]}")

    def kill(self):
        """Ends it as a power cut would: it gets no chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
