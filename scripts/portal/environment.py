"""The Python that drives Chromium: in .cache/, with selenium and axe-core."""
import os
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parent.parent.parent / ".cache" / "portal"
AXE = "axe-playwright-python==0.1.8"


def with_selenium():
    """Runs the script again in its own environment, made on the first run."""
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.prefix) == ENVIRONMENT:
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "selenium==4.51.0"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", AXE])
    os.execv(python, [python, *sys.argv])
