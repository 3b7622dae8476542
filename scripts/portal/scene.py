"""What the states of the pages need to be there: models with long names, many versions and every state, people and tokens."""
import secrets
from functools import cached_property
from urllib.parse import quote

WORD = "donaudampfschifffahrtsgesellschaftskapitaen"
LONG_TITLE = f"{WORD * 2} · 아주긴이름을가진모델이화면밖으로나가지않는지보는이름입니다 detector of everything at night and in rain"
LONG_README = f"""# {LONG_TITLE}

{WORD * 8}

| {WORD} | {WORD} | {WORD} | {WORD} |
|---|---|---|---|
| {"1" * 80} | 2 | 3 | {"가" * 80} |

```
{"x" * 400}
```

> > > > {"말" * 200}
"""
MANY_VERSIONS, MANY_TOKENS, MANY_USERS = 300, 300, 60
PASSWORD = "correct horse battery staple"


class Scene:
    def __init__(self, rest, namespace, model):
        self.rest, self.namespace, self.model = rest, namespace, model

    @cached_property
    def long(self):
        """A model whose every name and text is as long as the API takes it."""
        name = f"{self.namespace}/{'long-' * 25}"[: len(self.namespace) + 128].rstrip("-")
        if not self.rest.exists(f"/models/{name}"):
            self.rest.publish(
                name, ("title", LONG_TITLE), ("summary", f"{WORD * 3} " + "모델을 설명하는 아주 긴 글입니다. " * 20), ("service_type", "crime-prevention"),
                ("version", "10000.20000.30000-release.candidate.1234567890"), ("notes", f"{WORD * 6}\n{'참고 ' * 200}"),
                *(("context", f"object:{WORD}-{number}") for number in range(30)), ("context", f"task:{'탐지' * 20}"),
                ("readme", "README.md", LONG_README.encode()),
                *(("artifact", f"{'folder/' * 10}{WORD}-{number}.onnx", secrets.token_bytes(2000)) for number in range(12)))
        return name

    @cached_property
    def many(self):
        """A model with 300 versions, of which one is deprecated, one withdrawn and one a draft, and with an alias."""
        name = f"{self.namespace}/many"
        if not self.rest.exists(f"/models/{name}"):
            self.rest.publish(name, ("title", "Many versions"), ("service_type", "other"), ("version", "1.0.0"), ("artifact", "model.bin", b"0"))
            for number in range(1, MANY_VERSIONS):
                self.rest.publish(name, ("version", f"1.0.{number}"), ("artifact", "model.bin", b"0" * number))
            versions = f"/models/{name}/versions"
            self.rest.patch(f"{versions}/1.0.298", {"state": "deprecated", "reason": "1.0.299 is more exact by night."})
            self.rest.patch(f"{versions}/1.0.297", {"state": "withdrawn", "reason": "It does not see bicycles."})
            self.rest.publish(name, ("version", "2.0.0"), ("draft", "true"), ("artifact", "model.bin", b"2"))
            self.rest.put(f"/models/{name}/aliases/stable", {"version": "1.0.299"})
        return name

    @cached_property
    def bare(self):
        """A model without a version."""
        name = f"{self.namespace}/bare"
        if not self.rest.exists(f"/models/{name}"):
            self.rest.post("/models", {"name": name, "title": "Without a version", "service_type": "other"})
        return name

    @cached_property
    def viewer(self):
        return self.user("viewer", "viewer")

    def user(self, suffix, role, display_name="Somebody"):
        name = f"{self.namespace}-{suffix}"
        if not self.rest.exists(f"/users/{name}"):
            self.rest.post("/users", {"username": name, "display_name": display_name, "role": role, "password": PASSWORD})
        return name

    @cached_property
    def crowd(self):
        """Many users, one of them with a name as long as it may be."""
        self.user("long", "developer", "W" * 50 + "가" * 50)
        return [self.user(f"crowd-{number}", "developer") for number in range(MANY_USERS)]

    @cached_property
    def tokens(self):
        """Many tokens, the first of them with a name as long as it may be."""
        names = ["W" * 50 + "가" * 50, *(f"{self.namespace} {number}" for number in range(MANY_TOKENS))]
        return [self.rest.post("/tokens", {"name": name, "scopes": ["model:read"]})["id"] for name in names]

    def clear(self):
        """Takes away the people and tokens that were made; the models go with the namespace."""
        made = self.__dict__
        for token in made.get("tokens", []):
            self.rest.delete(f"/tokens/{token}")
        people = [*made.get("crowd", []), *([f"{self.namespace}-long"] if "crowd" in made else []), *([made["viewer"]] if "viewer" in made else [])]
        for name in people:
            self.rest.delete(f"/users/{quote(name)}")
