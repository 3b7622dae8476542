/** Entry of context tags: chips, suggestions, and no surprise while Hangul is being composed. */
import { el, icon } from "./page.js";
import { known as isKnown, label, t } from "./strings.js";
import "./strings-tags.js";

const NUMBER = /^-?\d/;
let serial = 0;

let known = null;
/** What the server called tags in its answers, by `key:value`. */
const learnt = new Map();
/** What draws an input anew once more names are known, by its element: one that is gone is forgotten. */
const drawing = new WeakMap();
/** Makes the suggestions of an input; null until somebody needs them. */
let suggestions = null;

/** Fetches what is commonly asked for; it is there once somebody begins to write tags. */
export const loadTagWords = () => import("./tag-known.js").then((module) => {
  known = module;
  for (const element of document.querySelectorAll(".tag-input")) drawing.get(element)?.();
}, () => {});

/** For pages that have fetched tag-suggest.js before a tag is written. */
export function useSuggestions(make) {
  suggestions = make;
}

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

  const problem = el("p", { class: "tag-problem", role: "alert", hidden: true });
  const chips = el("ul", { class: "tag-chips" });
  const input = el("input", { id, maxlength: "200", "data-errors": name, placeholder: t("tags.placeholder"), "aria-describedby": `${id}-hint` });
  const place = el("div", {});
  let offers = { suggest() {}, stop() {}, none() {} };

  /** The suggestions come with the first visit of the field that has a connection. */
  async function wire() {
    if (!suggestions && !navigator.onLine) return;
    input.removeEventListener("focus", wire);
    loadTagWords();
    try {
      suggestions ??= (await import("./tag-suggest.js")).suggestions;
      offers = suggestions(input, { labelText, tags: () => tags, take });
      place.append(offers.list);
      if (document.activeElement === input) offers.suggest();
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
  function take({ tag, words, key }) {
    if (!key) {
      if (words) learnt.set(tag, words);
      return add(tag);
    }
    input.value = `${key}:`;
    offers.none();
    return input.focus();
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
    offers.none();
    if (added.length > 0) change([...new Set([...tags, ...added])]);
  }

  input.addEventListener("focus", wire);
  input.addEventListener("input", () => {
    problem.hidden = true;
    offers.suggest();
  });
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
    offers.stop();
    if (input.value.trim()) {
      tags = [...new Set([...tags, ...taken(input.value)])];
      show();
    }
  });

  chips.hidden = true;
  const element = el("div", { class: "field tag-input" }, el("label", { for: id }, labelText),
    el("div", { class: "tag-box" }, chips, input), place, problem, el("p", { class: "hint", id: `${id}-hint` }, hint));
  drawing.set(element, () => chips.contains(document.activeElement) || draw());
  return {
    element,
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
