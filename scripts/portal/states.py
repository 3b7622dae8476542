"""Every page and the states it is looked at in: one table for accessibility, overflow, language, fonts and pictures."""
from dataclasses import dataclass, replace
from typing import Callable
from urllib.parse import quote

from selenium.webdriver.common.keys import Keys

QUERY = quote("불법주정차 -env:indoor (야간 OR 사람) size<5parsec")
OTHER_QUERY = quote("illegal parking -env:indoor (night OR person) size<5parsec")


@dataclass(frozen=True)
class State:
    """`name` begins with the page.

    - `path`: where it is, from the scene (a function), so that only what is looked at is made.
    - `who`: admin, viewer or guest.
    - `wire`: held, cut or failing, while the page loads.
    - `act`: what one does there, from the browser.
    - `sizes`: where the state is there at all.
    - `main`: the page as one mostly meets it: looked at in the short form too, and under forced colours and zoom.
    """

    name: str
    path: Callable
    who: str = "admin"
    wire: str | None = None
    act: Callable | None = None
    sizes: tuple = ("desktop", "phone")
    main: bool = False


def click(*selectors):
    """One after the other; what they open is there in the end."""
    def act(browser):
        for selector in selectors:
            browser.click(selector)
            browser.settle()
    return act


def type_into(selector, text, then):
    def act(browser):
        browser.wait(lambda: browser.find(selector).is_displayed(), selector)
        browser.find(selector).send_keys(text)
        browser.find(then)
    return act


def write_registration(browser):
    """A draft of its own, with a file, tags and a README beside its preview."""
    browser.expect("status of 404")
    browser.find("#pick").send_keys(__file__)
    browser.find("#files [data-state=done]")
    browser.find("#tags input").send_keys("object:person" + Keys.ENTER + "fps:30" + Keys.ENTER)
    browser.click("#outline")
    browser.find("#readme-preview table")


def broken(state):
    """The same page while its data is on the way, cannot be had, and is refused."""
    page = state.name.split("-")[0] if state.name != "new-version" else state.name
    return [replace(state, name=f"{page}-{wire}", wire=wire, act=None, main=False) for wire in ("held", "failing", "cut")]


def at(path):
    return lambda _: path


def of_model(suffix="", model="model"):
    return lambda scene: f"/models/{getattr(scene, model)}{suffix}"


def all_of(state):
    """A page as it is, while its data is on the way, cannot be had and is refused, and to those who may not change it."""
    return [state, *(replace(state, name=f"{state.name}-{wire}", wire=wire, main=False) for wire in ("held", "failing", "cut")), refused(state)]


def refused(state):
    return replace(state, name=f"{state.name}-viewer", who="viewer", act=None, main=False)


HOME = State("home", at("/"), main=True)
SEARCH = State("search", at(f"/?q={QUERY}&format=onnx"), main=True)
MODEL = State("model", of_model(), main=True)
REGISTER = State("register", at("/register"), main=True)
NEW_VERSION = State("new-version", of_model("/new-version"), main=True)
TOKENS = State("tokens", at("/tokens"), main=True)
USERS = State("users", at("/users"), main=True)
NAMESPACES = State("namespaces", at("/namespaces"), main=True)
MEMBERS = State("members", lambda scene: f"/namespaces/{scene.namespace}", main=True)
STORAGE = State("storage", at("/storage"), main=True)
TYPES = State("service-types", at("/service-types"), main=True)
CONTEXT = State("context", at("/context"), main=True)
VALUES = State("values", at("/context/object"), main=True)
ACTIVITY = State("activity", at("/activity"), main=True)
ACCOUNT = State("account", at("/account"), main=True)
DIALOG = "dialog[open]"
# Beside the main part of a page, which opens what is wanted.
VERSION_MENU = "#versions li:nth-child(2) .menu summary"


def every_state():
    return [
        HOME, *broken(HOME),
        replace(HOME, name="home-guest", who="guest", main=False),
        replace(HOME, name="home-menu", act=click("#user summary"), main=False),
        replace(HOME, name="home-help", act=click("#help summary"), main=False),
        replace(HOME, name="home-suggestions", act=type_into("#q", "사람", '.search [role="option"]'), main=False),
        SEARCH, *broken(SEARCH),
        State("search-results", lambda scene: f"/?q={scene.namespace}"),
        State("search-english", at(f"/?q={OTHER_QUERY}")),
        State("search-empty", at("/?q=zzzzqqqq&service=retail")),
        State("search-sheet", lambda scene: f"/?q={scene.namespace}", act=click("#open-filters"), sizes=("phone",)),
        State("search-suggestions", at("/?q=a"), act=type_into("#q", " object:per", '.search [role="option"]')),
        MODEL, *broken(MODEL),
        replace(MODEL, name="model-guest", who="guest", main=False),
        replace(MODEL, name="model-edit", act=click(".head-actions button.button:last-child", DIALOG), main=False),
        replace(MODEL, name="model-delete", act=click(".head-actions button.button:last-child", "dialog .dialog-body .danger", DIALOG), main=False),
        State("model-versions", of_model("#versions"), main=True),
        State("model-compare", of_model("?compare=1.0.298...1.0.299#versions", "many")),
        State("model-no-such-version", of_model("?v=99.0.0")),
        State("model-files", of_model("#files"), main=True),
        State("model-get", of_model("#get"), main=True),
        State("model-many", of_model("#versions", "many")),
        State("model-version-menu", of_model("#versions", "many"), act=click(VERSION_MENU)),
        State("model-withdraw", of_model("#versions", "many"), act=click(VERSION_MENU, "#versions li:nth-child(2) .menu-list button:last-child", DIALOG)),
        State("model-deprecated", of_model("?v=1.0.298", "many")),
        State("model-withdrawn", of_model("?v=1.0.297", "many")),
        State("model-draft", of_model("?v=2.0.0", "many")),
        State("model-bare", of_model("", "bare")),
        *(State(f"model-long-{tab}", of_model(f"#{tab}", "long")) for tab in ("readme", "versions", "files", "get")),
        State("model-missing", lambda scene: f"/models/{scene.namespace}/nothing"),
        REGISTER, *broken(REGISTER),
        refused(REGISTER),
        State("register-written", at("/register"), act=write_registration),
        replace(REGISTER, name="register-nothing", act=click("#send"), main=False),
        NEW_VERSION, *broken(NEW_VERSION), refused(NEW_VERSION),
        State("new-version-long", of_model("/new-version", "long")),
        TOKENS, *broken(TOKENS),
        replace(TOKENS, name="tokens-create", act=click("#create", DIALOG), main=False),
        State("tokens-many", lambda scene: scene.tokens and "/tokens"),
        USERS, *broken(USERS), refused(USERS),
        replace(USERS, name="users-invite", act=click("#create", DIALOG), main=False),
        State("users-many", lambda scene: scene.crowd and "/users"),
        NAMESPACES, *broken(NAMESPACES), refused(NAMESPACES),
        MEMBERS, *broken(MEMBERS), refused(MEMBERS),
        STORAGE, *broken(STORAGE), refused(STORAGE),
        *all_of(TYPES), replace(TYPES, name="service-types-create", act=click("#create", DIALOG), main=False),
        *all_of(CONTEXT), *all_of(VALUES), replace(CONTEXT, name="context-guest", who="guest", main=False), replace(TYPES, name="service-types-guest", who="guest", main=False),
        replace(VALUES, name="values-edit", act=click("#list .button", DIALOG), main=False),
        replace(CONTEXT, name="context-nothing", act=type_into("#filter", "zzzz", "#list .state"), main=False),
        replace(VALUES, name="values-unknown", path=at("/context/no-such-key"), main=False),
        *all_of(ACTIVITY), replace(ACTIVITY, name="activity-nothing", path=at("/activity?actor=nobody-at-all"), main=False),
        ACCOUNT, *broken(ACCOUNT),
        State("sign-in", at("/sign-in"), who="guest", main=True),
        State("setup-used", at("/setup#no-such-link-0123456789012345678901234567890"), who="guest", main=True),
        State("missing", at("/no-such-page"), main=True),
    ]


def first_states():
    """What a server without models, tokens and namespaces shows."""
    return [State("home-first", at("/")), State("home-first-guest", at("/"), who="guest"), State("search-first", at("/?q=person")), State("tokens-first", at("/tokens")), State("namespaces-first", at("/namespaces")),
            State("users-first", at("/users")), State("storage-first", at("/storage")), State("context-first", at("/context")), State("service-types-first", at("/service-types"))]
