"""Tokens and users, as their owner and an administrator handle them."""
import urllib.error
import urllib.request

from selenium.webdriver.common.keys import Keys
from shell import require, short


class AccountSteps:
    def asked_with(self, token):
        request = urllib.request.Request(f"{self.url}/api/v1/tokens", headers={"Authorization": f"Bearer {token}"})
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            return error.code

    @short
    def tokens(self):
        """a token is shown once, works, and stops working when revoked"""
        browser = self.browser
        browser.open("/tokens")
        browser.settle()
        browser.click("#create")
        browser.fill('dialog [name="name"]', self.namespace)
        browser.click("dialog footer .primary")
        secret = browser.find("#secret").text
        require(secret.startswith("mr_") and self.asked_with(secret) != 401, "the token works")
        browser.picture(self.options.screenshots, "token-once")
        browser.find("dialog[open]").send_keys(Keys.ESCAPE)
        browser.wait(lambda: not browser.all("dialog[open]") and secret not in browser.driver.page_source, "the secret to be gone")
        browser.click(f"#list button[aria-label*='{self.namespace}']")
        browser.click("dialog footer .danger")
        browser.wait(lambda: self.namespace not in browser.text("#list"), "the token to go")
        require(self.asked_with(secret) == 401, "the revoked token is refused")

    @short
    def users(self):
        """an administrator adds a user, disables and deletes it"""
        browser, name = self.browser, self.namespace
        browser.open("/users")
        browser.settle()
        browser.click("#create")
        browser.fill('dialog [name="username"]', name)
        browser.fill('dialog [name="display_name"]', "시험 사용자")
        browser.click('dialog [name="way"][value="password"]')
        browser.fill('dialog [name="password"]', "correct horse battery staple")
        browser.click("dialog footer .primary")
        browser.wait_text("#list", name)
        edit = f"#list button[aria-label*='{name}']"
        browser.click(edit)
        browser.choose('dialog [name="disabled"]', "yes")
        browser.click("dialog footer .primary")
        browser.wait(lambda: browser.script("return document.querySelector(arguments[0]).closest('tr').querySelector('.badge.bad')", edit), "the user to be disabled")
        browser.click(edit)
        browser.click("dialog .dialog-body .danger")
        browser.click("dialog footer .danger")
        browser.wait(lambda: name not in browser.text("#list"), "the user to go")
