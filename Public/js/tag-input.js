/** Entry of context tags: chips, suggestions, and no surprise while Hangul is being composed. */
import { get } from "./api.js";
import { el, icon } from "./page.js";
import { known as isKnown, label, t } from "./strings.js";
import "./strings-tags.js";

const NUMBER = /^-?\d/;

const MOST = 8;
let serial = 0;

let known = null;
/** What the server called tags in its answers, by `key:value`. */
const learnt = new Map();
/** Draws each input anew once more names are known. */
const inputs = [];

/** Fetches what is commonly asked for; it is there once somebody begins to write tags. */
export const loadTagWords = () => import("./tag-known.js").then((module) => {
  known = module;
  for (const draw of inputs) draw();
}, () => {});

/** What a tag is called in the reader's language, as far as that is known yet. */
export function tagWords(tag) {
  return learnt.get(tag) ?? known?.tagWords(tag) ?? tag.slice(tag.indexOf(":") + 1);
}

/** `key:value`; a bare word gets the key `tag`. */
function normalTag(text) {
  const [, key, value] = text.trim().match(/^([a-z][a-z0-9_.-]*(?:@[^:]+)?)\s*:\s*(.+)$/s) ?? [null, "tag", text.trim()];
  return value ? `${key}:${value.trim()}` : null;
}

/** The tags that the server gives, as they are typed; what they are called is kept. */
export function tagTexts(tags) {
  return tags.map((tag) => {
    const text = `${tag.key}:${tag.value}`;
    if (tag.label) learnt.set(text, label(tag));
    return text;
  });
}

/** A control with `tags()` and `set(tags)`; `onchange` gets them after each change, `name` is the field that the server knows it by. */
export function tagInput({ name, labelText, hint, onchange = () => {} }) {
  const id = `tags-${serial += 1}`;
  let tags = [];
  let asking = null;

  const problem = el("p", { class: "tag-problem", role: "alert", hidden: true });
  const chips = el("ul", { class: "tag-chips" });
  const input = el("input", { id, maxlength: "200", "data-errors": name, placeholder: t("tags.placeholder"), "aria-describedby": `${id}-hint` });
  const place = el("div", {});
  let box = { offer() {} };

  /** The suggestions come with the first visit of the field. */
  async function wire() {
    input.removeEventListener("focus", wire);
    loadTagWords();
    try {
      const { combobox } = await import("./combobox.js");
      box = combobox(input, {
        labelText, choose: ({ tag, words, key }) => {
          if (words && !key) learnt.set(tag, words);
          return key ? begin(key) : add(tag);
        },
        draw: ({ tag, words }) => [el("span", {}, words || tag), words && el("span", { class: "quiet mono" }, tag)],
      });
      place.append(box.list);
      if (document.activeElement === input) suggest();
    } catch {
      input.addEventListener("focus", wire);
    }
  }

  function draw() {
    chips.replaceChildren(...tags.map((tag) => el("li", { class: "chip", title: tag, "data-tag": tag }, shown(tag),
      el("button", { type: "button", "aria-label": t("remove", { name: shown(tag) }), onclick: () => change(tags.filter((other) => other !== tag)) }, icon("close")))));
    chips.hidden = tags.length === 0;
  }

  function show() {
    draw();
    onchange(tags);
  }

  function change(next) {
    tags = next;
    show();
    input.focus();
  }

  /** A number is typed behind its key. */
  function begin(key) {
    input.value = `${key}:`;
    box.offer([]);
    input.focus();
  }

  /** Tags of the text that can be taken; a number that is none stays in the field, and is said. */
  function taken(text) {
    const all = text.split(",").map(normalTag).filter(Boolean);
    const wrong = all.find((tag) => known?.numberKey(tag.split(":", 1)[0]) && !NUMBER.test(tag.slice(tag.indexOf(":") + 1)));
    const number = wrong && known.numberKey(wrong.split(":", 1)[0]);
    problem.textContent = number ? t("tags.number.wrong", { name: number.name, tag: number.example }) : "";
    problem.hidden = !number;
    input.value = wrong ?? "";
    return all.filter((tag) => tag !== wrong);
  }

  function add(text) {
    const added = taken(text);
    asking?.abort();
    box.offer([]);
    if (added.length > 0) change([...new Set([...tags, ...added])]);
  }

  function offer(options) {
    box.offer(options.filter(({ tag }) => !tags.includes(tag)).slice(0, MOST));
  }

  async function suggest() {
    const text = input.value.trim();
    asking?.abort();
    problem.hidden = true;
    if (!text) return box.offer([]);
    offer(near(text));
    asking = new AbortController();
    try {
      const { items } = await get(`/suggest?q=${encodeURIComponent(text)}&limit=${2 * MOST}`, asking.signal);
      const tagged = items.filter(({ kind }) => kind === "context").map((item) => ({ tag: item.value, words: item.label && label(item) }));
      if (tagged.length > 0) offer([...tagged, ...near(text).filter(({ tag }) => !tagged.some((other) => other.tag === tag))]);
    } catch {
      // Suggestions are a help: without them one types the tag.
    }
  }

  input.addEventListener("focus", wire);
  input.addEventListener("input", suggest);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || (event.key === "," && input.value.trim())) {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value && tags.length > 0) {
      change(tags.slice(0, -1));
    }
  });
  input.addEventListener("blur", () => {
    asking?.abort();
    if (input.value.trim()) {
      tags = [...new Set([...tags, ...taken(input.value)])];
      show();
    }
  });

  chips.hidden = true;
  inputs.push(() => chips.contains(document.activeElement) || draw());
  return {
    element: el("div", { class: "field tag-input" }, el("label", { for: id }, labelText),
      el("div", { class: "tag-box" }, chips, input), place, problem, el("p", { class: "hint", id: `${id}-hint` }, hint)),
    tags: () => tags,
    set(next) {
      tags = next;
      show();
    },
  };
}

/** As people call it, with the kind that it is of; as it was typed where it has no name. */
function shown(tag) {
  const [key] = tag.split(":", 1);
  const value = tag.slice(key.length + 1);
  if (key === "tag") return value;
  const words = tagWords(tag);
  if (words === value) return tag;
  return isKnown(`facet.${key}`) ? `${t(`facet.${key}`)}: ${words}` : words;
}

/** What the portal itself knows: numbers with their unit, then values. */
function near(text) {
  if (!known) return [];
  const numbers = text.includes(":") ? [] : known.numberKeys(text).map(({ key, name, unit }) => ({
    key, tag: `${key}: … ${unit}`, words: `${name} – ${unit ? t("tags.number", { unit }) : t("tags.number.plain")}`,
  }));
  return [...numbers, ...known.knownTags(text)];
}
