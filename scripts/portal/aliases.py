"""Aliases as a habit: set, moved, rolled back, and taken along when a version is withdrawn."""
from shell import after, looked, require

ROW = "#aliases li:has(.badge.info)"


class AliasSteps:
    def versions(self):
        self.browser.open_anew(f"/models/{self.model}#versions")
        self.browser.settle()

    def move(self, version):
        """An alias is moved where its row says so."""
        self.browser.click(f"{ROW} .alias-head .button:nth-last-child(2)")
        self.browser.choose('dialog [name="version"]', version)
        self.browser.click("dialog footer .primary")
        self.browser.wait_text(f"{ROW} strong", version)

    @looked
    def alias(self):
        """an alias is set and moved; its row says since when and by whom, the rail where it is"""
        browser = self.browser
        self.versions()
        browser.click("#aliases .card-head button")
        browser.fill('dialog [name="alias"]', "stable")
        browser.choose('dialog [name="version"]', "1.0.0")
        browser.look("alias-set")
        browser.click("dialog footer .primary")
        browser.wait_text(f"{ROW} strong", "1.0.0")
        browser.wait_text(f"{ROW} .alias-head", self.options.user)
        self.move("1.0.1")
        browser.open_anew(f"/models/{self.model}")
        browser.wait_text("#facts", "stable")

    @looked
    @after("alias")
    def roll_back(self):
        """rolling back names both versions first, goes one step, and is itself in the history"""
        browser = self.browser
        self.versions()
        browser.click(f"{ROW} .alias-head .button:first-child")
        require([version in browser.text("dialog .from-to") for version in ("1.0.1", "1.0.0")] == [True, True], "both versions are named")
        browser.look("roll-back")
        browser.click("dialog footer .primary")
        browser.wait_text(f"{ROW} strong", "1.0.0")
        browser.click(f"{ROW} summary")
        browser.wait(lambda: [node.text for node in browser.all(f"{ROW} .alias-history li > :first-child")] == ["1.0.0", "1.0.1", "1.0.0"], "the history")
        browser.look("alias-history")

    def state_of(self, version, action):
        row = f".versions li:has(a[href$='v={version}'])"
        self.browser.click(f"{row} .menu summary")
        self.browser.click(f"{row} .menu-list button:nth-child({action})")

    @looked
    @after("roll_back")
    def withdraw(self):
        """withdrawing what an alias names offers the version that takes its place; it can be offered again"""
        browser = self.browser
        self.versions()
        self.state_of("1.0.0", 4)
        require("stable" in browser.text("dialog .field:has([name=replace_with]) label"), "the alias is named")
        browser.look("withdraw")
        browser.fill("dialog textarea", "잘못 학습했습니다")
        browser.click("dialog footer .danger")
        browser.wait_text(f"{ROW} strong", "1.0.1")
        self.state_of("1.0.0", 1)
        browser.click("dialog footer .primary")
        browser.wait(lambda: browser.all(".versions li") and not browser.all(".versions .badge:is(.warn, .bad)"), "the version to be offered again")

    @after("alias")
    def aliased_meanwhile(self):
        """an alias that came to the version meanwhile brings the choice, not an error"""
        browser = self.browser
        browser.expect("status of 409")
        self.versions()
        self.state_of("1.0.0", 4)
        browser.driver.execute_async_script(
            "const [name, done] = arguments; import('/js/api.js').then((api) => api.put(api.modelPath(name, 'aliases', 'stable'), {version: '1.0.0'})).then(done, done)", self.model)
        browser.fill("dialog textarea", "다시 내립니다")
        browser.click("dialog footer .danger")
        browser.choose('dialog [name="replace_with"]', "1.0.1")
        browser.click("dialog footer .danger")
        browser.wait_text(f"{ROW} strong", "1.0.1")

    @after("alias")
    def remove_alias(self):
        """an alias is removed, after its version was named"""
        browser = self.browser
        self.versions()
        browser.click(f"{ROW} .icon-button")
        require("1.0.1" in browser.text("dialog .from-to"), "the version is named")
        browser.click("dialog footer .danger")
        browser.wait(lambda: browser.all("#facts .facts") and not browser.all(ROW), "the alias to go")
