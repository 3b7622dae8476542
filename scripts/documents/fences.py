"""The commands of a Markdown document, out of its fenced blocks.

```sh       commands; each has to end with 0
```console  "$ command" lines ("> " continues one), each followed by what it prints, where … stands for anything in a
            line and a line of nothing but … for any lines
text, ini, nginx, json, swift and sql are shown, and are no commands. One that begins with "# /path" is saved as that file,
in a guide for whole machines. A block without a language is an error.
"""
import dataclasses
import pathlib
import re

SHOWN = {"text", "ini", "nginx", "json", "swift", "sql"}


class DocumentError(Exception):
    """What is wrong with a document, with its name and line."""


@dataclasses.dataclass
class Block:
    language: str
    line: int
    text: str


@dataclasses.dataclass
class Command:
    line: int
    text: str
    output: str | None = None  # what it should print; None: not said


def blocks(name, markdown):
    """The fenced blocks of a document in their order."""
    found, start, fence, lines = [], 0, None, []
    for number, line in enumerate(markdown.splitlines(), 1):
        opening = re.match(r"(\s*)(```+)(.*)$", line)
        if fence is None and opening:
            language = opening[3].strip()
            if language not in SHOWN | {"sh", "console"}:
                raise DocumentError(f"{name}:{number}: a fenced block of the language '{language}'")
            fence, start, lines = opening[2], number, []
        elif fence is not None and line.strip() == fence:
            found.append(Block(language, start, "\n".join(lines) + "\n"))
            fence = None
        elif fence is not None:
            lines.append(line)
    if fence is not None:
        raise DocumentError(f"{name}:{start}: the block never ends")
    return found


def commands(name, block):
    """The commands of a block: none of what is only shown."""
    if block.language == "sh":
        return shell_commands(block)
    if block.language == "console":
        return console_commands(name, block)
    return []


def save(block):
    """Does what a reader does with a configuration that names its file."""
    named = re.match(r"# (/[\w./-]+)\n", block.text)
    if block.language in SHOWN and named:
        path = pathlib.Path(named[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text)


def shell_commands(block):
    found, pending, ends = [], [], None
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if not pending and (not line.strip() or line.startswith("#")):
            continue
        if not pending:
            start = number
        pending.append(line)
        if ends is None:
            here = re.search(r"<<-?\s*['\"]?(\w+)", line)
            ends = here[1] if here else None
        elif line.strip() == ends:
            ends = None
        text = "\n".join(pending)
        if ends is None and not line.endswith("\\") and is_balanced(text):
            found.append(Command(start, text))
            pending = []
    if pending:
        found.append(Command(start, "\n".join(pending)))
    return found


def is_balanced(text):
    """Whether quotes are closed and loops are done: enough for the commands that documents show."""
    bare = re.sub(r"'[^']*'", "", text.replace("\\\\", "").replace("\\'", ""))
    bare = re.sub(r'"[^"]*"', "", bare.replace('\\"', ""))
    words = re.findall(r"(?:^|[;&|({\n]|\bthen|\belse|\bdo)\s*(if|fi|for|while|until|done|case|esac)\b", bare)
    opened = sum(word in ("if", "for", "while", "until", "case") for word in words)
    return "'" not in bare and '"' not in bare and opened * 2 == len(words)


def console_commands(name, block):
    found = []
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if line.startswith("$ "):
            found.append(Command(number, line[2:], ""))
        elif line.startswith("> ") and found and not found[-1].output:
            found[-1].text += "\n" + line[2:]
        elif not found:
            raise DocumentError(f"{name}:{number}: a console block begins with '$ '")
        else:
            found[-1].output += line + "\n"
    return found


def matches(expected, printed):
    """Whether what was printed is what the document shows."""
    pattern = ""
    for line in expected.strip("\n").split("\n"):
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*".join(re.escape(part.rstrip()) for part in line.split("…")) + "[ \t]*\n"
    if not expected.strip():
        pattern = ""
    text = "".join(line.rstrip() + "\n" for line in printed.strip("\n").split("\n")) if printed.strip() else ""
    return re.fullmatch(pattern, text) is not None
