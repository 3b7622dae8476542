"""What each page costs on a cold cache, counted by the browser: bytes, requests, other origins, and how far things move."""
import json

from shell import short

# Gzipped bytes of the bodies of files, number of files, calls of the API.
FIRST_VIEW, SEARCH, OTHERS = (30_000, 6, 1), (45_000, None, 2), (45_000, None, None)
GUESTS = {"home": ("/", FIRST_VIEW), "search": ("/?q=person", SEARCH), "model": ("/models/{model}", OTHERS), "sign-in": ("/sign-in", OTHERS), "setup": ("/setup", OTHERS), "missing": ("/no-such-page", OTHERS)}
MEMBERS = {
    "register": ("/register", OTHERS), "new version": ("/models/{model}/new-version", OTHERS), "tokens": ("/tokens", OTHERS), "users": ("/users", OTHERS),
    "namespaces": ("/namespaces", OTHERS), "service types": ("/service-types", OTHERS), "context": ("/context", OTHERS), "storage": ("/storage", OTHERS),
    "activity": ("/activity", OTHERS), "account": ("/account", OTHERS),
}
LARGEST_SHIFT = 0.01
SHIFTS = """new Promise((done) => {
    let sum = 0;
    const moved = [];
    const add = (list) => {
        for (const { hadRecentInput, value, sources } of list.getEntries()) {
            if (hadRecentInput) continue;
            sum += value;
            for (const { node, previousRect, currentRect } of sources) moved.push(`${node?.id || node?.className || node?.textContent?.slice(0, 20)} ${previousRect.y}+${previousRect.height} → ${currentRect.y}+${currentRect.height}`);
        }
    };
    const observer = new PerformanceObserver(add);
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => { add({ getEntries: () => observer.takeRecords() }); done([sum, moved.join(", ")]); }, 100);
})"""


class BudgetSteps:
    def load_cold(self, path):
        """The requests of a page that was never here: `{url: (bytes of the body on the wire, type)}`, and all origins asked."""
        browser = self.browser
        browser.driver.get("about:blank")
        browser.command("Network.clearBrowserCache")
        browser.driver.get_log("performance")
        browser.open(path)
        browser.settle()
        # What the page fetches when it has nothing else to do is not of the first view, but of its origins.
        browser.pause(0.3)
        return self.counted(browser.driver.get_log("performance"))

    @staticmethod
    def counted(log):
        addresses, heads, bodies = {}, {}, {}
        for entry in log:
            message = json.loads(entry["message"])["message"]
            of, about = message["params"].get("requestId"), message["params"]
            if message["method"] == "Network.requestWillBeSent" and not about["request"]["url"].startswith(("data:", "blob:")):
                addresses[of] = about["request"]["url"]
            elif message["method"] == "Network.responseReceived":
                heads[of] = about["response"]["encodedDataLength"]
            elif message["method"] == "Network.loadingFinished":
                bodies[of] = about["encodedDataLength"]
        return {url: max(0, bodies.get(of, 0) - heads.get(of, 0)) for of, url in addresses.items()}

    @short
    def budget(self):
        """each page on a cold cache: bytes, files and calls within its budget, no other origin, nothing that moves"""
        failures = []
        print(f"      {'page':12} {'files':>5} {'bytes':>7} {'calls':>5} {'bytes':>7} {'shift':>7}")
        self.browser.sign_out()
        for name, (path, limits) in GUESTS.items():
            failures += self.one_budget(name, path.format(model=self.model), limits)
        self.browser.sign_in(self.options.user, self.password)
        for name, (path, limits) in MEMBERS.items():
            failures += self.one_budget(name, path.format(model=self.model), limits)
        return failures

    def one_budget(self, name, path, limits):
        browser = self.browser
        browser.expect("status of 404", "status of 403")
        asked = self.load_cold(path)
        foreign = [url for url in asked if not url.startswith(self.url)]
        calls = {url: size for url, size in asked.items() if "/api/" in url}
        files = {url: size for url, size in asked.items() if url not in calls and not url.endswith("/logo.svg")}
        shift, moved = browser.later(SHIFTS)
        print(f"      {name:12} {len(files):5} {sum(files.values()):7} {len(calls):5} {sum(calls.values()):7} {shift:7.4f}")
        found = [f"{name}: another origin: {url}" for url in foreign]
        for what, number, limit in zip(("bytes", "files", "calls"), (sum(files.values()), len(files), len(calls)), limits):
            if limit and number > limit:
                found.append(f"{name}: {number} {what}, at most {limit}")
        if shift >= LARGEST_SHIFT:
            found.append(f"{name}: things move by {shift:.4f}: {moved}")
        return found
