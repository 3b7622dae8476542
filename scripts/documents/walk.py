"""Runs the commands of one document in the sandbox, as somebody who reads it would."""
import os
import re
import sys
import time

import fences
import sandbox
import terminal

PASSWORD = "five-minute tour"
SECONDS = 300  # for one command, which may have to build
READY = re.compile(rb"listening on http://\S+\r?\n")


def walk(root, name, is_shown):
    """Prints a line for each command that does not do as the document says; 1 when there is one, else 0."""
    is_guide = name.endswith("operations.md")
    with open("/proc/self/uid_map") as users:
        if is_guide and users.read().split()[2] == "1":  # a user namespace: one user, and no other to become
            return 75
    temporary = sandbox.prepare(root, is_guide)
    # make tells a make that it runs of itself, and that one says so.
    foreign = ("MORU_", "XDG_", "LC_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    # SwiftPM builds everything anew when the terminal changes from one without colours to one with them, or back.
    kind = os.environ.get("TERM", "dumb") if sys.stdout.isatty() else "dumb"
    environment = {**kept, "TMPDIR": str(temporary), "TERM": kind, "LANG": "C.UTF-8"}
    reader = Reader(root, environment, is_shown)
    count, failures = 0, 0
    began = time.monotonic()
    for block in fences.blocks(name, (root / name).read_text()):
        if is_guide:
            fences.save(block)
        for command in fences.commands(name, block):
            count += 1
            problem = reader.does(command)
            if problem:
                failures += 1
                print(f"{name}:{command.line}: {command.text.splitlines()[0]}\n{problem}", flush=True)
    failures += reader.leaves(name)
    print(f"{name}: {count} commands in {time.monotonic() - began:.0f} s, {failures} failed", flush=True)
    return 1 if failures else 0


class Reader:
    """Somebody with one terminal to type in, and further ones for what keeps running."""

    def __init__(self, root, environment, is_shown):
        self.root, self.environment, self.is_shown = root, environment, is_shown
        self.terminal = self.another_terminal()
        self.serving = []

    def another_terminal(self):
        return terminal.Terminal(self.root, self.environment, PASSWORD)

    def does(self, command):
        """What went otherwise than the document says, or None."""
        text = command.text
        if re.match(r"(make run|moru serve)\b(?!.*&\s*$)", text):
            printed, problem = self.keeps_running(text)
        else:
            printed, status = self.terminal.run(re.sub(r"^make test\b", "make -n test", text), SECONDS)
            problem = f"ended with {status}" if status is not None else f"took longer than {SECONDS} s"
            problem = None if status == 0 else problem
        if self.is_shown:
            print(f"$ {text}\n{printed}", end="", flush=True)
        if problem:
            return f"    {problem}\n{indented(printed)}"
        if command.output is not None and not fences.matches(command.output, printed):
            return f"    should print\n{indented(command.output)}\n    but prints\n{indented(printed)}"
        return None

    def keeps_running(self, text):
        window = self.another_terminal()
        self.serving.append(window)
        window.start(text)
        found = window.wait_for(READY, SECONDS)
        printed = window.text()
        window.keep_reading()
        return printed, None if found else "is not ready"

    def leaves(self, name):
        """Ends what keeps running, as control-C would; how much of it did not end well."""
        failures = 0
        for window in self.serving:
            window.interrupt(20)
            if not window.text().rstrip().endswith(" stopped"):
                failures += 1
                print(f"{name}: the server did not stop as it should:\n{indented(window.text())}")
        return failures


def indented(text):
    lines = text.strip("\n").splitlines()
    return "\n".join("    | " + line for line in lines[-40:])
