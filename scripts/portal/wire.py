"""Between the browser and the API: requests that are held, cut, or answered with 500, by a connection of its own to Chromium."""
import base64
import json
import threading
import urllib.request

from websocket import WebSocketException, create_connection

REQUEST_ID = "c0ffee00c0ffee00"
PROBLEM = {"type": "/problems/internal", "title": "The server failed", "status": 500, "detail": "Try again in a while.", "instance": REQUEST_ID}
FULL = {"type": "/problems/store-full", "title": "The disk is full", "status": 507, "detail": "Delete what is not needed, or ask the operator."}
# Who is signed in is answered all the same: what a page shows of its data is looked at.
LEFT_ALONE = "/api/v1/me"


class Wire:
    """While one is inside of `with`, the API does not answer as it should: `held`, `cut`, `failing`, or `full`."""

    def __init__(self, browser, mode):
        self.browser, self.mode = browser, mode

    def __enter__(self):
        if self.mode:
            address = self.browser.driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
            with urllib.request.urlopen(f"http://{address}/json/list") as answer:
                page = next(target for target in json.load(answer) if target["type"] == "page")
            self.connection = create_connection(page["webSocketDebuggerUrl"], suppress_origin=True)
            self.number, self.enabled = 0, threading.Event()
            self.send("Fetch.enable", patterns=[{"urlPattern": "*/api/v1/*"}])
            self.reader = threading.Thread(target=self.read, daemon=True)
            self.reader.start()
            self.enabled.wait(5)
            self.browser.expect("status of 500", "status of 507", "ERR_INTERNET_DISCONNECTED")
        return self

    def __exit__(self, *_):
        if self.mode:
            self.send("Fetch.disable")
            self.connection.close()
            self.reader.join(5)

    def send(self, method, **parameters):
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))

    def read(self):
        try:
            while text := self.connection.recv():
                message = json.loads(text)
                if message.get("id") == 1:
                    self.enabled.set()
                if message.get("method") == "Fetch.requestPaused":
                    self.answer(message["params"]["requestId"], message["params"]["request"]["url"])
        except (WebSocketException, OSError):
            # Closed: the connection ends with the state.
            pass

    def answer(self, request, url):
        if url.endswith(LEFT_ALONE):
            self.send("Fetch.continueRequest", requestId=request)
        elif self.mode == "cut":
            self.send("Fetch.failRequest", requestId=request, errorReason="InternetDisconnected")
        elif self.mode in ("failing", "full"):
            problem = PROBLEM if self.mode == "failing" else FULL
            self.send("Fetch.fulfillRequest", requestId=request, responseCode=problem["status"],
                      responseHeaders=[{"name": "Content-Type", "value": "application/problem+json"}],
                      body=base64.b64encode(json.dumps(problem).encode()).decode())
