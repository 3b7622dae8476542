#!/usr/bin/env python3
"""The engines that Moru's is measured beside, each in a process of its own:

rival.py build ENGINE DIRECTORY COUNT [--corpus FILE] makes an index of the models;
rival.py run ENGINE DIRECTORY QUERIES SECONDS answers the queries of a file (a text and filters a line, tabs between)
again and again, and prints what it took as JSON. It begins when a line comes in, after as many queries as warm it up.

Each answers as Moru does: the first 20 by BM25 with the weights of name, title, summary and README, how many match in
all, and the values of five context keys with how many matching models have each. All words must match.
- tantivy: a field each, as its tokenizer and English stemmer make them; filters as terms that score nothing; facets by
  its terms aggregation over columns, in a second pass: its Python API cannot do both in one. Segments as it merges
  them itself.
- tantivy-one: the same with all words in one field: less work, as it cannot tell a title from a README.
- fts5: SQLite's, porter stemmer, `ORDER BY rank` with the same weights; facets by GROUP BY over a table of tags.
"""
import argparse
import collections
import json
import pathlib
import sqlite3
import sys
import time

import models
import queries

WEIGHTS = {"name": 5.0, "title": 5.0, "summary": 2.0, "readme": 0.7}


def fields(model):
    return {"name": f"{model.namespace} {model.name}", "title": model.title, "summary": model.summary, "readme": model.readme}


class Tantivy:
    def __init__(self, directory, source, one_field=False):
        import tantivy
        self.tantivy, self.path, self.source = tantivy, directory / "index", source
        self.words = ["words"] if one_field else list(WEIGHTS)
        self.keys = [*source.filter_keys, *source.facets]
        builder = tantivy.SchemaBuilder()
        for name in self.words:
            builder.add_text_field(name, tokenizer_name="words", index_option="freq")
        for key in self.keys:
            builder.add_text_field(key.replace("-", "_"), tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_unsigned_field("id", stored=True)
        self.path.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(builder.build(), path=str(self.path))
        self.index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
                                      .filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build())
        self.aggregations = {key: {"terms": {"field": key.replace("-", "_"), "size": 100}} for key in source.facets}

    def build(self, some):
        writer = self.index.writer(1_000_000_000, 2)
        for n, model in enumerate(some):
            text = fields(model)
            document = {"id": n, **(text if len(self.words) > 1 else {"words": " ".join(text.values())})}
            values = collections.defaultdict(set)
            for key, value in model.context():
                if key in self.keys:
                    values[key.replace("-", "_")].add(value.casefold())
            writer.add_document(self.tantivy.Document(**document, **{key: sorted(v) for key, v in values.items()}))
        writer.commit()
        writer.wait_merging_threads()

    def open(self):
        self.index.reload()
        self.searcher = self.index.searcher()

    def answer(self, query):
        must = [(self.tantivy.Occur.Must, self.index.parse_query(
            query.text, self.words, field_boosts={} if len(self.words) == 1 else WEIGHTS, conjunction_by_default=True))]
        for key, value in query.filters:
            term = self.tantivy.Query.term_query(self.index.schema, key.replace("-", "_"), value.casefold(), "basic")
            must.append((self.tantivy.Occur.Must, self.tantivy.Query.const_score_query(term, 0.0)))
        whole = self.tantivy.Query.boolean_query(must)
        found = self.searcher.search(whole, 20, count=True)
        facets = self.searcher.aggregate(whole, self.aggregations)
        return found.count, found.hits, facets


class FTS5:
    def __init__(self, directory, source):
        directory.mkdir(parents=True, exist_ok=True)
        self.source = source
        self.database = sqlite3.connect(directory / "index.sqlite", isolation_level=None)
        self.database.execute("PRAGMA cache_size = -400000")
        self.database.execute("PRAGMA mmap_size = 4000000000")

    def build(self, some):
        run = self.database.execute
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run("""CREATE VIRTUAL TABLE words USING fts5 (name, title, summary, readme, filter,
               content = '', tokenize = 'porter unicode61')""")
        run("CREATE TABLE tag (id INTEGER PRIMARY KEY, key TEXT, value TEXT, UNIQUE (key, value))")
        run("CREATE TABLE model_tag (model INTEGER, tag INTEGER, PRIMARY KEY (model, tag)) WITHOUT ROWID")
        tags, texts, pairs = {}, [], []
        run("BEGIN")
        for n, model in enumerate(some):
            context = {(key, value.casefold()) for key, value in model.context()}
            filters = " ".join(token(*tag) for tag in context if tag[0] in self.source.filter_keys)
            texts.append((n, *fields(model).values(), filters))
            pairs += [(n, tags.setdefault(tag, len(tags))) for tag in context if tag[0] in self.source.facets]
            if n % 20_000 == 0:
                self.flush(texts, pairs)
        self.flush(texts, pairs)
        self.database.executemany("INSERT INTO tag VALUES (?, ?, ?)", ((row, *tag) for tag, row in tags.items()))
        run("COMMIT")
        run("INSERT INTO words (words, rank) VALUES ('rank', 'bm25(5.0, 5.0, 2.0, 0.7, 0.0)')")
        run("INSERT INTO words (words) VALUES ('optimize')")
        run("ANALYZE")

    def flush(self, texts, pairs):
        self.database.executemany(
            "INSERT INTO words (rowid, name, title, summary, readme, filter) VALUES (?, ?, ?, ?, ?, ?)", texts)
        self.database.executemany("INSERT OR IGNORE INTO model_tag VALUES (?, ?)", pairs)
        texts.clear()
        pairs.clear()

    def open(self):
        pass

    def answer(self, query):
        match = " AND ".join(f'{{name title summary readme}} : "{word}"' for word in query.text.split())
        match = " AND ".join([match, *(f"filter : {token(*tag)}" for tag in query.filters)])
        hits = self.database.execute("SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20", (match,)).fetchall()
        count = self.database.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()[0]
        facets = self.database.execute(
            """SELECT tag.key, tag.value, n FROM (SELECT tag AS t, count(*) AS n FROM words CROSS JOIN model_tag ON model = words.rowid
               WHERE words MATCH ? GROUP BY tag) JOIN tag ON tag.id = t""", (match,)).fetchall()
        return count, hits, facets


def token(key, value):
    """A tag as one token."""
    return "t" + f"{key}={value}".encode().hex()


def engine(name, directory, source):
    return FTS5(directory, source) if name == "fts5" else Tantivy(directory, source, name == "tantivy-one")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["build", "run"])
    parser.add_argument("engine", choices=["tantivy", "tantivy-one", "fts5"])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("number", help="how many models, or the file of queries")
    parser.add_argument("seconds", nargs="?", type=float)
    parser.add_argument("--corpus")
    options = parser.parse_args()
    one = engine(options.engine, options.directory, queries.Source(options.corpus))
    if options.action == "build":
        one.build(models.load(options.corpus, int(options.number)))
        return
    lines = [line.rstrip("\n").split("\t") for line in open(options.number)]
    asked = [queries.Query("", text, [tuple(tag.split(":", 1)) for tag in tags]) for text, *tags in lines]
    one.open()
    warm = time.monotonic() + options.seconds / 4
    totals = []
    for query in asked[:200]:
        totals.append(one.answer(query)[0])
        if time.monotonic() > warm:
            break
    print(json.dumps(totals), flush=True)
    sys.stdin.readline()
    taken, n = [], 0
    start = now = time.perf_counter()
    while now < start + options.seconds:
        one.answer(asked[n % len(asked)])
        n, before, now = n + 1, now, time.perf_counter()
        taken.append((now - before) * 1000)
    print(json.dumps({"seconds": now - start, "milliseconds": taken}), flush=True)


main()
