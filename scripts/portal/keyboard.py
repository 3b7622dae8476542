"""The results of a search, and whole tasks, by keyboard alone: in those the page itself watches that no pointer was pressed."""
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from shell import after, require, short

FURTHEST = 250
# A press of Enter on a button is a click of detail 0; whatever comes from a pointer is kept over pages.
GUARD = """for (const type of ["mousedown", "pointerdown", "touchstart", "click"])
    addEventListener(type, (event) => {
        if (type !== "click" || event.detail > 0) sessionStorage.setItem("pointed", `${sessionStorage.getItem("pointed") ?? ""} ${type}`);
    }, true)"""
MATCHES = "return document.activeElement?.matches(arguments[0]) ?? false"


class KeyboardSteps:
    def type(self, *keys):
        ActionChains(self.browser.driver, duration=0).send_keys(*keys).perform()

    def walk_to(self, selector, key=Keys.TAB):
        """Tab until the focus is there: what cannot be reached so fails."""
        browser = self.browser
        browser.find(selector)
        for _ in range(FURTHEST):
            if browser.script(MATCHES, selector):
                return
            self.type(key)
        raise AssertionError(f"{selector} is not reached by Tab")

    def press_on(self, selector, key=Keys.ENTER):
        self.walk_to(selector)
        self.type(key)

    def write_into(self, selector, text):
        self.walk_to(selector)
        ActionChains(self.browser.driver, duration=0).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        self.type(text)

    def without_pointer(self, task):
        """Does the task in a browser that tells of every press of a pointer."""
        browser = self.browser
        guard = browser.command("Page.addScriptToEvaluateOnNewDocument", source=GUARD)["identifier"]
        browser.open("/")
        browser.settle()
        try:
            browser.script("sessionStorage.removeItem('pointed')")
            task()
            pointed = browser.script("return sessionStorage.getItem('pointed')")
            require(pointed is None, f"a pointer was used:{pointed}")
        finally:
            browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=guard)

    def to_tab(self, name):
        """From the tab that is chosen by arrow keys to another."""
        self.walk_to('[role="tab"][aria-selected="true"]')
        for _ in range(8):
            if self.browser.script("return document.activeElement.id") == f"tab-{name}":
                break
            self.type(Keys.ARROW_RIGHT)
        self.browser.wait(lambda: self.browser.find(f"#{name}").is_displayed(), f"the tab {name}")
        self.browser.settle()

    @short
    def keyboard_search(self):
        """by keyboard alone: search, open the model, copy the command that fetches it"""
        self.without_pointer(self.search_open_copy)

    def search_open_copy(self):
        browser = self.browser
        self.type("/", self.title)
        browser.wait(lambda: "q=" in browser.driver.current_url and self.titles()[:1] == [self.title], "the model, first")
        browser.settle()
        self.type(Keys.ESCAPE)
        self.press_on("#results .row-title")
        browser.wait(lambda: browser.driver.current_url.split("?")[0].split("#")[0].endswith(f"/models/{self.model}"), "the page of the model")
        browser.settle()
        self.to_tab("get")
        self.press_on("#get .snippet-head button")
        browser.wait(lambda: browser.clipboard() == browser.find("#command").text, "the command on the clipboard")

    @short
    def keyboard_register(self):
        """by keyboard alone: register a model with its file, service type and context"""
        self.without_pointer(self.register_by_keyboard)

    def register_by_keyboard(self):
        browser, name = self.browser, f"{self.namespace}/by-keyboard"
        # The name is looked up while it is typed, and is free.
        browser.expect("status of 404")
        self.press_on('a[href="/register"]')
        browser.wait(lambda: browser.find("#form").is_displayed(), "the form")
        browser.settle()
        # The picker of files is the system's: the field gets what it would give.
        browser.find("#pick").send_keys(str(self.onnx))
        browser.wait(lambda: browser.all("#files li"), "the file")
        browser.wait(lambda: len(browser.all("#service_type option")) > 5, "the service types")
        self.write_into("#namespace", self.namespace)
        self.write_into("#name", "by-keyboard")
        self.write_into("#title", "By keyboard")
        self.walk_to("#service_type")
        self.type(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
        require(browser.find("#service_type").get_attribute("value"), "the arrow keys choose a service type")
        self.walk_to("#tags input")
        self.type("object:person", Keys.ENTER)
        browser.wait(lambda: browser.all("#tags .chip"), "the tag")
        self.press_on("#send")
        browser.find("#done")
        require(self.rest.exists(f"/models/{name}"), "the model is there")
        self.rest.delete(f"/models/{name}")

    @short
    def keyboard_token(self):
        """by keyboard alone: create a token, see it once, revoke it"""
        self.without_pointer(self.create_and_revoke)

    def create_and_revoke(self):
        browser, name = self.browser, f"{self.namespace}-keys"
        self.press_on("#user summary")
        self.press_on('#user a[href="/tokens"]')
        browser.wait(lambda: browser.driver.current_url.endswith("/tokens"), "the tokens")
        browser.settle()
        self.press_on("#create")
        browser.find("dialog[open]")
        self.write_into('dialog [name="name"]', name)
        self.press_on("dialog footer .primary")
        require(browser.find("#secret").text.startswith("mr_"), "the token")
        self.type(Keys.ESCAPE)
        browser.wait(lambda: not browser.all("dialog[open]"), "the dialog to close")
        require(browser.script("return document.activeElement !== document.body"), "the focus is not lost")
        self.press_on(f"#list button[aria-label*='{name}']")
        self.press_on("dialog footer .danger")
        browser.wait(lambda: name not in browser.text("#list"), "the token to go")

    @short
    def keyboard_edit(self):
        """by keyboard alone: change the summary of a model, withdraw a version with its reason"""
        name = f"{self.namespace}/edited"
        for number in ("1.0.0", "1.0.1"):
            self.rest.publish(name, ("title", "To be edited"), ("service_type", "other"), ("version", number), ("artifact", "model.bin", number.encode()))
        try:
            self.without_pointer(lambda: self.edit_and_withdraw(name))
        finally:
            # The page still asks for what may wait.
            self.browser.driver.get("about:blank")
            self.rest.delete(f"/models/{name}")

    def edit_and_withdraw(self, name):
        browser = self.browser
        browser.open(f"/models/{name}")
        browser.settle()
        self.press_on(".head-actions button.button:last-child")
        self.write_into('dialog [name="summary"]', "Changed by keyboard")
        self.press_on("dialog footer .primary")
        browser.wait_text("#head", "Changed by keyboard")
        browser.settle()
        self.to_tab("versions")
        self.press_on("#versions li:last-child .menu summary")
        self.press_on("#versions li:last-child .menu-list button:last-child")
        self.write_into("dialog textarea", "Too old")
        self.press_on('dialog footer :is(.primary, .danger)')
        browser.wait(lambda: self.rest.get(f"/models/{name}/versions/1.0.0")["state"] == "withdrawn", "the withdrawal")

    @after("more_models")
    def results_by_keyboard(self):
        """j and k go through the results, where one does not type"""
        browser = self.browser
        self.open_search(f"q={self.namespace}")
        titles = self.titles()
        # What hears the keys is loaded with the first of them.
        self.type("j", "j")
        browser.wait(lambda: self.focused("textContent") == titles[1], "the second result")
        self.type("k")
        require(self.focused("textContent") == titles[0], "the first again")
        self.focus("#q")
        self.type("j")
        require(browser.find("#q").get_attribute("value").endswith("j"), "in the search field it is a letter")

    @after("more_models")
    def results_by_arrows(self):
        """the arrow keys lead from the search field through the results, Enter opens one, Escape and up lead back"""
        browser = self.browser
        self.open_search(f"q={self.namespace}")
        titles = self.titles()
        self.type("/")
        require(self.focused("id") == "q", "the search field")
        browser.wait(lambda: browser.script("return document.getElementById('q').getAttribute('role') === 'combobox'"), "the suggestions to be ready")
        self.type(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
        browser.wait(lambda: self.focused("textContent") == titles[1], "the second result")
        self.type(Keys.ARROW_UP, Keys.ARROW_UP)
        require(self.focused("id") == "q", "back in the search field")
        self.type(Keys.ARROW_DOWN, Keys.ESCAPE)
        require(self.focused("id") == "q", "Escape leads back too")
        self.type(Keys.ARROW_DOWN, Keys.ENTER)
        browser.wait(lambda: "/models/" in browser.driver.current_url, "the model's page")
