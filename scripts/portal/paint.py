#!/usr/bin/env python3
"""How soon home paints on a slow phone, beside an empty page of the same server: paint URL PAIRS

Both are loaded in turn, each with a cold cache, a CPU slowed down four times, 1.6 Mbit/s and 150 ms. The empty page is
/empty.html with one word. Prints JSON: the medians in ms of the first
contentful paint, the first text and the largest paint, and the medians of the pairs' ratios.
"""
import json
import statistics
import sys

from environment import with_selenium

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PAINTED = """new Promise((done) => {
    const seen = (list) => { const entry = list.getEntries().find(({ name }) => name === "first-contentful-paint"); if (entry) done(entry.startTime); };
    new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
})"""
# An outline of SVG shapes is contentful, but is no candidate of the largest paint: the first candidate is the first text that was painted.
TEXT_AND_LARGEST = """new Promise((done) => {
    const times = [];
    new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) times.push(startTime); }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done([times[0], times.at(-1)]), 200);
})"""


def load(browser, path):
    browser.driver.get("about:blank")
    browser.command("Network.clearBrowserCache")
    browser.open(path)
    first = browser.later(PAINTED)
    if path == "/":
        browser.settle()
    return first, *browser.later(TEXT_AND_LARGEST)


def main():
    with_selenium()
    from browser import Browser

    url, pairs = sys.argv[1], int(sys.argv[2])
    browser = Browser(url)
    times = {"/": [], "/empty.html": []}
    try:
        browser.screen(390, 844)
        browser.command("Network.enable")
        browser.command("Network.emulateNetworkConditions", **SLOW)
        browser.command("Emulation.setCPUThrottlingRate", rate=4)
        for number in range(pairs + 1):
            # Which comes first alternates; the first pair only warms the browser.
            for path in sorted(times, reverse=number % 2 == 0):
                measured = load(browser, path)
                if number:
                    times[path].append(measured)
    finally:
        browser.quit()
    paints, texts, largest = ({path: [loaded[kind] for loaded in every] for path, every in times.items()} for kind in range(3))
    print(json.dumps({
        "home": statistics.median(paints["/"]), "empty": statistics.median(paints["/empty.html"]), "ratio": of_pairs(paints),
        "text": statistics.median(texts["/"]), "empty_text": statistics.median(texts["/empty.html"]), "text_ratio": of_pairs(texts),
        "largest": statistics.median(largest["/"])}))


def of_pairs(times):
    return statistics.median(one / other for one, other in zip(times["/"], times["/empty.html"]))


if __name__ == "__main__":
    main()
