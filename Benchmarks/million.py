"""Search over a million models: inside the server, over HTTP, while models are published, its memory and its start."""
import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

import queries
import synthesise
from peers import MORU, Moru

HERE = pathlib.Path(__file__).resolve().parent
# Changed together with what models.py or synthesise.py make, so that no old directory is taken for a new one.
FORM = 1
BUILT = set()


def tool(name):
    if name not in BUILT:
        built = subprocess.run(["swift", "build", "-c", "release", "--package-path", str(HERE), "--product", name],
                               capture_output=True, text=True)
        if built.returncode != 0:
            sys.exit(built.stdout + built.stderr)
        BUILT.add(name)
    return str(HERE / ".build/release" / name)


def prepare(cache, count, corpus=None):
    """The directory of a server that holds the models; made once and kept below `cache`."""
    name = f"corpus-{pathlib.Path(corpus).stem}" if corpus else f"invented-{count}"
    directory = pathlib.Path(cache) / f"{name}-{FORM}"
    if (directory / "complete").exists():
        return directory
    subprocess.run(["rm", "-rf", str(directory)], check=True)
    Moru(directory).stop()
    database = directory / "data/moru.sqlite"
    made, seconds = synthesise.fill(str(database), count, corpus)
    started = time.monotonic()
    subprocess.run([str(MORU), "reindex", "--data-dir", str(directory / "data")], check=True, stdout=subprocess.DEVNULL)
    indexed = time.monotonic() - started
    (directory / "complete").write_text(json.dumps({
        "models": made, "fill_s": seconds, "reindex_s": indexed, "database_mb": database.stat().st_size / 1e6}))
    return directory


def status(moru, name):
    """A figure of /proc/PID/status in megabytes."""
    text = pathlib.Path(f"/proc/{moru.process.pid}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024


def own(moru):
    """Megabytes of its own: without pages of files that it maps, which are the system's cache and count once a reader."""
    return status(moru, "RssAnon")


class Peak:
    """The greatest memory of its own, looked at every few milliseconds."""

    def __init__(self, moru):
        self.moru, self.greatest, self.isOver = moru, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        while not self.isOver.wait(0.005):
            self.greatest = max(self.greatest, own(self.moru))

    def end(self):
        self.isOver.set()
        self.thread.join()
        return self.greatest


def percentiles(values, *parts):
    ordered = sorted(values)
    return [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in parts] if ordered else [float("nan")] * len(parts)


@dataclasses.dataclass
class Asked:
    number: int
    took: float
    search: float | None
    plan: float | None
    status: int


class Asking:
    """The tool `ask` at work on a list of paths."""

    def __init__(self, moru, paths, connections, rate, seconds):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".txt")
        self.file.write("\n".join(paths) + "\n")
        self.file.flush()
        self.process = subprocess.Popen([tool("ask"), str(moru.port), self.file.name, str(connections), str(rate), str(seconds)],
                                        stdout=subprocess.PIPE, text=True)

    def results(self):
        output = self.process.communicate()[0]
        assert self.process.returncode == 0, output[-200:]
        rows = [line.split() for line in output.split("\n") if line]
        some = [Asked(int(n), float(took), *(None if x == "-" else float(x) for x in (search, plan)), int(status))
                for n, took, search, plan, status, _ in rows]
        assert all(asked.status == 200 for asked in some), collections.Counter(asked.status for asked in some)
        return sorted(some, key=lambda asked: asked.number)


def ready_with_facets(moru):
    """Seconds from the start of the process to the first answer, and to the first one with facets; and how many requests
    were given up before as too slow."""
    first, slow = None, 0
    for _ in range(60_000):
        code, _, body = moru.get("/api/v1/models?q=person&facets=service&limit=1")
        assert code == 200 or b"search-too-slow" in body, (code, body)
        slow += code != 200
        first = first or (time.monotonic() - moru.started if code == 200 else None)
        if code == 200 and json.loads(body).get("facets"):
            return first, time.monotonic() - moru.started, slow
        time.sleep(0.005)
    raise SystemExit("the server never counted facets")


def settled(file, seconds=15, newer_than=0.0):
    """Waits until a file is there, is newer and no longer changes; whether it came to that."""
    before, until = None, time.monotonic() + seconds
    while time.monotonic() < until:
        now = (file.stat().st_size, file.stat().st_mtime) if file.exists() else None
        if now and now == before and now[1] > newer_than:
            return True
        before = now
        time.sleep(1)
    return False


def start_up(directory, report):
    snapshot = directory / "data/search.snapshot"
    snapshot.unlink(missing_ok=True)
    moru = Moru(directory)
    first, ready, slow = ready_with_facets(moru)
    report(f"first answer after start, without the snapshot file ({slow} given up as too slow before) | {first:.2f} s | ")
    report(f"first answer with facets, without the snapshot file | {ready:.2f} s | ≤ 5 s")
    settled(snapshot)
    moru.stop()
    moru = Moru(directory)
    _, ready, _ = ready_with_facets(moru)
    report(f"first answer with facets, with the snapshot file | {ready:.2f} s | ≤ 5 s")
    if snapshot.exists():
        report(f"snapshot file | {snapshot.stat().st_size / 2**20:.0f} MiB | ")
    return moru


def inside(moru, source, report, count):
    """One query after another; the times that the server tells."""
    Asking(moru, [q.path(source.facets, "warm") for q in source.mix(300)], 1, 0, 0).results()
    mix, before = source.mix(count), moru.cpu()
    asked = Asking(moru, [q.path(source.facets, n) for n, q in enumerate(mix)], 1, 0, 0).results()
    report(f"CPU of an answer over HTTP, mean | {(moru.cpu() - before) / count * 1000:.2f} ms | ")
    lines = ["", f"Of {count:,} queries one after another, in milliseconds (p50, p90, p99, max). Inside: match, top 20 and five "
             "facets; plan: the query read and understood; answer: over HTTP on one connection.", "",
             "| queries | share | inside p50 | p90 | p99 | max | plan p50 | p99 | answer p50 | p99 |", "|---|---|---|---|---|---|---|---|---|---|"]
    kinds = {"all": list(range(count)), **{kind: [n for n, q in enumerate(mix) if q.kind == kind] for kind in queries.MIX}}
    for kind, numbers in kinds.items():
        search, plan = ([getattr(asked[n], part) for n in numbers if getattr(asked[n], part) is not None] for part in ("search", "plan"))
        figures = percentiles(search, .5, .9, .99, 1) + percentiles(plan, .5, .99) + percentiles([asked[n].took for n in numbers], .5, .99)
        lines.append(f"| {kind} | {len(numbers) * 100 / count:.0f} % | " + " | ".join(f"{x:.2f}" for x in figures) + " |")
        if kind == "all":
            report(f"inside the server, match + top 20 + facets, p50 | {figures[0]:.2f} ms | ≤ 2 ms")
            report(f"the same, p99 | {figures[2]:.2f} ms | ≤ 8 ms")
            report(f"the same, p90 and max | {figures[1]:.2f} and {figures[3]:.2f} ms | ")
    return lines


def over_http(moru, source, report, seconds):
    paths = [q.path(source.facets, f"h{n}") for n, q in enumerate(source.mix(100 * seconds))]
    took = [asked.took for asked in Asking(moru, paths, 16, 100, seconds).results()]
    p50, p99, most = percentiles(took, .5, .99, 1)
    report(f"over HTTP, 100 queries/s over 16 connections for {seconds} s: p99 | {p99:.2f} ms | ≤ 15 ms")
    report(f"the same, p50 and max | {p50:.2f} and {most:.2f} ms | ")


def until_found(moru, name, since):
    """Milliseconds until somebody without an account finds the model."""
    connection = moru.connection()
    while True:
        connection.request("GET", f"/api/v1/models?q={name}&facets=service&limit=5&nonce={time.monotonic_ns()}")
        body = json.loads(connection.getresponse().read())
        now = time.monotonic()
        if body["total"]:
            return (now - since) * 1000
        assert now - since < 60, f"{name} is never found"


def publish(moru, token, connection, name):
    return moru.publish(token, f"bench-search/{name}", [("model.onnx", name.encode())],
                        [("version", "1.0.0"), ("title", f"{name} detector"), ("summary", "Published while others search."),
                         ("service_type", "other"), ("context", "task:object-detection"), ("context", "env:night")], connection)


def while_publishing(moru, source, report, seconds):
    """Models are published and looked for while 100 queries a second run."""
    token, stamp, waits = moru.token(), f"{time.time_ns():x}", []
    paths = [q.path(source.facets, f"p{n}") for n, q in enumerate(source.mix(100 * seconds))]
    asking = Asking(moru, paths, 16, 100, seconds)
    connection = moru.connection()
    while asking.process.poll() is None and len(waits) < 50:
        name = f"fresh{stamp}x{len(waits)}"
        publish(moru, token, connection, name)
        waits.append(until_found(moru, name, time.monotonic()))
        time.sleep(seconds / 60)
    took = [asked.took for asked in asking.results()]
    report(f"found after a publish's 201, longest of {len(waits)}, beside 100 queries/s | {max(waits):.0f} ms | ≤ 1,000 ms")
    report(f"those queries: p99 | {percentiles(took, .99)[0]:.2f} ms | ")


def swapping(moru, directory, own_floor, source, report, seconds):
    """So many models are published that the snapshot is made anew."""
    snapshot = directory / "data/search.snapshot"
    made = snapshot.stat().st_mtime if snapshot.exists() else 0.0
    token, stamp, count = moru.token(), f"{time.time_ns():x}", 4_500
    before, peak = own(moru), Peak(moru)
    paths = [q.path(source.facets, f"s{n}") for n, q in enumerate(source.mix(100 * seconds))]
    asking = Asking(moru, paths, 16, 100, seconds)

    def some(first):
        connection = moru.connection(600)
        for n in range(first, count, 4):
            publish(moru, token, connection, f"swap{stamp}x{n}")

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(some, range(4)))
    took = [asked.took for asked in asking.results()]
    was_saved = settled(snapshot, 60, made)
    report(f"memory of its own: peak while {count:,} models are published"
           f"{' and the snapshot is swapped' if was_saved else ''}, less an empty server's {own_floor:.0f} MiB "
           f"| {peak.end() - own_floor:.0f} MiB | ≤ 450 MB (429 MiB)")
    report(f"the same after it ({before - own_floor:.0f} MiB before) | {own(moru) - own_floor:.0f} MiB | ")
    report(f"queries meanwhile, 100/s for {seconds} s: p99 | {percentiles(took, .99)[0]:.2f} ms | ")


def search(options, scratch):
    # On a copy: what is published here would make the next run's repository a larger one.
    directory = scratch / "models"
    subprocess.run(["cp", "-a", "--reflink=auto", f"{prepare(options.cache, options.scale)}/.", str(directory)], check=True)
    os.sync()
    made = json.loads((directory / "complete").read_text())
    empty = Moru(scratch / "empty")
    empty.get("/api/v1/models?q=person&facets=service")
    floor, own_floor = empty.memory(), own(empty)
    empty.stop()
    rows = []

    def report(row):
        print("| " + row + " |", flush=True)
        rows.append("| " + row + " |")

    moru = start_up(directory, report)
    steady, source = moru.memory(), queries.Source()
    report(f"memory: resident after start, less an empty server's {floor:.0f} MiB | {steady - floor:.0f} MiB | ≤ 200 MB (190 MiB)")
    report(f"memory of its own (without mapped pages of the database) after start ({own_floor:.0f} MiB of an empty server) "
           f"| {own(moru):.0f} MiB | ")
    lines = inside(moru, source, report, 4000)
    over_http(moru, source, report, max(20, options.seconds * 6))
    report(f"memory: resident after the queries, less an empty server's | {moru.memory() - floor:.0f} MiB | ")
    report(f"memory of its own after the queries | {own(moru):.0f} MiB | ")
    while_publishing(moru, source, report, 20)
    swapping(moru, directory, own_floor, source, report, 30)
    moru.stop()
    return f"Search over {made['models']:,} models with ten contexts each", [
        "| what | measured | asked |", "|---|---|---|", *rows, *lines, "",
        f"The models are invented ({made['fill_s']:.0f} s; `moru reindex`: {made['reindex_s']:.0f} s); the database has "
        f"{made['database_mb']:,.0f} MB."]
