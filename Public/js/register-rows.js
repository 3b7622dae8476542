/** A row of the list of files: its name, how far it is, and what can be done about it. */
import { badge, el, icon } from "./page.js";
import { visiblePath } from "./register-paths.js";
import { bytes, t } from "./strings.js";
import "./strings-uploads.js";

const SHORT_PATH = 80;
const ACTIONS = {
  queued: ["pause"], moving: ["pause"], verifying: [], "signed-out": [], paused: ["resume"], broken: ["retry", "pause"], failed: ["retry"], lost: ["choose"], done: [], refused: [],
};
const ICONS = { pause: "pause", resume: "play", retry: "retry" };

/** `refused`, `done`, `lost` – its bytes are to be chosen again – or as of its upload. */
export function stateOf(entry) {
  if (entry.refusal) return "refused";
  if (entry.digest) return "done";
  return entry.upload?.state ?? "lost";
}

export class FileRow {
  constructor(entry, list) {
    Object.assign(this, { entry, list });
    const name = visiblePath(entry.path);
    this.words = el("span", { class: "quiet upload-words" });
    this.bar = el("progress", { max: 1, value: 0, "aria-label": t("upload.of", { name }) });
    this.error = el("p", { class: "upload-note", id: `file-${FileRow.serial += 1}` });
    this.actions = el("span", { class: "upload-actions" });
    this.variant = el("input", {
      value: entry.variant, "aria-label": t("register.variant-of", { name }), maxlength: "64", spellcheck: "false", autocomplete: "off", autocapitalize: "none", "data-errors": "variant",
      onchange: (event) => {
        entry.variant = event.target.value.trim() || "default";
        list.onChange();
      },
    });
    this.node = el("li", { class: "upload" },
      el("span", { class: "upload-type mono", "aria-hidden": "true" }, extensionOf(entry.path) || icon("file")),
      el("div", {},
        el("div", { class: "upload-line" }, el("strong", { title: name.length > SHORT_PATH ? name : null, dir: "ltr" }, el("bdi", {}, shortened(name))), this.words),
        this.bar, this.error, this.variant),
      this.actions);
  }

  show() {
    const { entry, list } = this;
    const state = stateOf(entry);
    this.variant.hidden = !list.isSplit || state === "refused";
    this.words.textContent = wordsOf(entry, state);
    this.bar.hidden = ["refused", "failed"].includes(state) && entry.sent === 0;
    if (state === "verifying") this.bar.removeAttribute("value");
    else this.bar.value = state === "done" || entry.size === 0 ? 1 : (entry.sent ?? 0) / entry.size;
    const note = noteOf(entry, state);
    this.error.textContent = note;
    this.error.hidden = !note;
    if (state === this.state) return;
    this.state = state;
    this.node.dataset.state = state;
    this.#showActions(state);
  }

  #showActions(state) {
    const name = visiblePath(this.entry.path);
    const held = this.actions.contains(document.activeElement) ? document.activeElement.dataset.what : null;
    const buttons = [...ACTIONS[state], "remove"].map((what) => el("button", {
      type: "button", class: what === "choose" ? "button small" : "icon-button", "data-what": what, "aria-label": t(`file.${what}`, { name }), title: t(`file.${what}`, { name }),
      onclick: () => this.list.act(this.entry, what),
    }, what === "choose" ? t("register.pick") : icon(ICONS[what] ?? "close")));
    this.actions.replaceChildren(...[state === "done" && badge("ok", "check", t("file.done"))].filter(Boolean), ...buttons);
    if (held) (buttons.find((button) => button.dataset.what === held) ?? buttons[0]).focus();
  }
}
FileRow.serial = 0;

// Anybody may call a file `.constructor`.
const SHORT_TYPES = { __proto__: null, tflite: "TFL", safetensors: "ST", mlmodel: "ML" };

/** What stands before a file: its type in at most four letters; nothing when there is no such name. */
function extensionOf(path) {
  const extension = path.match(/\.([^./]+)$/)?.[1] ?? "";
  return SHORT_TYPES[extension.toLowerCase()] ?? (/^\w{1,4}$/.test(extension) ? extension.toUpperCase() : "");
}

/** The end of a path tells more than its middle. */
function shortened(name) {
  return name.length > SHORT_PATH ? `${name.slice(0, SHORT_PATH / 2)}…${name.slice(-SHORT_PATH / 2)}` : name;
}

function wordsOf(entry, state) {
  const ofAll = `${bytes(Math.min(entry.sent ?? 0, entry.size))} / ${bytes(entry.size)}`;
  switch (state) {
    case "queued": return `${bytes(entry.size)} · ${t("file.state.queued")}`;
    case "moving": return progressWords(entry, ofAll);
    case "verifying": return `${bytes(entry.size)} · ${t("file.state.verifying")}`;
    case "done": return `${bytes(entry.size)} · ${t("file.state.done")}`;
    case "paused": return `${ofAll} · ${t("file.state.paused")}`;
    case "refused": return bytes(entry.size);
    default: return ofAll;
  }
}

/** "11 MB / 12.2 MB · 4.4 MB/s · 1 s left" */
function progressWords({ upload }, ofAll) {
  const parts = [ofAll];
  if (upload.rate > 0) parts.push(`${bytes(Math.round(upload.rate))}/s`);
  if (upload.left !== null) parts.push(upload.left < 90 ? t("upload.seconds", { n: Math.ceil(upload.left) }) : t("upload.minutes", { n: Math.ceil(upload.left / 60) }));
  return parts.join(" · ");
}

function noteOf({ upload, sent, size, refusal }, state) {
  switch (state) {
    case "refused": return refusal;
    case "broken": return brokenWords(upload);
    case "signed-out": return t("file.state.signed-out");
    case "failed": return failedWords(upload);
    case "lost": return sent > 0 ? t("file.state.lost", { percent: Math.floor((sent / size) * 100) }) : t("file.state.lost.all");
    case "moving": return upload.restarted ? t(`file.restarted.${upload.restarted}`) : "";
    default: return "";
  }
}

function failedWords({ restarted, error }) {
  if (restarted === "differs") return t("file.differs.again");
  return error.status === 507 ? t("file.state.full") : error.message;
}

function brokenWords({ error, retryAt }) {
  if (!navigator.onLine) return t("file.state.offline");
  const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
  return error.status === 0 ? t("file.state.broken", { n: seconds }) : t("file.state.refused", { status: String(error.status), n: seconds });
}
