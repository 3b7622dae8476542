"""One model: its tabs, further versions, changes of its texts, and its end."""

from selenium.webdriver.common.keys import Keys
from shell import short


class VersionSteps:
    def tabs_by_keyboard(self):
        """arrow keys move between the tabs"""
        browser = self.browser
        browser.open(f"/models/{self.model}")
        browser.wait_text("#version-count", "1")
        browser.find("#tab-readme").send_keys(Keys.ARROW_RIGHT)
        browser.wait(lambda: browser.find("#versions").is_displayed(), "the versions")
        browser.find("#tab-versions").send_keys(Keys.END)
        browser.wait(lambda: browser.find("#get").is_displayed() and browser.driver.current_url.endswith("#get"), "the last tab")

    def deprecate(self):
        """an owner marks a version as deprecated, with the reason"""
        browser = self.browser
        browser.open_anew(f"/models/{self.model}#versions")
        browser.click(".versions li:nth-child(2) .menu summary")
        browser.click(".versions li:nth-child(2) .menu-list button:nth-child(2)")
        browser.fill("dialog textarea", "1.0.1이 더 정확합니다")
        browser.click("dialog footer .primary")
        browser.wait_text(".versions li:nth-child(2)", "1.0.1이 더 정확합니다")
        browser.open(f"/models/{self.model}?v=1.0.0")
        browser.wait_text(".notice.warn", "1.0.1이 더 정확합니다")

    @short
    def edit_model(self):
        """an owner changes the summary; an empty title is refused at its field"""
        browser = self.browser
        browser.open(f"/models/{self.model}")
        browser.click(".head-actions button.button:last-child")
        browser.fill('dialog [name="title"]', "")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="title"][aria-invalid]')
        browser.fill('dialog [name="title"]', self.title)
        browser.fill('dialog [name="summary"]', "새 설명입니다")
        browser.click("dialog footer .primary")
        browser.wait_text("#head", "새 설명입니다")

    @short
    def delete_model(self):
        """an owner deletes the model by typing its name"""
        browser = self.browser
        browser.screen(1440, 900)
        browser.open(f"/models/{self.model}")
        browser.click(".head-actions button.button:last-child")
        browser.click("dialog .dialog-body .danger")
        browser.fill('dialog [name="typed"]', self.model)
        browser.click("dialog footer .danger")
        browser.wait(lambda: browser.driver.current_url.rstrip("/") == self.url, "the home page after deletion")
