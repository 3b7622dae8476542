/** The files of a registration: what was chosen, what the server would refuse, and how far each one is. */
import { get } from "./api.js";
import { fingerprint } from "./digest.js";
import { openDialog } from "./form.js";
import { el, toast } from "./page.js";
import { dropFile, keepFile, keptFile } from "./register-kept.js";
import { folded, visiblePath } from "./register-paths.js";
import { FileRow, stateOf } from "./register-rows.js";
import { pathProblem } from "./register-rules.js";
import { bytes, limitWords, t } from "./strings.js";
import "./strings-uploads.js";
import { Upload } from "./upload.js";
import { UploadQueue } from "./upload-queue.js";

const NAMED_IN_DIALOG = 5;

/** A file of the list: with `refusal` it is never sent; without `file` it has to be chosen again, unless it has a `digest`. */
function entryOf(path, file) {
  return { path, file, size: file.size, modified: file.lastModified, print: null, variant: "default", id: null, sent: 0, digest: null, upload: null, refusal: null };
}

export class FileList {
  entries = [];
  #queue = new UploadQueue();
  #rows = new Map();
  #waiters = [];

  /**
   * - `place` is the list; `limits` as the server says them in `about`.
   * - `onChange()` is called when anything but progress has changed; `askSignIn` as of an upload.
   */
  constructor({ place, draft, limits, onChange, askSignIn, pick }) {
    Object.assign(this, { place, draft, limits, onChange, askSignIn, pick });
    setInterval(() => this.entries.filter((entry) => stateOf(entry) === "broken").forEach((entry) => this.#rows.get(entry)?.show()), 1000);
  }

  get sendable() {
    return this.entries.filter(({ refusal }) => !refusal);
  }

  get total() {
    return this.sendable.reduce((sum, { size }) => sum + size, 0);
  }

  count(...states) {
    return this.entries.filter((entry) => states.includes(stateOf(entry))).length;
  }

  // MARK: What comes in

  async add(chosen) {
    const next = chosen.map(({ path, file }) => ({ path: path.normalize("NFC"), file }));
    if (this.sendable.length + next.length > this.limits.uploads) {
      const again = next.filter(({ path }) => this.#at(path)).length;
      if (this.sendable.length + next.length - again > this.limits.uploads) {
        return openDialog({ title: t("files.many.title"), content: el("p", {}, t("files.many", { n: next.length, most: this.limits.uploads })) });
      }
    }
    const changed = [];
    for (const { path, file } of next) {
      const known = this.#at(path);
      if (!known) this.#take(entryOf(path, file));
      else if (known.refusal) this.#replace(known, file);
      else if (!known.file && await this.#isSame(known, file)) this.#attach(known, file);
      else if (known.size !== file.size || known.modified !== file.lastModified || !await this.#isSame(known, file)) changed.push([known, file]);
      else toast(t("file.again", { name: path }));
    }
    this.#changed();
    if (changed.length > 0) this.#askToReplace(changed);
    return null;
  }

  #at(path) {
    return this.entries.find((entry) => folded(entry.path) === folded(path));
  }

  async #isSame(entry, file) {
    return entry.size === file.size && (!entry.print || entry.print === await fingerprint(file).catch(() => null));
  }

  #askToReplace(changed) {
    openDialog({
      title: t("file.replace.title"),
      submit: t("file.replace"),
      content: [
        el("p", {}, t("file.replace.text", { n: changed.length })),
        el("ul", { class: "notes" }, changed.slice(0, NAMED_IN_DIALOG).map(([entry, file]) => el("li", {},
          el("bdi", { class: "mono" }, visiblePath(entry.path)), ` ${bytes(entry.size)} → ${bytes(file.size)}`))),
        changed.length > NAMED_IN_DIALOG && el("p", {}, t("files.others", { n: changed.length - NAMED_IN_DIALOG })),
      ],
      action: () => {
        for (const [entry, file] of changed) this.#replace(entry, file);
        this.#changed();
      },
    });
  }

  #replace(entry, file) {
    const { variant } = entry;
    const at = this.entries.indexOf(entry);
    this.#end(entry);
    this.entries.splice(at, 1);
    this.#take(Object.assign(entryOf(entry.path, file), { variant }), at);
  }

  #take(entry, at = this.entries.length) {
    this.entries.splice(at, 0, entry);
    entry.refusal = this.#refusal(entry);
    if (entry.refusal) return;
    fingerprint(entry.file).then((print) => {
      entry.print = print;
      this.onChange();
    }, () => {});
    keepFile(this.draft.id, entry.path, entry.file);
    this.#start(entry);
  }

  #refusal({ path, size }) {
    const { upload_bytes: each, uploads_bytes: all } = this.limits;
    const problem = pathProblem(path);
    if (problem) return problem;
    if (size === 0) return t("file.empty");
    if (size > each) return t("file.large", { size: bytes(size), limit: limitWords(each) });
    return this.total > all ? t("file.too-much", { limit: limitWords(all) }) : null;
  }

  #attach(entry, file) {
    Object.assign(entry, { file, modified: file.lastModified });
    keepFile(this.draft.id, entry.path, file);
    if (!entry.digest) this.#start(entry);
  }

  #start(entry) {
    entry.upload = new Upload({
      file: entry.file, path: entry.path, id: entry.id, askSignIn: this.askSignIn,
      onChange: (upload, isProgress) => this.#moved(entry, upload, isProgress),
    });
    entry.upload.sent = entry.sent;
    this.#queue.add(entry.upload);
  }

  #moved(entry, upload, isProgress) {
    if (entry.upload !== upload) return;
    Object.assign(entry, { id: upload.id, sent: upload.sent, digest: upload.digest });
    // Its bytes are gone from here: only another choice helps.
    if (upload.state === "lost") Object.assign(entry, { file: null, upload: null });
    if (isProgress) this.#rows.get(entry)?.show();
    else this.#changed();
  }

  // MARK: What is done with it

  act(entry, what) {
    if (what === "pause") entry.upload.pause();
    else if (what === "choose") this.pick();
    else if (what === "remove") this.remove(entry);
    else this.#queue.resume(entry.upload);
  }

  remove(entry) {
    this.#end(entry);
    this.entries = this.entries.filter((other) => other !== entry);
    this.#changed();
  }

  removeRefused() {
    this.entries = this.sendable;
    this.#changed();
  }

  #end(entry) {
    if (entry.refusal) return;
    const upload = entry.upload ?? (entry.id && new Upload({ id: entry.id, onChange: () => {} }));
    entry.upload = null;
    if (upload) this.#queue.remove(upload);
    dropFile(this.draft.id, entry.path);
  }

  /** Ends all uploads, here and on the server. */
  removeAll() {
    for (const entry of this.entries) this.#end(entry);
    this.entries = [];
  }

  /** Fulfilled with true once all is there, with false as soon as that needs somebody's hand. */
  finished() {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#tellWaiters();
    });
  }

  stopWaiting() {
    for (const resolve of this.#waiters.splice(0)) resolve(false);
  }

  #tellWaiters() {
    const isDone = this.count("done") === this.entries.length;
    if (isDone || this.count("paused", "failed", "lost", "refused") > 0) for (const resolve of this.#waiters.splice(0)) resolve(isDone);
  }

  /** The server said that it has the upload of this artifact no more: it is sent again. */
  sendAgain(entry) {
    Object.assign(entry, { id: null, digest: null, sent: 0 });
    entry.upload = null;
    if (entry.file) this.#start(entry);
    this.#changed();
  }

  // MARK: The draft

  describe() {
    return this.sendable.map(({ path, size, modified, print, variant, id, sent, digest }) => ({ path, size, modified, print, variant, id, sent, digest }));
  }

  /** Takes up the files of the draft; those whose bytes this browser has not kept wait to be chosen again. */
  async restore(files) {
    if (files.length === 0) return;
    this.entries = files.map((file) => ({ ...file, file: null, upload: null, refusal: null }));
    this.#changed();
    const there = await get("/uploads").then(({ items }) => new Set(items.map(({ id }) => id)), () => null);
    for (const entry of this.entries) {
      if (there && entry.id && !there.has(entry.id)) Object.assign(entry, { id: null, digest: null, sent: 0 });
      entry.file = await keptFile(this.draft.id, entry.path);
      if (entry.file && !entry.digest && this.entries.includes(entry)) this.#start(entry);
    }
    this.#changed();
  }

  // MARK: What is shown

  #changed() {
    this.show();
    this.#tellWaiters();
    this.onChange();
  }

  show(isSplit = this.isSplit) {
    this.isSplit = isSplit;
    for (const entry of this.#rows.keys()) if (!this.entries.includes(entry)) this.#rows.delete(entry);
    for (const entry of this.entries) {
      if (!this.#rows.has(entry)) this.#rows.set(entry, new FileRow(entry, this));
    }
    const nodes = this.entries.map((entry) => this.#rows.get(entry).node);
    const isSameOrder = nodes.length === this.place.children.length && nodes.every((node, at) => node === this.place.children[at]);
    if (!isSameOrder) this.#draw(nodes);
    this.place.hidden = nodes.length === 0;
    for (const row of this.#rows.values()) row.show();
  }

  /** When a row goes that has the focus, its neighbour gets it. */
  #draw(nodes) {
    const at = [...this.place.children].findIndex((node) => node.contains(document.activeElement));
    this.place.replaceChildren(...nodes);
    if (at >= 0 && !this.place.contains(document.activeElement)) nodes[Math.min(at, nodes.length - 1)]?.querySelector("button")?.focus();
  }
}
