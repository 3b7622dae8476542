/** Programs that fetch a version from this very server: what is copied here runs as it stands, verifies and resumes. */
import { artifactURL } from "./api.js";
import { cProgram } from "./snippet-c.js";
import { swiftProgram } from "./snippet-swift.js";

// Without "=": at the beginning of a word, zsh takes it for the path of a command.
const PLAIN = /^[A-Za-z0-9_@%+:,.\/-]+$/;

/** One word for a POSIX shell. */
function shellWord(text) {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * - `model` (its `name` and `visibility`), `target` (the version that `selector` leads to now), `variant` and the `files` of it.
 * - `isFixed`: whether the selector is a number. The digests of a number are known here; what an alias leads to by then
 *   is not, so the programs take its digest from the server, whose `ETag` it is.
 */
export function snippets({ model, target, selector, isFixed, variant, files }) {
  const all = files.map(({ path, digest }) => ({
    // In a folder of the model's own: pasted into a home directory, no file may take the place of `.profile`.
    path: `${model.name.split("/")[1]}/${path}`, url: location.origin + artifactURL(model.name, selector, path), digest: isFixed ? digest.replace("sha256:", "") : "",
  }));
  const isPrivate = model.visibility === "private";
  return [
    { id: "curl", text: shell(all, isPrivate) },
    { id: "python", text: python(all, isPrivate) },
    { id: "c", text: cProgram(all, isPrivate) },
    { id: "swift", text: swiftProgram(all, isPrivate) },
    { id: "moru", text: pull(model, target, selector, variant) },
  ];
}

function shell(files, isPrivate) {
  const token = isPrivate ? ` -H "Authorization: Bearer $MORU_TOKEN"` : "";
  return [
    "( set -eu",
    ...(isPrivate ? [`: "\${MORU_TOKEN:?put a token with the scope model:read into it}"`] : []),
    `sha256() { { sha256sum <"$1" || shasum -a 256 <"$1"; } 2>/dev/null | cut -c1-64; }`,
    `holds() { [ -f "$1" ] && [ "$(sha256 "$1")" = "$sum" ]; }`,
    "bring() {",
    `  sum=\${3:-$(curl -fsSIL${token} "$1" | sed -n 's/^[Ee][Tt][Aa][Gg]: "sha256:\\([0-9a-f]*\\)".*/\\1/p')}`,
    `  [ -n "$sum" ] || { echo "$2: no SHA-256 from the server" >&2; exit 1; }`,
    `  if holds "$2"; then return; fi`,
    `  part="$2.$(echo "$sum" | cut -c1-12).part"`,
    `  holds "$part" || curl -fL --retry 5 -C - --create-dirs${token} -o "$part" "$1" || [ $? = 22 -a -s "$part" ]`,
    `  holds "$part" || { rm -f -- "$part"; echo "$2: SHA-256 mismatch" >&2; exit 1; }`,
    `  mv -- "$part" "$2"`,
    "}",
    ...files.map(({ url, path, digest }) => `bring ${shellWord(url)} \\\n  ${shellWord(path)}${digest && ` \\\n  ${shellWord(digest)}`}`),
    ")",
  ].join("\n");
}

function pull(model, target, selector, variant) {
  const name = selector === "latest" ? model.name : `${model.name}@${selector}`;
  const only = target.variants.length > 1 ? ` --variant ${shellWord(variant.name)}` : "";
  return `moru pull ${shellWord(name)}${only} --into ${shellWord(model.name.split("/")[1])} \\\n  --server ${shellWord(location.origin)}`;
}

function python(files, isPrivate) {
  return [
    `import hashlib, ${isPrivate ? "os, " : ""}pathlib, urllib.error, urllib.request`,
    "",
    "FILES = {  # path: (URL, SHA-256; without, what the server's ETag says)",
    ...files.map(({ url, path, digest }) => `    ${JSON.stringify(path)}: (\n        ${JSON.stringify(url)},\n        ${JSON.stringify(digest)}),`),
    "}",
    "",
    `def ask(url, method="GET", **fields):`,
    "    request = urllib.request.Request(url, method=method, headers=fields)",
    // A header of its own kind, which no redirection to another server gets.
    ...(isPrivate ? [`    request.add_unredirected_header("Authorization", "Bearer " + os.environ["MORU_TOKEN"])`] : []),
    "    return urllib.request.urlopen(request)",
    "",
    "def sha256(path):",
    "    digest = hashlib.sha256()",
    `    with path.open("rb") as file:`,
    "        while block := file.read(1 << 20):",
    "            digest.update(block)",
    "    return digest.hexdigest()",
    "",
    "for name, (url, digest) in FILES.items():",
    `    digest = digest or ask(url, "HEAD").headers["ETag"].strip('"').removeprefix("sha256:")`,
    `    target = pathlib.Path(name)`,
    `    part = target.with_name(f"{target.name}.{digest[:12]}.part")`,
    "    target.parent.mkdir(parents=True, exist_ok=True)",
    "    if target.exists() and sha256(target) == digest:",
    "        continue",
    "    if not part.exists() or sha256(part) != digest:",
    "        start = part.stat().st_size if part.exists() else 0",
    `        fields = {"Range": f"bytes={start}-"} if start else {}`,
    "        try:",
    `            with ask(url, **fields) as answer, part.open("ab" if answer.status == 206 else "wb") as file:`,
    "                while block := answer.read(1 << 20):",
    "                    file.write(block)",
    "        except urllib.error.HTTPError as error:",
    "            if error.code != 416:  # there is nothing left to fetch",
    "                raise",
    "    if sha256(part) != digest:",
    "        part.unlink()",
    `        raise SystemExit(f"{name}: SHA-256 mismatch")`,
    "    part.replace(target)",
  ].join("\n");
}
