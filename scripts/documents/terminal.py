"""A terminal as a person has it: a shell that keeps its state, and answers to what asks for a password."""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import tempfile
import termios
import threading
import time

# Runs each file named in the pipe, and tells on the terminal how it ended.
DRIVER = r"""
exec 9<"$0"
while IFS= read -r command <&9; do
    . "$command" 9<&-
    printf '\036%s\036' "$?"
done
"""
ENDED = re.compile(rb"\x1e(\d+)\x1e")
ASKS = re.compile(rb"(?:[Pp]assword[^\n:]*|Again): \Z")
COLUMNS = 120


class Terminal:
    """One window with /bin/sh in it. `password` is what is typed where one is asked for."""

    def __init__(self, directory, environment, password):
        self.password = password
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="terminal-", dir=environment["TMPDIR"]))
        self.screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        settings = termios.tcgetattr(inside)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(inside, termios.TCSANOW, settings)
        orders = self.scratch / "orders"
        os.mkfifo(orders)
        self.orders = os.open(orders, os.O_RDWR)

        def take_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.shell = subprocess.Popen(
            ["sh", "-c", DRIVER, orders], cwd=directory, env=environment, stdin=inside, stdout=inside, stderr=inside,
            preexec_fn=take_terminal)
        os.close(inside)

    def start(self, text):
        """Types a command and does not wait for it."""
        file = self.scratch / "command"
        file.write_text(text + "\n")
        os.write(self.orders, f"{file}\n".encode())
        self.seen = b""

    def run(self, text, seconds):
        """What the command printed, and the status it ended with; None when it took longer."""
        self.start(text)
        ended = self.wait_for(ENDED, seconds)
        return plain(ENDED.split(self.seen)[0]), int(ended[1]) if ended else None

    def wait_for(self, pattern, seconds):
        """Reads until the screen shows `pattern`."""
        deadline = time.monotonic() + seconds
        answered = 0
        while time.monotonic() < deadline:
            found = pattern.search(self.seen)
            if found:
                return found
            if select.select([self.screen], [], [], 0.2)[0]:
                try:
                    piece = os.read(self.screen, 65536)
                except OSError:
                    return None
                self.seen += piece
                if ASKS.search(self.seen, answered):
                    answered = len(self.seen)
                    os.write(self.screen, self.password.encode() + b"\n")
            elif self.shell.poll() is not None:
                return None
        return pattern.search(self.seen)

    def text(self):
        """What the command printed so far: a shell that outlives it says how it ended, which is not of the command."""
        return plain(ENDED.split(self.seen)[0])

    def keep_reading(self):
        """Reads on in the background, so that what keeps running is not held up by a full screen."""

        def read():
            while True:
                try:
                    self.seen += os.read(self.screen, 65536)
                except OSError:
                    return

        self.reader = threading.Thread(target=read, daemon=True)
        self.reader.start()

    def interrupt(self, seconds):
        """Control-C to what keeps running; waits until its terminal is left."""
        os.write(self.screen, b"\x03")
        self.reader.join(seconds)

    def close(self):
        try:
            os.killpg(self.shell.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.shell.wait()
        os.close(self.orders)
        os.close(self.screen)


def plain(screen):
    """The text that stays on the screen: colours gone, and of a line written over, what it ended as."""
    text = screen.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = []
    for line in text.split("\n"):
        shown = ""
        for part in line.split("\r"):
            part, erased = re.subn(r"\x1b\[0?K", "", part)
            shown = part if erased else part + shown[len(part):]
        lines.append(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown))
    return "\n".join(lines)
