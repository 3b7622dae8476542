#!/usr/bin/env python3
"""How long the portal takes from the end of its debounce to painted results, in Chromium: painted.py URL

A person types: each letter is an input event, and the next one comes when the results of the last are painted. The page
itself takes the time, from the event (the browser's clock) to the frame after the one that the rows are in.
"""
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
DEBOUNCE = 120
TYPED = ["야간 사람 탐지", "불법주정차", "번호판 인식 onnx", "person detection at night", "fire smoke int8", "object:car env:rain",
         "face recognition size<5MB", "화재 감시 카메라"]
TYPE = """
    const [text, done] = arguments;
    const field = document.getElementById("q");
    const times = [];
    let typedAt = null;
    let painted = null;
    field.addEventListener("input", (event) => typedAt = event.timeStamp, true);
    new MutationObserver(() => {
        const isBusy = document.querySelector("#results[aria-busy]");
        if (isBusy || typedAt === null || (new URLSearchParams(location.search).get("q") ?? "") !== field.value.trim()) return;
        const since = typedAt;
        typedAt = null;
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => painted(performance.now() - since);
            channel.port2.postMessage(null);
        });
    }).observe(document.getElementById("main"), { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
    (async () => {
        field.focus();
        for (const letter of text) {
            const isFinding = letter.trim() !== "";
            const next = isFinding ? new Promise((resolve) => painted = resolve) : null;
            document.execCommand("insertText", false, letter);
            if (next) times.push(await next);
        }
        done(times);
    })();
"""


def measure(url, rounds):
    """Milliseconds of each letter, without the debounce."""
    sys.path.insert(0, str(HERE.parent / "scripts" / "portal"))
    from browser import Browser

    browser = Browser(url)
    browser.driver.set_script_timeout(60)
    try:
        times = []
        # The first round fills caches of server and browser.
        for round_ in range(rounds + 1):
            for text in TYPED:
                browser.open("/")
                browser.settle()
                taken = browser.driver.execute_async_script(TYPE, text)
                times += taken if round_ else []
        return [time - DEBOUNCE for time in times]
    finally:
        browser.quit()


def search(options, scratch):
    """Each letter of eight queries typed into the portal of a server with many models."""
    from million import prepare
    from peers import Moru

    moru = Moru(prepare(options.cache, options.models))
    try:
        out = subprocess.run([sys.executable, str(HERE / "painted.py"), f"http://127.0.0.1:{moru.port}", str(options.rounds)],
                             capture_output=True, text=True, check=True).stdout
    finally:
        moru.stop()
    times = sorted(json.loads(out.splitlines()[-1]))
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    return f"Search as one types, in Chromium, over {options.models:,} models", [
        "| from the end of the 120 ms debounce to painted rows | ms | asked |", "|---|---|---|",
        f"| median of {len(times)} letters | {statistics.median(times):.0f} | ≤ 80 |",
        f"| p90 | {at(0.9):.0f} | |", f"| p99 | {at(0.99):.0f} | |"]


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent / "scripts" / "portal"))
    from environment import with_selenium

    with_selenium()
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
