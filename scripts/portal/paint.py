#!/usr/bin/env python3
"""How soon home paints on a slow phone, beside an empty page of the same server: paint URL PAIRS

Both are loaded in turn, each with a cold cache, a CPU slowed down four times, 1.6 Mbit/s and 150 ms. The empty page is
/empty.html with one word. Prints JSON: the medians in ms, and the median of the pairs' ratios.
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
LARGEST = """new Promise((done) => {
    let last = 0;
    new PerformanceObserver((list) => { last = list.getEntries().at(-1).startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done(last), 200);
})"""


def load(browser, path):
    browser.driver.get("about:blank")
    browser.command("Network.clearBrowserCache")
    browser.open(path)
    first = browser.later(PAINTED)
    if path == "/":
        browser.settle()
    return first, browser.later(LARGEST)


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
    home, empty = times["/"], times["/empty.html"]
    ratios = [one[0] / other[0] for one, other in zip(home, empty)]
    print(json.dumps({
        "home": statistics.median(first for first, _ in home), "empty": statistics.median(first for first, _ in empty),
        "largest": statistics.median(largest for _, largest in home), "ratio": statistics.median(ratios), "ratios": ratios}))


if __name__ == "__main__":
    main()
