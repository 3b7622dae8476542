"""The first administrator, signing in and out, and where that leads."""
import urllib.parse

from shell import require, short


class EntrySteps:
    def set_up(self):
        """the one-time link makes the first administrator and signs in"""
        self.browser.open(f"/setup#{self.options.setup_token}")
        self.browser.fill("#username", self.options.user)
        self.browser.fill("#display-name", "첫 관리자")
        self.browser.fill("#password", self.password)
        self.browser.click("#form button")
        self.browser.find("#user .avatar")
        self.browser.picture(self.options.screenshots, "after-set-up")
        self.leave()

    def leave(self):
        self.browser.click("#user summary")
        self.browser.click("#user .menu-list button")
        self.browser.find('#user a[href="/sign-in"]')

    @short
    def refused_sign_in(self):
        """a wrong password is refused in words, and the page stays"""
        self.browser.expect("status of 401")
        self.browser.open("/sign-in")
        self.browser.fill("#username", self.options.user)
        self.browser.fill("#password", "certainly wrong")
        self.browser.click("#form button")
        self.browser.wait(lambda: self.browser.find(".form-error").is_displayed(), "the refusal")

    @short
    def sign_in(self):
        """signing in leads to where one wanted to go"""
        self.browser.open("/tokens")
        self.browser.wait(lambda: "/sign-in?next=%2Ftokens" in self.browser.driver.current_url, "the way to sign in")
        self.browser.fill("#username", self.options.user)
        self.browser.fill("#password", self.password)
        self.browser.click("#form button")
        self.browser.wait(lambda: self.browser.driver.current_url.endswith("/tokens"), "the way back")
        self.browser.find("#user .avatar")

    def stay_here(self):
        """no address sends a visitor from the sign-in to another site"""
        browser = self.browser
        browser.expect("status of")
        for there in ("//evil.invalid/", "/.//evil.invalid/", "/%5Cevil.invalid/", "https://evil.invalid/", "javascript:window.broken=1"):
            browser.open(f"/sign-in?next={urllib.parse.quote(there, safe='%')}")
            browser.wait(lambda: "/sign-in" not in browser.driver.current_url, f"the way on from {there}")
            require(browser.driver.current_url.startswith(f"{self.url}/"), f"{there} led to {browser.driver.current_url}")
        require(browser.script("return window.broken") is None, "a script ran")
