"""The five screens of the paper that Moru is measured by, each as one flow: list, registration, search, deployment, users."""
import hashlib
import urllib.request

from shell import require, short


class PaperSteps:
    @short
    def list_by_service(self):
        """the paper's list: sections by service type, the menu of service types at the left, registration, search and administration around it"""
        browser = self.browser
        browser.open("/")
        browser.settle()
        require(browser.find('.side a[href="/register"]').is_displayed() and browser.find("header #q").is_displayed(), "registration at the left, search above")
        require(browser.all("#results section h2") and browser.all("#results section .row-title"), "sections with models")
        label = browser.text('#services a[href*="crime-prevention"] span, #services a[href*="crime-prevention"]')
        require(label and label.split("\n")[0] in browser.text("#results"), f"the section of {label}")
        browser.click("#user summary")
        require(browser.find('#user a[href="/users"]').is_displayed(), "users in the menu above")
        browser.script("document.querySelector('#user details').open = false")
        browser.click('#services a[href*="crime-prevention"]')
        browser.wait(lambda: self.asked() == {"service": ["crime-prevention"]} and self.title in self.titles(), "the models of the service type")

    @short
    def related_search(self):
        """the paper's search: a service type finds its models, and shows the context that goes with it"""
        browser = self.browser
        browser.open("/")
        browser.fill("#q", "방범")
        browser.wait(lambda: "q=" in browser.driver.current_url, "the query in the URL")
        browser.settle()
        browser.wait(lambda: self.title in self.titles(), "the model by its service type")
        browser.find("#near")
        browser.open_anew("/?tag=task:object-detection&tag=object:person")
        browser.wait(lambda: self.title in self.titles(), "the model by its context")

    @short
    def deployment(self):
        """the paper's deployment: the download button and the copied address of the API bring the very bytes that were registered"""
        browser, digest = self.browser, hashlib.sha256(self.onnx.read_bytes()).hexdigest()
        place = self.folder / "downloads"
        place.mkdir(exist_ok=True)
        browser.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(place))
        browser.open(f"/models/{self.model}?v=1.0.0#get")
        browser.click('#get a[download][href$="model.onnx"]')
        got = place / "model.onnx"
        browser.wait(lambda: got.exists() and hashlib.sha256(got.read_bytes()).hexdigest() == digest, "the download")
        address = browser.text("#api-url")
        browser.click("#get .url-box button")
        browser.wait(lambda: browser.clipboard() == address, "the address on the clipboard")
        with urllib.request.urlopen(browser.clipboard()) as answer:
            require(hashlib.sha256(answer.read()).hexdigest() == digest, "other bytes")

    @short
    def readme(self):
        """the README shows its picture and table; its script and bad link are dead"""
        browser = self.browser
        browser.open(f"/models/{self.model}")
        browser.wait_text("#readme", "언제 쓰나요")
        browser.wait(lambda: browser.script("return document.querySelector('.readme img')?.naturalWidth") == 2, "the picture")
        require(browser.all(".readme td.right"), "the table with its alignment")
        require(browser.script("return window.broken") is None, "a script of the README ran")
        require(not browser.all('.readme script, .readme a[href^="javascript"]'), "markup of the README became nodes")

    def files(self):
        """the file that comes down is the file that went up"""
        browser = self.browser
        browser.open(f"/models/{self.model}#files")
        address = browser.find('#files a[href$="model.onnx"]').get_attribute("href")
        with urllib.request.urlopen(address) as answer:
            require(hashlib.sha256(answer.read()).digest() == hashlib.sha256(self.onnx.read_bytes()).digest(), "other bytes")
