"""What holds for documents without running them: fences, links, and that both editions show the same commands."""
import difflib
import re
import subprocess

import fences

EDITIONS = [("README.md", "README.ko.md")]


def check(root):
    """What is wrong, a line each. The READMEs of the demo's models are no documents of Moru."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={root}", "ls-files", "--cached", "--others", "--exclude-standard", "*.md", ":!scripts/demo"],
        cwd=root, capture_output=True, text=True, check=True)
    failures = []
    for name in sorted(listed.stdout.splitlines()):
        if (root / name).exists():
            failures += dead_links(root, name) + dead_paths(root, name)
            try:
                fences.blocks(name, (root / name).read_text())
            except fences.DocumentError as error:
                failures.append(str(error))
    if not failures:
        for first, second in EDITIONS:
            if (root / second).exists():
                failures += different_commands(root, first, second)
    return failures


def dead_links(root, name):
    markdown = re.sub(r"^```.*?^```", "", (root / name).read_text(), flags=re.S | re.M)
    found = re.findall(r"\]\(<?([^)\s>]+)", markdown) + re.findall(r"(?:src|srcset|href)=\"([^\"]+)\"", markdown)
    dead = []
    for link in found:
        path = link.split("#")[0]
        if path and not re.match(r"[a-z]+:", link) and not ((root / name).parent / path).exists():
            dead.append(f"{name}: the link {link} leads nowhere")
    return dead


def dead_paths(root, name):
    """Files that a document names in the text, `Sources/…`; XRoutes and NNNN stand for any."""
    found = re.findall(r"`((?:Sources|Tests|Public|Migrations|Documentation|Benchmarks|scripts)/[\w./+-]+)`", (root / name).read_text())
    stands_for_any = re.compile(r"/X[A-Z]|NNNN|/page\.")
    return [f"{name}: there is no {path}" for path in found if not stands_for_any.search(path) and not (root / path).exists()]


def different_commands(root, first, second):
    """Comments may be of another language; what is typed and printed may not."""
    texts = []
    for name in (first, second):
        blocks = fences.blocks(name, (root / name).read_text())
        commands = [command for block in blocks for command in fences.commands(name, block)]
        found = ["$ " + command.text + "\n" + (command.output or "") for command in commands]
        texts.append([re.sub(r"\s+# .*", "", line) for text in found for line in text.splitlines()])
    return list(difflib.unified_diff(*texts, first, second, lineterm="", n=0))
