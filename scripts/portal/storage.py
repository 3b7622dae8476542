"""The page of the disk, and the notice that administrators see everywhere."""
from shell import after, looked, require


class StorageSteps:
    def storage(self):
        """the disk is shown in words, and collecting starts with a dry run"""
        browser = self.browser
        browser.open("/storage")
        browser.find("#storage meter")
        require("%" in browser.text("#storage .meter-head"), "the use in words")
        disk = self.rest.get("/storage")["disk"]
        require(disk["used"] + disk["free"] <= disk["total"], f"{disk}")
        require(("따로 잡아" in browser.text("#storage")) == (disk["used"] + disk["free"] < disk["total"]), "what the file system keeps")
        browser.choose('#storage [name="grace"]', "604800")
        browser.click("#storage .flow > .button")
        browser.find("#storage .flow [role=status] .notice")

    @looked
    @after("delete_model")
    def collect(self):
        """what a deleted model leaves is seen in a dry run, and gone after the question"""
        browser = self.browser
        browser.open("/storage")
        browser.find("#storage meter")
        browser.choose('#storage [name="grace"]', "0")
        browser.click("#storage .flow > .button")
        browser.click("#storage .flow details summary")
        browser.look("collect-dry-run")
        browser.click("#storage .flow .danger")
        browser.look("collect-question")
        browser.click("dialog footer .danger")
        browser.wait_text("#storage .flow [role=status]", self.words("지웠습니다", "removed"))
        browser.wait(lambda: self.words("방금", "just now") in browser.text("#storage .strip"), "when it was collected last")
        browser.look("collected")

    @looked
    def check_storage(self):
        """a check tells how far it is, and in the end whether all is well"""
        browser = self.browser
        browser.open("/storage")
        browser.click("#storage section:nth-of-type(2) .actions .button")
        browser.wait_text("#storage section:nth-of-type(2) .notice.ok", self.words("온전합니다", "All is well"))
        browser.look("storage-checked")

    def backup(self):
        """a backup is a plain link that the session's cookie opens"""
        browser = self.browser
        browser.open("/storage")
        link = browser.find("#storage a[download]").get_attribute("href")
        status = browser.driver.execute_async_script(
            "const [url, done] = arguments; const stop = new AbortController();"
            "fetch(url, {signal: stop.signal}).then((answer) => { stop.abort(); done([answer.status, answer.headers.get('Content-Disposition')]); }, () => done([0]))", link)
        require(status[0] == 200 and "attachment" in (status[1] or ""), f"{status}")

    @looked
    @after("accepted")
    def disk_notice(self):
        """administrators hear of a filling disk on every page, and their browsers ask at most once in some minutes"""
        browser = self.browser
        browser.command("Network.enable")
        browser.open("/")
        browser.settle()
        browser.script("localStorage.setItem('moru.disk', JSON.stringify({at: Date.now(), percent: 87}))")
        browser.requests()
        for path in ("/", "/register", f"/models/{self.namespace}/night-person", "/no-such-page"):
            browser.expect("status of 404")
            browser.open(path)
            browser.settle()
            require("87 %" in browser.text("#disk-notice") and browser.all('#disk-notice a[href="/storage"]'), f"{path}: the notice")
        asked = [url for url in browser.requests() if url.endswith("/storage")]
        require(not asked, f"{asked}")
        browser.look("disk-notice")
        browser.script("localStorage.removeItem('moru.disk')")
        browser.open("/")
        browser.settle()
        browser.open("/")
        browser.settle()
        asked = [url for url in browser.requests() if url.endswith("/api/v1/storage")]
        require(len(asked) == 1, f"{asked}")
        require(not self.guest_asks(), "others never ask")

    def guest_asks(self):
        guest = self.guest
        guest.command("Network.enable")
        guest.requests()
        guest.open("/")
        guest.find("#user .avatar")
        return [url for url in guest.requests() if url.endswith("/api/v1/storage")]
