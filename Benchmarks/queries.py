"""Queries that people may type, made of the words and tags of some of the models, always the same ones.

A word is taken from a random place of the models' texts: what stands in many models is asked for often. The mix:
"""
import collections
import dataclasses
import itertools
import random
import re
import urllib.parse

import models

# Of a hundred queries. Words are of one model's title and summary, in its language, so that all of them meet it.
MIX = {
    "1 word": 15, "2 words": 20, "3 words": 12, "4 words": 8, "1 or 2 of the 30 commonest words": 10,
    "key:value, one or two": 10, "1 or 2 words and a filter": 12, "number and a word": 6, "Korean and English word": 3,
    "mistyped word": 2, "nothing": 2,
}
STOP = set("a an and the of for on in with to is by at from it its or as be that this".split())


@dataclasses.dataclass(slots=True)
class Query:
    kind: str
    text: str
    filters: list  # (key, value)

    def path(self, facets, nonce=None):
        items = [("q", self.text)] * bool(self.text) + [("tag", f"{key}:{value}") for key, value in self.filters]
        items += [("facets", ",".join(facets)), ("limit", "20")] + [("nonce", str(nonce))] * (nonce is not None)
        return "/api/v1/models?" + urllib.parse.urlencode(items)


def words(text):
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if word not in STOP and (len(word) > 1 or word > "\u0fff")]


def is_korean(word):
    return "가" <= word[0] <= "힣"


class Source:
    """Where queries take words and tags from: the first 20,000 models."""

    def __init__(self, corpus=None, seed=1):
        self.dice = random.Random(seed)
        self.models = [m for m in itertools.islice(models.load(corpus, 20_000), 20_000) if not m.is_private]
        self.texts = [list(dict.fromkeys(words(f"{m.title} {m.summary}"))) for m in self.models]
        counts = collections.Counter(itertools.chain.from_iterable(self.texts))
        self.common = [word for word, _ in counts.most_common(30)]
        self.keys = collections.Counter(key for m in self.models for key in {key for key, _ in m.context()})
        # Filters are of these keys, facets of the five commonest others, so that all engines count the same facets.
        self.filter_keys = [key for key in ("format", "license", "accel") if key in self.keys]
        self.facets = [key for key, _ in self.keys.most_common() if key not in (*self.filter_keys, "tag", "latency_ms")]
        wanted = [key for key in ("service", "task", "object", "env", "precision") if self.keys[key] * 10 > len(self.models)]
        self.facets = (wanted if len(wanted) == 5 else self.facets)[:5]
        # A word from a random place of the text: common ones come up as often as they stand.
        self.korean, self.latin = ([w for text in self.texts for w in text if is_korean(w) == wanted] for wanted in (True, False))

    def some(self, count):
        """Words of one model, which has as many."""
        while True:
            text = self.dice.choice(self.texts)
            if len(text) >= count:
                start = self.dice.randrange(len(text) - count + 1)
                # Half of them stand beside each other, half are picked from anywhere.
                return text[start:start + count] if self.dice.random() < 0.5 else self.dice.sample(text, count)

    def tag(self, keys=None):
        while True:
            tags = [tag for tag in self.dice.choice(self.models).context() if tag[0] != "latency_ms" and " " not in tag[1]
                    and (keys is None or tag[0] in keys)]
            if tags:
                return self.dice.choice(sorted(tags))

    def slip(self):
        while True:
            word = self.dice.choice(self.latin if self.dice.random() < 0.6 or not self.korean else self.korean)
            if is_korean(word) and len(word) >= 2:
                place = self.dice.randrange(len(word))
                changed = chr(min(ord(word[place]) + 28, 0xD7A3))  # the next vowel
                return word[:place] + changed + word[place + 1:]
            if len(word) >= 6 and word.isalpha() and not is_korean(word):
                place = self.dice.randrange(1, len(word) - 1)
                return word[:place] + word[place + 1:] if self.dice.random() < 0.5 else \
                    word[:place] + word[place + 1] + word[place] + word[place + 2:]

    def query(self, kind):
        pick = self.dice.choice
        if kind[1:] in (" word", " words"):
            return Query(kind, " ".join(self.some(int(kind[0]))), [])
        if kind.startswith("1 or 2 of"):
            return Query(kind, " ".join(self.dice.sample(self.common, pick((1, 2)))), [])
        if kind.startswith("key:value"):
            return Query(kind, " ".join("%s:%s" % self.tag() for _ in range(pick((1, 1, 2)))), [])
        if kind.startswith("1 or 2 words and"):
            return Query(kind, " ".join(self.some(pick((1, 2)))), [self.tag(self.filter_keys)])
        if kind.startswith("number"):
            number = pick(("size<5MB", "size<20MB", "size>=100MB", "size:1MB..50MB", "latency_ms@rpi5<=50", "latency_ms<30",
                           "latency_ms@jetson-orin-nano<20"))
            return Query(kind, f"{pick(self.some(1))} {number}", [])
        if kind.startswith("Korean"):
            return Query(kind, f"{pick(self.korean or self.latin)} {pick(self.latin)}", [])
        return Query(kind, self.slip() if kind.startswith("mistyped") else "", [])

    def mix(self, count):
        """`count` queries of the mix, in random order."""
        kinds = self.dice.choices(list(MIX), list(MIX.values()), k=count)
        return [self.query(kind) for kind in kinds]

    def filtered(self, count):
        """1 to 3 words and a filter, as every engine can answer them."""
        return [Query("words and a filter", " ".join(self.some(self.dice.choice((1, 1, 2, 2, 3)))), [self.tag(self.filter_keys)])
                for _ in range(count)]
