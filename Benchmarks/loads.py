"""Scenarios that have a floor instead of a peer: upload, memory, big files, search beside pollers."""
import concurrent.futures
import json
import os
import pathlib
import resource
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from peers import MORU, Moru, wrk

HERE = pathlib.Path(__file__).resolve().parent


def children_cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def curl_upload(moru, token, name, file):
    done = subprocess.run(
        ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", f"Authorization: Bearer {token}", "-H", "Expect:",
         "-F", "title=Big", "-F", "service_type=other", "-F", f"artifact=@{file}",
         f"http://127.0.0.1:{moru.port}/api/v1/models/{name}/versions"], capture_output=True, text=True)
    assert done.stdout == "201", done


def upload(options, scratch):
    """CPU of one upload, hashing and fsync included, beside the floor of cp, sha256sum and sha1sum of the same file."""
    file = scratch / "upload.bin"
    subprocess.run(["dd", "if=/dev/urandom", f"of={file}", "bs=1M", "count=1024", "status=none"], check=True)
    gigabytes = file.stat().st_size / 1e9
    moru = Moru(scratch / "moru")
    token = moru.token()
    costs, floors, speeds = [], [], []
    for round in range(3):
        floors.append(children_cpu(f"cp {file} {scratch}/copy && sync {scratch}/copy && sha256sum {file} && sha1sum {file}"))
        os.remove(scratch / "copy")
        with open(file, "r+b") as changed:
            changed.write(os.urandom(16))
        before, started = moru.cpu(), time.monotonic()
        curl_upload(moru, token, f"bench/upload-{round}", file)
        speeds.append(gigabytes * 1000 / (time.monotonic() - started))
        costs.append(moru.cpu() - before)
    moru.stop()
    cost, floor, speed = (sorted(x)[1] for x in (costs, floors, speeds))
    return "Upload", ["| what | Moru | floor: cp + sync + sha256sum + sha1sum | ratio | asked |", "|---|---|---|---|---|",
                      f"| CPU s per GB | {cost / gigabytes:.2f} | {floor / gigabytes:.2f} | {cost / floor:.2f} | ≤ 4 CPU s per GB |",
                      f"| MB/s, one client | {speed:,.0f} | | | |"]


def fill(moru, token, count):
    """Publishes `count` models over the API, eight at a time."""
    tasks = ["object-detection", "image-classification", "pose-estimation", "speech-recognition", "segmentation"]
    services = ["crime-prevention", "illegal-parking", "retail", "agriculture", "voice"]

    def some(first):
        connection = moru.connection(600)
        for n in range(first, count, 8):
            moru.publish(token, f"fleet{n % 50}/model-{n}", [(f"model.{'onnx' if n % 2 else 'tflite'}", f"model {n}".encode())],
                         [("version", "1.0.0"), ("title", f"Model number {n}"), ("summary", f"A model for test {n % 97}"),
                          ("service_type", services[n % 5]), ("context", f"task:{tasks[n % 5]}"), ("context", f"object:thing{n % 211}")],
                         connection)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(some, range(8)))


def idle_connections(port, path, count):
    sockets = []
    for _ in range(count):
        s = socket.create_connection(("127.0.0.1", port))
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        sockets.append(s)
    for s in sockets:
        assert s.recv(65536).startswith(b"HTTP/1.1 200")
    return sockets


def memory(options, scratch):
    """Resident memory and start-up with 10,000 models, then with 1,000 idle keep-alive connections."""
    moru = Moru(scratch / "moru")
    fill(moru, moru.token(), 10_000)
    moru.stop()
    starts = []
    for _ in range(5):
        moru = Moru(scratch / "moru")
        starts.append(moru.ready_seconds * 1000)
        idle = moru.memory()
        if len(starts) < 5:
            moru.stop()
    sockets = idle_connections(moru.port, "/api/v1/models/fleet1/model-1/versions/1.0.0", 1000)
    time.sleep(1)
    connected = moru.memory()
    for s in sockets:
        s.close()
    moru.stop()
    return "Memory and start", ["| what | figure | asked |", "|---|---|---|",
                                f"| resident after start, 10,000 models | {idle:.1f} MB | ≤ 40 MB |",
                                f"| resident with 1,000 idle keep-alive connections | {connected:.1f} MB | ≤ 90 MB |",
                                f"| ready after start, median of 5 | {sorted(starts)[2]:.0f} ms | ≤ 150 ms |"]


def watch_memory(moru, work):
    """Runs `work` in a thread; the lowest and highest memory seen from one second in."""
    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(1)
    seen = [moru.memory()]
    while worker.is_alive():
        seen.append(moru.memory())
        time.sleep(0.1)
    worker.join()
    return min(seen), max(seen)


def big_files(options, scratch):
    """Memory while one big file goes up and comes down."""
    file = scratch / "big.bin"
    megabytes = int(options.gigabytes * 1000)
    subprocess.run(["dd", "if=/dev/urandom", f"of={file}", "bs=1000000", f"count={megabytes}", "status=none"], check=True)
    moru = Moru(scratch / "moru")
    token = moru.token()
    rows = []
    low, high = watch_memory(moru, lambda: curl_upload(moru, token, "bench/big", file))
    rows.append(f"| upload of {options.gigabytes:g} GB | {low:.1f} | {high:.1f} | {high - low:.1f} MB |")
    url = f"http://127.0.0.1:{moru.port}/api/v1/models/bench/big/versions/latest/artifacts/big.bin"
    low, high = watch_memory(moru, lambda: subprocess.run(["curl", "-sS", "--limit-rate", "500M", "-o", "/dev/null", url], check=True))
    rows.append(f"| download of {options.gigabytes:g} GB | {low:.1f} | {high:.1f} | {high - low:.1f} MB |")
    moru.stop()
    return "Big files", ["| what | lowest MB | highest MB | spread (asked: within ±5 MB) |", "|---|---|---|---|", *rows]


def search(options, scratch):
    """Sixteen pollers at 50 a second each, opened first, while eight clients run the heaviest ranked search, no
    answer of it from the cache."""
    moru = Moru(scratch / "moru")
    token = moru.token()
    moru.publish(token, "bench/polled", [("model.bin", b"polled")], [("version", "1.0.0"), ("title", "Polled")])
    moru.stop()
    subprocess.run([sys.executable, str(HERE / "synthesise.py"), str(scratch / "moru/data/moru.sqlite"), str(options.models)], check=True)
    subprocess.run([str(MORU), "reindex", "--data-dir", str(scratch / "moru/data")], check=True, stdout=subprocess.DEVNULL)
    moru = Moru(scratch / "moru")
    subprocess.run(["swift", "build", "-c", "release", "--package-path", str(HERE)], check=True, stdout=subprocess.DEVNULL)
    path = "/api/v1/models/bench/polled/versions/latest/artifacts/model.bin"
    etag = moru.get(path, method="HEAD")[1]["etag"]
    query = "/api/v1/models?facets=service,task,format&q=" + urllib.parse.quote("camera person detection model 차량 탐지")
    found = json.loads(moru.get(query)[2])["total"]
    poll = lambda: subprocess.Popen(
        [str(HERE / ".build/release/poll"), str(moru.port), path, etag, "16", "50", str(options.seconds * 2)],
        stdout=subprocess.PIPE, text=True)
    quiet = poll().communicate()[0].split()
    poller = poll()
    time.sleep(0.5)
    load = wrk(moru, query, options.seconds * 2 - 1, 8, script=HERE / "unique.lua")
    loaded = poller.communicate()[0].split()
    memory_after = moru.memory()
    moru.stop()
    return f"Search over {options.models:,} models", [
        "| what | count | p50 ms | p99 ms | p99.9 ms | max ms | asked |", "|---|---|---|---|---|---|---|",
        "| 16 pollers alone | " + " | ".join([quiet[0], *(f"{float(x):.2f}" for x in quiet[1:])]) + " | |",
        "| 16 pollers beside 8 searching clients | " + " | ".join([loaded[0], *(f"{float(x):.2f}" for x in loaded[1:])]) + " | p99 ≤ 10 ms |",
        "", f"The search finds {found:,} models; 8 clients got {load['requests_s']:.1f} answers a second, "
        f"{load['cpu_us'] / 1000:.0f} ms of CPU each; the server then held {memory_after:.0f} MB."]
