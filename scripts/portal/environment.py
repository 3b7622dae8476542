"""The Python that drives Chromium: in .cache/, with selenium and axe-core of pinned versions and SHA-256."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parent.parent.parent / ".cache" / "portal"
PINNED = Path(__file__).with_name("requirements.txt")
INSTALLED = ENVIRONMENT / "requirements.txt"
SKIPPED = 75


def skip(reason):
    """Ends as a check that could not be made (EX_TEMPFAIL): never as one that passed."""
    print(f"skipped: {reason}", flush=True)
    sys.exit(SKIPPED)


def install(python):
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
                           "--require-hashes", "--only-binary=:all:", "-r", PINNED], capture_output=True, text=True)
    if "DO NOT MATCH THE HASHES" in done.stderr:
        sys.exit(done.stderr)
    if done.returncode != 0:
        skip(f"selenium and axe-core cannot be had; is there a network? {done.stderr.strip()[-300:]}")
    shutil.copyfile(PINNED, INSTALLED)


def with_selenium():
    """Runs the script again in its own environment, made on the first run."""
    for program in ("chromium", "chromedriver"):
        if not shutil.which(program):
            skip(f"there is no {program}; scripts/install-dependencies test brings it")
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.prefix) == ENVIRONMENT:
        return
    if not INSTALLED.exists() or INSTALLED.read_text() != PINNED.read_text():
        install(python)
    os.execv(python, [python, *sys.argv])
