"""Inviting people, namespaces and their members, in two browsers: the administrator's and the guest's."""
import secrets

from browser import Browser
from pages import every_page
from scene import PASSWORD
from shell import after, looked, require

OTHER_PASSWORD = "another horse battery staple"


class PeopleSteps:
    guest = None

    @property
    def person(self):
        return f"{self.namespace}-guest"

    def leave_guest(self):
        if self.guest:
            self.guest.quit()

    def edit_person(self, name):
        self.browser.open("/users")
        self.browser.settle()
        self.browser.click(f"#list button[aria-label*='{name}']")

    def take_link(self):
        """The link in the dialog, by its copy button; it is nowhere once the dialog is closed."""
        browser = self.browser
        link = browser.find("#link").text
        browser.click("dialog .url-box button")
        require(browser.clipboard() == link, "the copied link is the one shown")
        browser.click("dialog footer button")
        browser.wait(lambda: not browser.all("dialog[open]") and link not in browser.driver.page_source, "the link to be gone")
        return link.removeprefix(self.url)

    @looked
    def invitation(self):
        """an administrator invites somebody: the link is shown once, to copy, with how long it holds"""
        browser = self.browser
        browser.open("/users")
        browser.settle()
        browser.click("#create")
        browser.look("invite-dialog")
        browser.fill('dialog [name="username"]', self.person)
        browser.fill('dialog [name="display_name"]', "초대한 사람")
        browser.click("dialog footer .primary")
        browser.wait_text("dialog .notes", "초대한 사람")
        browser.look("invite-link")
        self.link = self.take_link()
        browser.wait_text("#list", self.person)
        badge = browser.script("return document.querySelector(arguments[0]).closest('tr').querySelector('.badge.info')", f"#list button[aria-label*='{self.person}']")
        require(badge, "the list says that the person was invited")

    @after("invitation")
    def accepted(self):
        """the invited person sees the name, hears of a weak password at its field, signs in by the link and lands on home"""
        self.guest = guest = Browser(self.url, self.browser.language, screenshots=self.options.screenshots)
        guest.open("/")
        failures = every_page(guest, {"sign-in": "/sign-in", "invitation": self.link, "link-used": f"/setup#{secrets.token_urlsafe(32)}"}, self.options.screenshots, "status of 403")
        require(not failures, f"{len(failures)} on pages of guests")
        guest.screen(1440, 900)
        guest.expect("status of 422", "status of 403")
        guest.open_anew(self.link)
        guest.wait_text("h1", "초대한 사람")
        require(guest.find("#username").get_attribute("value") == self.person, "the user name is there")
        guest.fill("#password", "short")
        guest.click("#form button")
        guest.find("#password[aria-invalid]")
        guest.fill("#display-name", "손님")
        guest.fill("#password", PASSWORD)
        guest.click("#form button")
        guest.wait(lambda: guest.driver.current_url == f"{self.url}/", "home")
        require("손님" in guest.find("#user summary").get_attribute("aria-label"), "signed in under the chosen name")
        guest.open_anew(self.link)
        guest.find('.state a[href="/sign-in"]')
        require(not guest.all("#form"), "a used link asks for nothing")
        self.quiet_guest()

    def quiet_guest(self):
        complaints = self.guest.complaints()
        require(not complaints, f"{complaints}")

    @after("accepted")
    def reset(self):
        """a reset link ends the sessions there were, and sets another password"""
        browser, guest = self.browser, self.guest
        self.edit_person(self.person)
        browser.click("dialog .dialog-body .actions .button:first-child")
        link = self.take_link()
        guest.open_anew(link)
        guest.find("#password")
        require(not guest.all("#display-name"), "only the password is asked for")
        guest.fill("#password", OTHER_PASSWORD)
        guest.click("#form button")
        guest.wait(lambda: guest.driver.current_url == f"{self.url}/", "home")
        guest.find("#user .avatar")
        self.quiet_guest()

    @after("reset")
    def own_account(self):
        """a chosen language holds at once, a new name is in the menu, a wrong old password is said at its field"""
        guest = self.guest
        guest.expect("status of 401")
        guest.open("/account")
        guest.wait(lambda: guest.find("#username").get_attribute("value") == self.person, "the account")
        guest.choose("#user-language", "en")
        guest.click("#profile button")
        guest.wait(lambda: guest.script("return document.documentElement.lang") == "en", "English")
        guest.wait(lambda: guest.find("#user-language").get_attribute("value") == "en", "the account in English")
        guest.fill("#display-name", "Guest")
        guest.click("#profile button")
        guest.wait(lambda: "Guest" in guest.find("#user summary").get_attribute("aria-label"), "the new name in the menu")
        guest.fill("#current-password", PASSWORD)
        guest.fill("#new-password", PASSWORD + "s")
        guest.click("#password button")
        guest.find("#current-password[aria-invalid]")
        guest.script("localStorage.removeItem('moru.language')")
        self.quiet_guest()

    @looked
    @after("accepted")
    def members(self):
        """an owner adds a member; an unknown name and the last owner are said at their fields"""
        browser, path = self.browser, f"/namespaces/{self.namespace}"
        browser.expect("status of 404", "status of 409")
        browser.open("/namespaces")
        browser.click(f'#list a.mono-name[href="{path}"]')
        browser.wait(lambda: browser.driver.current_url.endswith(path), "the namespace")
        browser.click("#actions .primary")
        browser.fill('dialog [name="username"]', "nobody-of-this-name")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="username"][aria-invalid]')
        browser.look("member-unknown")
        browser.fill('dialog [name="username"]', self.person)
        browser.click("dialog footer .primary")
        browser.wait_text("#list", self.person)
        self.guest.open("/namespaces")
        self.guest.wait_text("#list", self.namespace)
        self.guest.open(path)
        self.guest.wait_text("#list", self.person)
        require(not self.guest.all("#list button") and not self.guest.all("#actions .primary"), "who owns nothing manages nobody")
        browser.click(f"#list button[aria-label*='{self.options.user}']")
        browser.choose('dialog [name="role"]', "reader")
        browser.click("dialog footer .primary")
        browser.find('dialog [name="role"][aria-invalid]')
        browser.look("last-owner")
        browser.click("dialog header .icon-button")

    @looked
    @after("members")
    def transfer(self):
        """a namespace is handed over after both names were shown; who has it alone cannot leave or be deleted"""
        browser, guest, path = self.browser, self.guest, f"/namespaces/{self.namespace}"
        browser.expect("status of 409")
        browser.open(path)
        browser.settle()
        browser.click("#actions button:nth-child(2)")
        browser.fill('dialog [name="to"]', self.person)
        words = browser.text("dialog .notice")
        require(self.person in words and self.options.user in words, words)
        browser.look("transfer")
        browser.click("dialog footer .danger")
        browser.wait(lambda: browser.script("return document.querySelector(arguments[0])?.closest('tr').querySelector('.badge.ok')", f"#list button[aria-label*='{self.person}']"), "the new owner")
        guest.expect("status of 409")
        guest.open(path)
        guest.click("#actions button:last-child")
        guest.click("dialog footer .danger")
        guest.wait(lambda: guest.find("dialog .form-error").is_displayed(), "the refusal to leave")
        guest.look("leave-refused")
        self.edit_person(self.person)
        browser.click("dialog .dialog-body .danger")
        browser.click("dialog footer .danger")
        browser.find(f'dialog .form-error a[href="{path}"]')
        browser.look("delete-owner-refused")
        guest.open(path)
        guest.settle()
        guest.click("#actions button:nth-child(2)")
        guest.fill('dialog [name="to"]', self.options.user)
        guest.click("dialog footer .danger")
        guest.wait(lambda: not guest.all("#list button") and guest.all("#list tr"), "the guest to own nothing")
        guest.click("#actions button:last-child")
        guest.click("dialog footer .danger")
        guest.wait(lambda: guest.driver.current_url.endswith("/namespaces"), "the list of namespaces")
        guest.find("#list .state")
        self.quiet_guest()

    def last_admin(self):
        """the last administrator stays one, and hears it at the role"""
        self.browser.expect("status of 409")
        self.edit_person(self.options.user)
        self.browser.choose('dialog [name="role"]', "viewer")
        self.browser.click("dialog footer .primary")
        self.browser.find('dialog [name="role"][aria-invalid]')

    @after("accepted")
    def farewell(self):
        """a deleted user is signed out, and the name is gone from the list"""
        browser = self.browser
        self.edit_person(self.person)
        browser.click("dialog .dialog-body .danger")
        browser.click("dialog footer .danger")
        browser.wait(lambda: self.person not in browser.text("#list"), "the person to go")
        self.guest.open("/tokens")
        self.guest.find("#form")

    def reads_only(self):
        """who may not register is not asked to; who is not signed in is"""
        name = f"{self.namespace}-reads"
        self.rest.post("/users", {"username": name, "display_name": "읽는 사람", "role": "viewer", "password": PASSWORD})
        reader = Browser(self.url, screenshots=self.options.screenshots)
        try:
            reader.open("/")
            require(reader.find('.side a[href="/register"]').is_displayed(), "a guest is led to sign in")
            reader.sign_in(name, PASSWORD)
            for path in ("/", "/context"):
                reader.open_anew(path)
                reader.find("#user .avatar")
                require(not [link for link in reader.all('a[href="/register"]') if link.is_displayed()], f"{path} asks to register")
        finally:
            reader.quit()
            self.rest.delete(f"/users/{name}")
