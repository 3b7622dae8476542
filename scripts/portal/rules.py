"""What holds for the files of the portal, without a server: the glossary, what the CSP forbids, and sizes."""
import gzip
import json
import re

LARGEST_SCRIPT = 12_000
FIRST_LOAD = 30_000
FIRST_SEARCH = 11_000
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
NAMES_THE_OTHER_LANGUAGE = "language.switch"
# The alignment of a column of a README's table.
NAMED_BY_THE_SERVER = {"left", "center", "right"}
FORBIDDEN = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "style.", "cssText"]


def check(public):
    rules = [glossary, keys, words_of_home, styles, markup, same_shell, one_sender, sizes]
    return [failure for rule in rules for failure in report(rule, rule(public))]


def report(rule, failures):
    print(f"{'FAIL' if failures else 'ok'}  {rule.__name__}: {rule.__doc__}")
    for failure in failures:
        print(f"      {failure}")
    return failures


def rows(public, pattern="strings*.js"):
    """The glossary; its keys must differ between the files too."""
    found = {}
    for file in sorted(public.glob(f"js/{pattern}")):
        for key, words in re.findall(r'^  "([^"]+)": (\[.*\]),$', file.read_text(), re.M):
            found[key] = json.loads(words) if key not in found else []
    return found


def glossary(public):
    """every row of the glossary has both languages, with the same places to fill"""
    failures = []
    for key, words in rows(public).items():
        if len(words) != 2 or not all(words):
            failures.append(f"{key}: two texts are needed, once")
            continue
        korean, english = words
        if set(re.findall(r"\{(\w+)\}", korean)) != set(re.findall(r"\{(\w+)\}", english)):
            failures.append(f"{key}: the places to fill differ")
        if HANGUL.search(english) and key != NAMES_THE_OTHER_LANGUAGE:
            failures.append(f"{key}: Hangul in the English text")
    return failures


def keys(public):
    """every key that is used stands in the glossary, and every row is used"""
    have, used, stems = rows(public), set(), set()
    for file in [*public.glob("*.html"), *public.glob("js/*.js")]:
        text = file.read_text()
        if file.name.startswith("strings"):
            text = text[text.index("\n}") :]
        used |= set(re.findall(r'data-t(?:-[a-z-]+)?="([^"]+)"', text))
        stems |= set(re.findall(r"\bt\(`([a-z-]+\.)\$\{", text))
        stems |= set(re.findall(r"\bknown\(`([a-z-]+\.)\$\{", text))
        quoted = set(re.findall(r'"([^"\n]+)"', text))
        used |= set(re.findall(r'\bt\("([^"]+)"', text)) | (quoted & have.keys())
    unused = [key for key in have.keys() - used if not any(key.startswith(stem) for stem in stems)]
    return [f"{key}: not in the glossary" for key in used - have.keys()] + [f"{key}: never used" for key in unused]


def reached(public, *scripts, deferred=False):
    """These scripts and all that they import, those too that they import when they are needed where `deferred`."""
    found, waiting = set(), set(scripts)
    pattern = r'"\./([a-z-]+\.js)"' if deferred else r'(?:from|import) "\./([a-z-]+\.js)"'
    while waiting:
        found |= waiting
        waiting = {name for file in waiting for name in re.findall(pattern, (public / "js" / file).read_text())} - found
    return found


def words_of_home(public):
    """home and the page that says "not found" do without the words of the other pages"""
    texts = [(public / page).read_text() for page in ("index.html", "not-found.html")]
    texts += [(public / "js" / name).read_text() for name in reached(public, "page.js", "home.js", deferred=True) - {"strings.js"}]
    own = {key for name in {"strings.js"} | reached(public, "page.js", "home.js", deferred=True) if name.startswith("strings") for key in rows(public, name)}
    others = {key for key in rows(public) if key not in own}
    used = {key for text in texts for key in re.findall(r'data-t(?:-[a-z-]+)?="([^"]+)"|"([^"\n]+)"', text) for key in key}
    return [f"{key} belongs into strings.js" for key in sorted(used & others)]


def styles(public):
    """every class and id that the styles name is used by a page or a script, and no rule stands twice"""
    texts = [file.read_text() for file in [*public.glob("*.html"), *public.glob("js/*.js")]]
    words = {word for text in texts for word in re.findall(r"[\w-]+", text)} | NAMED_BY_THE_SERVER
    # Those with a number at the end are made of it.
    stems = {stem for text in texts for stem in re.findall(r"\b([a-z][a-z-]*)\$\{", text)}
    failures, seen = [], {}
    for file in sorted(public.glob("css/*.css")):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)
        for selector in re.findall(r"([^{}]+)\{", text):
            names = re.findall(r"[.#]([a-zA-Z][\w-]*)", re.sub(r'"[^"]*"', "", selector))
            failures += [f"{file.name}: nothing has the name {name}" for name in names if name not in words and not (name[-1].isdigit() and name.rstrip("0123456789") in stems)]
        for rule in re.findall(r"^[^@\s][^{}]*\{[^{}]*\}$", text, re.M):
            failures += [f"{file.name}: again, as in {seen[rule]}: {rule[:60]}"] if rule in seen else []
            seen[rule] = file.name
    return failures


def markup(public):
    """no inline script or style, no HTML sink, no address of another origin"""
    failures = []
    for file in public.glob("*.html"):
        text = file.read_text()
        for pattern in [r"<script(?![^>]*\bsrc=)", r"<style", r"\sstyle=", r"\son[a-z]+=", r'(?:src|href)="(?:https?:)?//']:
            failures += [f"{file.name}: {found}" for found in re.findall(pattern, text)]
    for file in public.glob("js/*.js"):
        failures += [f"{file.name}: {word}" for word in FORBIDDEN if word in file.read_text()]
    return failures


def same_shell(public):
    """every page begins with the same header, and those of administration with the same menu"""
    failures = []
    for part in (r'<header class="top">.*?</header>', r'<nav class="areas".*?</nav>'):
        first, *others = [(file.name, found[0].replace(' aria-current="page"', "")) for file in sorted(public.glob("*.html"))
                          if (found := re.search(part, file.read_text(), re.S))]
        failures += [f"{name}: not as in {first[0]}" for name, text in others if text != first[1]]
    return failures


def one_sender(public):
    """only api.js sends requests"""
    senders = [file.name for file in public.glob("js/*.js") if re.search(r"\bfetch\(|XMLHttpRequest", file.read_text())]
    return [f"{name} sends requests" for name in senders if name != "api.js"]


def sizes(public):
    """no script is larger than 12 kB gzipped, the first view of the home page than 30 kB, and what the first search adds than 11 kB"""
    size = {file: len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in public.rglob("*") if file.is_file()}
    failures = [f"{file.name}: {size[file]} bytes" for file in public.glob("js/*.js") if size[file] > LARGEST_SCRIPT]
    home = (public / "index.html").read_text()
    loaded = set(re.findall(r'(?:href|src)="(/(?:css|js)/[^"]+)"', home))
    total = size[public / "index.html"] + sum(size[public / path[1:]] for path in loaded)
    print(f"      home: {total} bytes gzipped in {len(loaded) + 1} files")
    search = sum(size[public / "js" / name] for name in reached(public, "search.js") - {path.split("/")[-1] for path in loaded})
    print(f"      the first search: {search} bytes gzipped")
    return failures + ([f"home: {total} bytes"] if total > FIRST_LOAD else []) + ([f"search: {search} bytes"] if search > FIRST_SEARCH else [])
