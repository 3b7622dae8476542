"""Moru's search beside tantivy and SQLite's FTS5: the same models, the same queries, one interleaved run.

Every query has one to three words, all of which must match, and a filter by a context key; every answer is the first 20
by relevance, how many match in all, and the counts of five context keys over them.
"""
import json
import statistics
import subprocess
import sys

import queries
from million import Asking, HERE, percentiles, prepare, ready_with_facets, settled, tool
from peers import Moru, ROOT

TANTIVY = "tantivy==0.27.0"
RIVALS = {"tantivy": "tantivy", "tantivy-one": "tantivy, one field", "fts5": "SQLite FTS5"}


def python(cache):
    """A Python of its own that has tantivy."""
    venv = cache / "venv"
    mark = venv / TANTIVY
    if not mark.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(venv / "bin/pip"), "install", "--quiet", TANTIVY], check=True)
        mark.touch()
    return str(venv / "bin/python")


def corpus_option(corpus):
    return ["--corpus", str(corpus)] if corpus else []


def cores(count):
    """What runs a command on so many cores: an engine of one thread has no other core at its service."""
    return ["taskset", "--cpu-list", f"0-{count - 1}"]


class Rival:
    def __init__(self, name, cache, directory, count, corpus):
        self.command, self.name = [python(cache), str(HERE / "rival.py")], name
        self.directory, self.corpus = directory / "rivals" / name, corpus
        mark = self.directory / "complete"
        if not mark.exists():
            subprocess.run(["rm", "-rf", str(self.directory)], check=True)
            subprocess.run([*self.command, "build", name, str(self.directory), str(count), *corpus_option(corpus)], check=True)
            mark.touch()

    def run(self, asked, threads, seconds):
        """In as many processes, for Python runs one thread at a time. Answers a second, and what each took."""
        seconds = seconds * 3 if self.name == "fts5" else seconds
        some = [subprocess.Popen([*cores(threads), *self.command, "run", self.name, str(self.directory), asked, str(seconds), *corpus_option(self.corpus)],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(threads)]
        self.totals = [json.loads(process.stdout.readline()) for process in some][0]
        for process in some:
            process.stdin.write("\n")
            process.stdin.flush()
        results = [json.loads(process.communicate()[0]) for process in some]
        return sum(len(r["milliseconds"]) / r["seconds"] for r in results), [x for r in results for x in r["milliseconds"]]


class InProcess:
    """The tool `engine`, which answers from the server's snapshot file."""

    def __init__(self, directory, source, way):
        self.snapshot, self.facets, self.way = directory / "data/search.snapshot", ",".join(source.facets), way

    def run(self, asked, threads, seconds):
        output = subprocess.run([*cores(threads), tool("engine"), str(self.snapshot), str(ROOT / "Vocabulary"), asked, self.facets, str(threads),
                                 str(seconds), self.way], check=True, capture_output=True, text=True).stdout.split("\n")
        self.totals = [int(x) for x in output[0].split()]
        taken = [float(x) for x in output[2].split()]
        return len(taken) / float(output[1]), taken


class OverHTTP:
    def __init__(self, moru, paths):
        self.moru, self.paths, self.turn = moru, paths, 0

    def run(self, asked, threads, seconds):
        # No answer is asked for twice in a run; what the server keeps of earlier ones is passed by.
        self.turn += 1
        rounds = [f"{path}&nonce={self.turn}-{n}" for n in range(50) for path in self.paths]
        results = Asking(self.moru, rounds, threads, 0, seconds).results()
        return len(results) / seconds, [asked.took for asked in results]


def compare(options, count, corpus, title, scratch):
    directory = prepare(options.cache, count, corpus)
    source = queries.Source(corpus)
    asked = source.filtered(1000)
    file = scratch / "queries.tsv"
    file.write_text("".join("\t".join([q.text, *(f"{key}:{value}" for key, value in q.filters)]) + "\n" for q in asked))
    moru = Moru(directory)
    ready_with_facets(moru)
    settled(directory / "data/search.snapshot")
    engines = {"Moru, in process": InProcess(directory, source, "words"),
               "Moru, in process, query understood": InProcess(directory, source, "planned"), "Moru, over HTTP": OverHTTP(moru, [q.path(source.facets) for q in asked]),
               **{RIVALS[name]: Rival(name, options.cache, directory, count, corpus) for name in RIVALS}}
    results = {}
    for _ in range(options.rounds):
        for threads in (1, 2):
            for name, engine in engines.items():
                speed, taken = engine.run(str(file), threads, options.seconds)
                results.setdefault((name, threads), []).append((speed, percentiles(taken, .5, .99)))
    moru.stop()
    medians = {key: (statistics.median(s for s, _ in some), statistics.median(p[0] for _, p in some), statistics.median(p[1] for _, p in some))
               for key, some in results.items()}
    lines = ["", f"### {title}", "", "| engine | threads | answers/s | p50 ms | p99 ms | answers/s ÷ tantivy | p99 ÷ tantivy | answers/s ÷ FTS5 |",
             "|---|---|---|---|---|---|---|---|"]
    for (name, threads), (speed, p50, p99) in medians.items():
        base, slow = medians["tantivy", threads], medians["SQLite FTS5", threads]
        lines.append(f"| {name} | {threads} | {speed:,.0f} | {p50:.2f} | {p99:.2f} | **{speed / base[0]:.2f}** | {p99 / base[2]:.2f} "
                     f"| {speed / slow[0]:.1f} |")
    totals = {name: engine.totals for name, engine in engines.items() if hasattr(engine, "totals")}
    same = min(map(len, totals.values()))
    lines += ["", f"Models found by the first {same} queries: " + "; ".join(f"{name} {sum(t[:same]):,}" for name, t in totals.items()) + "."]
    return lines


def side_by_side(options, scratch):
    some = [(options.scale, None, f"{options.scale:,} invented models")]
    some.append((0, options.corpus, "A corpus of real model cards") if options.corpus else (20_000, None, "20,000 invented models"))
    lines = ["Words of Moru's index are stems, pairs and parts of Hangul words, so that a Korean word finds the compounds that hold "
             "it; those of the others are whole words, stemmed in English. tantivy and FTS5 run in Python processes of their own; "
             "Moru `in process` is its index alone, given the words as they are, all of them wanted; `query understood` adds what "
             "the server makes of a query with its vocabulary, spelling and associations; `over HTTP` is the whole server, on all "
             "cores. All others have as many cores as threads."]
    for count, corpus, title in some:
        lines += compare(options, count, corpus, title, scratch)
    return "Search beside tantivy and SQLite FTS5", lines
