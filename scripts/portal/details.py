"""What pages say to the letter: which variant a search met, which version a program gets, what a tag is called, what an edit leaves alone."""
from browser import Browser
from shell import looked, require

PASSWORD = "correct horse battery staple"


class DetailSteps:
    def detail_steps(self):
        return [self.met_variant, self.one_call, self.given_version, self.tag_names, self.further_services, self.edit_notes, self.state_meanwhile, self.reads_only]

    def variants_of(self, name):
        """A model with a large and a small variant."""
        if not self.rest.exists(f"/models/{name}"):
            self.rest.publish(name, ("title", "두 변형"), ("service_type", "voice"), ("version", "1.0.0"), ("context", "service:smart-home"),
                              ("variant", "fp32"), ("context", "precision:fp32"), ("artifact", "large.bin", b"1" * 9000),
                              ("variant", "int8"), ("context", "precision:int8"), ("artifact", "small.bin", b"1" * 3000))
        return name

    @looked
    def met_variant(self):
        """a row shows the size and precision of the variant that met the query; its files are one table with a group for each variant"""
        browser, name = self.browser, self.variants_of(f"{self.namespace}/two")
        facts = f'#results li:has(a[href="/models/{name}"]) .row-facts'
        browser.open_anew(f"/?q={self.namespace} int8 size<5kB")
        browser.wait_text(facts, "3 kB")
        require("INT8" in browser.text(facts) and "FP32" not in browser.text(facts) and self.words("변형 int8", "Variant int8") in browser.text(facts), browser.text(facts))
        browser.look("met-variant")
        browser.open_anew(f"/?q={self.namespace} two")
        browser.wait_text(facts, "12 kB")
        browser.open_anew(f"/models/{name}#files")
        browser.find("#files table")
        require(len(browser.all("#files table")) == 1 and len(browser.all("#files .group")) == 2, "one table with two groups")
        browser.look("grouped-files")

    def one_call(self):
        """a list that is seen first takes one call of the API, with the whole menu; a filter that no model has is called by its name"""
        browser = self.browser
        browser.command("Network.enable")
        browser.requests()
        browser.open_anew("/?tag=env:fog")
        browser.settle()
        calls = [url for url in browser.requests() if "/api/" in url and not url.endswith(("/me", "/storage"))]
        require(len(calls) == 1, f"one call: {calls}")
        browser.wait(lambda: browser.text("#chips .chip") == "안개", "the name of the filter")
        require(browser.text("#services li:first-child b").isdigit(), f"how many models there are: {browser.text('#services li:first-child')}")

    def given_version(self):
        """a program for an alias says which version it gets, and what stable is where that is another; of several aliases stable is chosen"""
        browser, rest = self.browser, self.rest
        for alias, version in (("stable", "1.0.0"), ("next", "1.0.1")):
            rest.put(f"/models/{self.model}/aliases/{alias}", {"version": version})
        browser.open_anew(f"/models/{self.model}?v=1.0.1#get")
        browser.wait_text("#given", "next은(는) 지금 1.0.1")
        require("stable은 1.0.0" in browser.text("#given"), browser.text("#given"))
        browser.choose("select[name=alias]", "stable")
        browser.wait_text("#given", "stable은(는) 지금 1.0.0")
        require("/versions/stable/" in browser.text("#api-url"), browser.text("#api-url"))
        rest.put(f"/models/{self.model}/aliases/next", {"version": "1.0.0"})
        browser.open_anew(f"/models/{self.model}?v=1.0.0#get")
        browser.wait_text("#given", "stable은(는) 지금 1.0.0")
        for alias in ("stable", "next"):
            rest.delete(f"/models/{self.model}/aliases/{alias}")

    def tag_names(self):
        """a new version calls its tags by name in both languages, and is asked what changed; a first version is not"""
        browser = self.browser
        for language, name, words in (("ko", "대상: 사람", "바뀐 점"), ("en", "Object: Person", "What changed")):
            browser.script("localStorage.setItem('moru.language', arguments[0])", language)
            browser.open_anew(f"/models/{self.model}/new-version")
            browser.wait(lambda: name in [chip.text for chip in browser.all("#tags .chip")], name)
            require(browser.all('#tags .chip[data-tag="object:person"]'), "the tag itself")
            require(browser.text("label[for=notes]") == words, browser.text("label[for=notes]"))
        browser.open_anew("/register")
        browser.wait(lambda: not browser.find("#fields").get_attribute("disabled"), "the form")
        require(browser.text("label[for=notes]") == "Notes on this version", "a first version changes nothing")
        browser.script("localStorage.removeItem('moru.language')")

    def further_services(self):
        """who edits a model sees all its service types, and those that are not touched stay"""
        browser, name = self.browser, f"{self.namespace}/both"
        self.rest.post("/models", {"name": name, "title": "둘", "service_type": "voice", "context": ["service:smart-home", "object:person"]})
        browser.open_anew(f"/models/{name}")
        browser.click("#edit")
        browser.wait_text("dialog", "스마트홈도 서비스 타입")
        require(browser.all('dialog [data-tag="service:smart-home"]'), "it stands among the tags")
        browser.choose("dialog [name=service_type]", "retail")
        browser.click("dialog footer .primary")
        browser.wait(lambda: self.rest.get(f"/models/{name}")["service_type"] == "retail", "the new first service type")
        types = [service["id"] for service in self.rest.get(f"/models/{name}")["service_types"]]
        require(types == ["retail", "smart-home"], f"{types}")
        browser.open_anew(f"/models/{self.variants_of(f'{self.namespace}/two')}")
        browser.click("#edit")
        browser.wait_text("dialog", "스마트홈")

    def version_action(self, version, words):
        browser = self.browser
        row = f'.versions li:has([data-version="{version}"])'
        browser.click(f"{row} .menu summary")
        next(item for item in browser.all(f"{row} .menu-list button") if item.text == words).click()

    @looked
    def edit_notes(self):
        """an owner edits the notes of a version; who comes second is told what is there now, and overwrites nothing"""
        browser, path = self.browser, f"/models/{self.model}/versions/1.0.1"
        browser.expect("status of 412")
        browser.open_anew(f"/models/{self.model}#versions")
        browser.settle()
        self.version_action("1.0.1", self.words("바뀐 점 고치기", "Edit notes"))
        browser.fill("dialog textarea", "밤에 더 잘 찾습니다")
        browser.look("edit-notes")
        browser.click("dialog footer .primary")
        browser.wait_text(".versions", "밤에 더 잘 찾습니다")
        self.version_action("1.0.1", self.words("바뀐 점 고치기", "Edit notes"))
        self.rest.patch(path, {"notes": "먼저 쓴 글"})
        browser.fill("dialog textarea", "늦은 글")
        browser.click("dialog footer .primary")
        browser.wait_text("dialog [role=alert]", "먼저 쓴 글")
        require(browser.find("dialog textarea").get_attribute("value") == "늦은 글", "what was typed is there")
        require(self.rest.get(path)["notes"] == "먼저 쓴 글", "nothing was overwritten")

    def state_meanwhile(self):
        """a version that somebody else withdrew meanwhile is not deprecated over it"""
        browser, name = self.browser, f"{self.namespace}/states"
        for number in ("1.0.0", "1.0.1"):
            self.rest.publish(name, ("title", "상태"), ("service_type", "voice"), ("version", number), ("artifact", "a.bin", number.encode()))
        browser.open_anew(f"/models/{name}#versions")
        browser.settle()
        self.version_action("1.0.0", "교체 권장으로 표시")
        self.rest.patch(f"/models/{name}/versions/1.0.0", {"state": "withdrawn", "reason": "자전거를 못 봅니다"})
        browser.fill("dialog textarea", "1.0.1이 낫습니다")
        browser.click("dialog footer .primary")
        browser.wait_text("dialog [role=alert]", "자전거를 못 봅니다")
        require(self.rest.get(f"/models/{name}/versions/1.0.0")["state"] == "withdrawn", "nothing was overwritten")
        self.rest.delete(f"/models/{name}")

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
