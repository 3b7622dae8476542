"""Pages that only a flow leads to, in both languages and themes, wide and narrow: no overflow, no complaint, no violation that axe knows."""
import itertools

SIZES = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
TOUCH = 44
SMALL = """return [...document.querySelectorAll('main :is(a.button, button, summary), header :is(a, button, summary, input)')]
    .filter((node) => node.offsetParent && !node.closest('.hidden, .skip, .tag-chips'))
    .filter((node) => Math.round(node.getBoundingClientRect().height) < arguments[0])
    .map((node) => node.outerHTML.slice(0, 80))"""


def every_page(browser, paths, screenshots, expected="status of 404"):
    browser.expect(expected)
    failures = []
    for language, theme in itertools.product(("ko", "en"), ("light", "dark")):
        browser.theme(theme)
        browser.script("localStorage.setItem('moru.language', arguments[0])", language)
        for name, path in paths.items():
            failures += one_page(browser, name, path, f"{language}-{theme}", screenshots)
    browser.script("localStorage.removeItem('moru.language')")
    return failures


def one_page(browser, name, path, variant, screenshots):
    failures = []
    for size, (width, height) in SIZES.items():
        where = f"{name} {size} {variant}"
        browser.screen(width, height)
        browser.open_anew(path)
        browser.settle()
        if browser.overflow() > 0:
            failures.append(f"{where}: {browser.overflow()} px too wide")
        if size == "phone":
            failures += [f"{where}: too small to touch: {node}" for node in browser.script(SMALL, TOUCH)]
        if size != "phone":
            failures += [f"{where}: {violation}" for violation in browser.violations()]
        if size != "narrow":
            browser.picture(screenshots, f"{name}-{size}-{variant}")
        failures += [f"{where}: {complaint}" for complaint in browser.complaints()]
    return failures
