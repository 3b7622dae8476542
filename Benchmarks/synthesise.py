#!/usr/bin/env python3
"""Adds models straight to the database of a stopped server: synthesise.py DATABASE COUNT [--corpus FILE]

Publishing a million models over the API takes an hour of fsync; this takes minutes. The models are the invented ones
of models.py, or those of a file. Run `moru reindex` afterwards.
"""
import argparse
import hashlib
import itertools
import sqlite3
import sys
import time

import models

BATCH = 20_000


class Filling:
    """Row ids are given out here, so that rows of all tables go in by the batch, and indexes are made at the end."""

    def __init__(self, path):
        self.database = sqlite3.connect(path, isolation_level=None)
        run = self.database.execute
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -500000",
                       "foreign_keys = OFF", "temp_store = MEMORY"):
            run(f"PRAGMA {pragma}")
        self.indexes = run("""SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN
            ('model', 'version', 'artifact', 'variant', 'variant_artifact', 'version_context', 'variant_context')""").fetchall()
        run("BEGIN")
        for name, _ in self.indexes:
            run(f"DROP INDEX {name}")
        self.next = {table: run(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
                     for table in ("namespace", "model", "version", "artifact", "variant", "blob", "context_tag")}
        self.namespaces, self.blobs = dict(run("SELECT name, id FROM namespace")), {}
        self.tags = {(key, folded): row for key, folded, row in run("SELECT key, folded, id FROM context_tag")}
        self.rows = {}

    def id(self, table):
        self.next[table] += 1
        return self.next[table] - 1

    def add(self, table, *values):
        self.rows.setdefault(table, []).append(values)

    def tag(self, key, value):
        folded = value.casefold()
        if (key, folded) not in self.tags:
            self.tags[key, folded] = self.id("context_tag")
            self.add("context_tag (id, key, value, folded)", self.tags[key, folded], key, value, folded)
        return self.tags[key, folded]

    def blob(self, size):
        """One of each size; its bytes are nowhere."""
        if size not in self.blobs:
            self.blobs[size] = self.id("blob")
            self.add("blob (id, sha256, git_sha1, size, created_at)", self.blobs[size],
                     hashlib.sha256(b"synthetic %d" % size).digest(), bytes(20), size, 0)
        return self.blobs[size]

    def model(self, n, model):
        if model.namespace not in self.namespaces:
            self.namespaces[model.namespace] = self.id("namespace")
            self.add("namespace (id, name, created_at)", self.namespaces[model.namespace], model.namespace, 0)
        row, version = self.id("model"), self.id("version")
        self.add("""model (id, namespace_id, full_name, title, summary, service_type, visibility, created_by, created_at,
                    updated_at, latest_version, downloads_30d)""",
                 row, self.namespaces[model.namespace], f"{model.namespace}/{model.name}", model.title, model.summary,
                 model.service, "private" if model.is_private else "public", "admin", 0, 1_700_000_000 + n * 7 % 999_983,
                 version, model.downloads)
        self.add("""version (id, model_id, number, sort_key, prerelease, state, state_changed_at, manifest_sha256, manifest,
                    readme_text, created_by, created_at, published_at)""",
                 version, row, "1.0.0", "0000000001.0000000000.0000000000~", 0, "published", 0,
                 version.to_bytes(32, "big"), "{}", model.readme, "admin", 0, 0)
        for tag in {self.tag(*tag) for tag in model.tags}:
            self.add("version_context (version_id, tag_id)", version, tag)
        for position, variant in enumerate(model.variants):
            one, artifact = self.id("variant"), self.id("artifact")
            self.add("variant (id, version_id, name, position)", one, version, variant.name, position)
            self.add("artifact (id, version_id, path, blob_id, media_type)", artifact, version, f"model.{variant.name}",
                     self.blob(variant.size), "application/octet-stream")
            self.add("variant_artifact (variant_id, artifact_id)", one, artifact)
            for tag in {self.tag(*tag) for tag in variant.tags}:
                self.add("variant_context (variant_id, tag_id)", one, tag)

    def flush(self):
        for table, rows in self.rows.items():
            self.database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        self.rows = {}

    def finish(self):
        self.flush()
        for _, statement in self.indexes:
            self.database.execute(statement)
        self.database.execute("COMMIT")
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.close()


def fill(path, count, corpus=None):
    """How many were added, and the seconds it took."""
    started, filling, n = time.monotonic(), Filling(path), 0
    some = models.load(corpus, count)
    while batch := list(itertools.islice(some, BATCH)):
        for model in batch:
            filling.model(n, model)
            n += 1
        filling.flush()
    filling.finish()
    return n, time.monotonic() - started


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("count", type=int)
    parser.add_argument("--corpus")
    options = parser.parse_args()
    print("%d models in %.0f s" % fill(options.database, options.count, options.corpus), file=sys.stderr)
