"""How soon the portal paints on a slow phone, beside an empty page of the same server."""
import json
import shutil
import subprocess

from peers import ROOT, Moru

PAIRS = 9
EMPTY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>empty</title></head><body><p>empty</p></body></html>
"""


def paint(options, scratch):
    """First contentful paint of home and of a page with one word, in turn, throttled by the browser."""
    public = scratch / "Public"
    shutil.copytree(ROOT / "Public", public)
    (public / "empty.html").write_text(EMPTY)
    moru = Moru(scratch / "moru", "--public-dir", str(public))
    token = moru.token()
    for number in range(20):
        moru.publish(token, f"bench/model-{number}", [("model.onnx", b"0" * 1000)],
                     [("version", "1.0.0"), ("title", f"Model {number}"), ("service_type", "other"), ("context", "task:object-detection")])
    done = subprocess.run([ROOT / "scripts/portal/paint.py", f"http://127.0.0.1:{moru.port}", str(PAIRS)], stdout=subprocess.PIPE, text=True)
    moru.stop()
    if done.returncode == 75:
        return "The portal on a slow phone", [done.stdout.strip()]
    done.check_returncode()
    figures = json.loads(done.stdout)
    return "The portal on a slow phone", [
        f"Chromium with a cold cache, its CPU slowed down 4 times, 1.6 Mbit/s and 150 ms; home with 20 models and a page with one word, both of Moru, in {PAIRS} pairs.", "",
        "| ms until | home | empty page | home ÷ empty (median of the pairs) | asked |", "|---|---|---|---|---|",
        f"| first contentful paint: the outline of home | {figures['home']:.0f} | {figures['empty']:.0f} | **{figures['ratio']:.2f}** | ≤ 1.6 |",
        f"| first text: the words of the shell | {figures['text']:.0f} | {figures['empty_text']:.0f} | {figures['text_ratio']:.2f} | |",
        f"| largest contentful paint | {figures['largest']:.0f} | | | |"]
