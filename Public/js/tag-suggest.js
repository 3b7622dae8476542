/** Suggestions of context tags below their field, of the server and of what the portal itself knows. */
import { get } from "./api.js";
import { combobox } from "./combobox.js";
import { el } from "./page.js";
import { label, t } from "./strings.js";
import { knownTags, numberKeys } from "./tag-known.js";

const MOST = 8;

/**
 * - `tags()` are those that are there, which are not offered.
 * - `take(offer)` is called with what is chosen: `{ tag, words }`, or `{ key }` of a number that is still to be typed.
 *
 * `list` belongs behind the field; `suggest()` offers what goes with its text, `stop()` waits for no more, `none()` closes the list too.
 */
export function suggestions(input, { labelText, tags, take }) {
  let asking = null;
  const box = combobox(input, {
    labelText, choose: take,
    draw: ({ tag, words }) => [el("span", {}, words || tag), words && el("span", { class: "quiet mono" }, tag)],
  });
  const offer = (options) => box.offer(options.filter(({ tag }) => !tags().includes(tag)).slice(0, MOST));

  async function suggest() {
    const text = input.value.trim();
    asking?.abort();
    if (!text) return box.offer([]);
    offer(near(text));
    if (!navigator.onLine) return null;
    asking = new AbortController();
    try {
      const { items } = await get(`/suggest?q=${encodeURIComponent(text)}&limit=${2 * MOST}`, asking.signal);
      const tagged = items.filter(({ kind }) => kind === "context").map((item) => ({ tag: item.value, words: item.label && label(item) }));
      if (tagged.length > 0) offer([...tagged, ...near(text).filter(({ tag }) => !tagged.some((other) => other.tag === tag))]);
    } catch {
      // Suggestions are a help: without them one types the tag.
    }
    return null;
  }

  return {
    list: box.list, suggest,
    stop: () => asking?.abort(),
    none() {
      asking?.abort();
      box.offer([]);
    },
  };
}

/** What the portal itself knows: numbers with their unit, then values. */
function near(text) {
  const numbers = text.includes(":") ? [] : numberKeys(text).map(({ key, name, unit }) => ({
    key, tag: `${key}: … ${unit}`, words: `${name} – ${unit ? t("tags.number", { unit }) : t("tags.number.plain")}`,
  }));
  return [...numbers, ...knownTags(text)];
}
