/** Commands that fetch a version from this very server: what is copied here runs as it stands. */
import { artifactURL } from "./api.js";

const PLAIN = /^[A-Za-z0-9_@%+=:,.\/-]+$/;

/** One word for a POSIX shell. */
export function shellWord(text) {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function fullURL(path) {
  return location.origin + path;
}

/**
 * - `model` (its `name` and `visibility`), `version` (the one shown) and `selector` (what is asked for).
 * - `variant` holds the artifacts to fetch.
 */
export function snippets({ model, version, selector, variant }) {
  return [
    { id: "curl", text: curl(model, selector, variant) },
    { id: "sh", text: resumable(model, version.version, variant) },
    { id: "moru", text: pull(model, version, selector, variant) },
    { id: "python", text: python(model, version.version, variant) },
  ];
}

function authorization(model) {
  return model.visibility === "private" ? ` -H "Authorization: Bearer $MORU_TOKEN"` : "";
}

/** `-O` names the file by the URL, which is right only for a plain name in the top folder; else the name is given. */
function curl(model, selector, { artifacts }) {
  return artifacts.map(({ path }) => {
    const url = fullURL(artifactURL(model.name, selector, path));
    const name = encodeURIComponent(path) === path ? "-fLO" : `-fL --create-dirs -o ${shellWord(path)}`;
    return `curl ${name}${authorization(model)} ${shellWord(url)}`;
  }).join("\n");
}

/**
 * Digests belong to one version, so this fetches the fixed number, whatever an alias says by then.
 *
 * It may be run again at any time: what is there is kept, what is incomplete goes on, and only what holds gets its name.
 */
function resumable(model, version, { artifacts }) {
  return [
    "set -eu",
    `holds() { echo "$1  $2" | sha256sum -c - >/dev/null 2>&1; }`,
    "bring() {",
    `  if holds "$1" "$2"; then return; fi`,
    `  holds "$1" "$2.part" || curl -fL --retry 5 -C - --create-dirs -o "$2.part"${authorization(model)} "$3"`,
    `  holds "$1" "$2.part" || { rm -f "$2.part"; echo "$2: SHA-256 mismatch" >&2; exit 1; }`,
    `  mv "$2.part" "$2"`,
    "}",
    ...artifacts.flatMap(({ path, digest }) => [
      `bring ${digest.replace("sha256:", "")} \\`,
      `  ${shellWord(path)} ${shellWord(fullURL(artifactURL(model.name, version, path)))}`,
    ]),
  ].join("\n");
}

function pull(model, version, selector, variant) {
  const name = selector === "latest" ? model.name : `${model.name}@${selector}`;
  const only = version.variants.length > 1 ? ` --variant ${shellWord(variant.name)}` : "";
  return `moru pull ${shellWord(name)}${only} --into ${shellWord(model.name.split("/")[1])} \\\n  --server ${shellWord(location.origin)}`;
}

function python(model, version, { artifacts }) {
  const files = artifacts.map(({ path, digest }) => `    ${JSON.stringify(path)}: (\n        ${JSON.stringify(fullURL(artifactURL(model.name, version, path)))},\n        ${JSON.stringify(digest.replace("sha256:", ""))},\n    ),`);
  const isPrivate = model.visibility === "private";
  return [
    `import hashlib, ${isPrivate ? "os, " : ""}pathlib, urllib.request`,
    "",
    "files = {",
    ...files,
    "}",
    "for path, (url, digest) in files.items():",
    isPrivate
      ? `    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + os.environ["MORU_TOKEN"]})`
      : "    request = urllib.request.Request(url)",
    "    target = pathlib.Path(path)",
    "    target.parent.mkdir(parents=True, exist_ok=True)",
    "    sha256 = hashlib.sha256()",
    "    with urllib.request.urlopen(request) as answer, target.open(\"wb\") as file:",
    "        while part := answer.read(1 << 20):",
    "            sha256.update(part)",
    "            file.write(part)",
    "    assert sha256.hexdigest() == digest, path",
  ].join("\n");
}
