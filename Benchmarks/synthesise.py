#!/usr/bin/env python3
"""Adds invented models straight to the database of a stopped server: synthesise.py DATABASE COUNT

Publishing 100,000 models over the API takes minutes of fsync; this takes seconds. Words follow a long-tailed
distribution: some twenty in almost every text, sixty thousand rare ones. Run `moru reindex` afterwards.
"""
import hashlib
import random
import sqlite3
import sys
import time

SERVICES = ["crime-prevention", "illegal-parking", "traffic-flow", "license-plate-recognition", "fire-watch", "retail",
            "agriculture", "care", "smart-home", "voice", "other"]
TASKS = ["object-detection", "image-classification", "semantic-segmentation", "pose-estimation",
         "automatic-speech-recognition", "keyword-spotting", "text-generation", "depth-estimation"]
OBJECTS = ["person", "car", "license-plate", "fire", "smoke", "face", "hand", "dog", "cat", "truck", "bus", "helmet"]
FORMATS = ["tflite", "onnx", "openvino", "ncnn", "hef", "edgetpu"]
KOREAN = ["사람", "차량", "번호판", "화재", "연기", "얼굴", "음성", "불법주정차", "방범", "탐지", "검출", "인식", "모델", "카메라"]
COMMON = ("the model detection image dataset trained object network accuracy input output inference mobile camera "
          "person vehicle face with and for").split()


class Filling:
    def __init__(self, path):
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA synchronous = OFF")
        self.random = random.Random(7)
        self.tags, self.namespaces = {}, {}
        self.blob = self.insert("blob", sha256=hashlib.sha256(b"synthetic").digest(), git_sha1=bytes(20), size=9, created_at=0)

    def insert(self, table, **values):
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        return self.database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())).lastrowid

    def tag(self, key, value):
        if (key, value) not in self.tags:
            row = self.database.execute("SELECT id FROM context_tag WHERE key = ? AND folded = ?", (key, value)).fetchone()
            self.tags[key, value] = row[0] if row else self.insert("context_tag", key=key, value=value, folded=value)
        return self.tags[key, value]

    def namespace(self, name):
        if name not in self.namespaces:
            self.namespaces[name] = self.insert("namespace", name=name, created_at=0)
        return self.namespaces[name]

    def words(self, count):
        some = []
        for _ in range(count):
            dice = self.random.random()
            some.append(self.random.choice(COMMON) if dice < 0.45 else self.random.choice(KOREAN) if dice < 0.5
                        else f"w{int(60000 * self.random.random() ** 3):05}")
        return " ".join(some)

    def model(self, n):
        pick = self.random.choice
        seen, task = self.random.sample(OBJECTS, self.random.randint(1, 3)), TASKS[int(len(TASKS) * self.random.random() ** 2)]
        model = self.insert(
            "model", namespace_id=self.namespace(f"synthetic{n % 500}"), full_name=f"synthetic{n % 500}/{seen[0]}-{n}",
            title=f"{pick(KOREAN)} {seen[0]} {task.replace('-', ' ')} model", summary=self.words(15),
            service_type=pick(SERVICES), visibility="private" if n % 20 == 0 else "public", created_by="admin",
            created_at=0, updated_at=1_700_000_000 + n * 7 % 999_983, downloads_30d=int(1e5 * self.random.random() ** 8))
        version = self.insert(
            "version", model_id=model, number="1.0.0", sort_key="0000000001.0000000000.0000000000~", prerelease=0,
            state="published", state_changed_at=0, manifest_sha256=hashlib.sha256(b"%d" % n).digest(), manifest="{}",
            readme_text=self.words(pick([20, 150, 400])), created_by="admin", created_at=0, published_at=0)
        self.database.execute("UPDATE model SET latest_version = ? WHERE id = ?", (version, model))
        tags = {("task", task), ("license", pick(["mit", "apache-2.0"])), ("env", pick(["day", "night", "indoor"])),
                ("tag", f"w{int(50000 * self.random.random() ** 3):05}"), *(("object", o) for o in seen)}
        for key, value in tags:
            self.insert("version_context", version_id=version, tag_id=self.tag(key, value))
        artifact = self.insert("artifact", version_id=version, path="model.bin", blob_id=self.blob, media_type="application/octet-stream")
        for position, format in enumerate(self.random.sample(FORMATS, self.random.randint(1, 3))):
            variant = self.insert("variant", version_id=version, name=format, position=position)
            self.insert("variant_artifact", variant_id=variant, artifact_id=artifact)
            for key, value in (("format", format), ("precision", pick(["fp32", "fp16", "int8"])), ("accel", pick(["cpu", "gpu", "npu"]))):
                self.insert("variant_context", variant_id=variant, tag_id=self.tag(key, value))


def main():
    started, count = time.monotonic(), int(sys.argv[2])
    filling = Filling(sys.argv[1])
    for n in range(count):
        filling.model(n)
    filling.database.commit()
    filling.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"{count} models in {time.monotonic() - started:.0f} s", file=sys.stderr)


main()
