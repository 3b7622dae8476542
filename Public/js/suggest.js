/** What the search field offers while one types: service types, context and models. Loaded when the field is first used. */
import { get } from "./api.js";
import { combobox } from "./combobox.js";
import { el, icon, serviceIcon } from "./page.js";
import { label, language, number, t } from "./strings.js";

const MOST = 10;
const DEBOUNCE = 120;
/** The most characters that suggestions are given for. */
const LONGEST = 128;
const KINDS = ["service", "context", "model"];

/** - `before`: what stood in the field when this module was asked for; more may have been typed by now. */
export function wireSuggestions(input, before) {
  let timer;
  let asking = null;
  let isComposing = false;
  const box = combobox(input, { labelText: t("search.offers"), draw, choose, groupOf: ({ kind }) => t(`offer.${kind}`) });
  input.form.append(box.list);

  async function ask() {
    const text = input.value.trim();
    if (!text || text.length > LONGEST) return box.offer([]);
    asking = new AbortController();
    try {
      const { items, corrected } = await offersFor(text, asking.signal);
      // A syllable on its way may lead nowhere: what was offered before it stays.
      if (items.length === 0 && isComposing) return;
      box.offer(document.activeElement === input ? items : [], corrected && t("offers.corrected", { q: corrected }));
    } catch (error) {
      // Offers are a help: without them one types on.
      if (error.name !== "AbortError") box.offer([]);
    }
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  function choose(item) {
    stop();
    box.offer([]);
    const address = addressOf(item);
    if (location.pathname !== "/" || item.kind === "model") return location.assign(address);
    // Home shows what its address says, without loading again.
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  input.addEventListener("input", (event) => {
    isComposing = event.isComposing;
    stop();
    timer = setTimeout(ask, DEBOUNCE);
  });
  input.form.addEventListener("submit", () => {
    stop();
    box.offer([]);
  });
  if (input.value !== before) ask();
}

/** What goes on like all that was typed; where that is models only, also tags like its last word: the words before it stay. */
async function offersFor(text, signal) {
  let { items, corrected } = await suggested(text, signal);
  const [, rest, last] = text.match(/^(.*\S)\s+(\S{2,}|[\p{Script=Hangul}\p{Script=Han}])$/su) ?? [];
  if (last && items.every(isModel)) {
    const more = await suggested(last, signal);
    const tags = more.items.filter((item) => !isModel(item));
    items = [...tags.map((item) => ({ ...item, rest })), ...items].slice(0, MOST);
    if (tags.length > 0) corrected = more.corrected;
  }
  return { items: items.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)), corrected };
}

async function suggested(text, signal) {
  const { items, corrected } = await get(`/suggest?q=${encodeURIComponent(text)}&limit=${MOST}`, signal);
  return { items: items.filter(({ kind }) => KINDS.includes(kind)), corrected };
}

function isModel({ kind }) {
  return kind === "model";
}

/** An offer in the reader's language, and in the other one where that differs. */
function draw({ kind, value, label: words, count }) {
  const sign = { service: () => serviceIcon(value), context: () => icon("tag"), model: () => icon("cube") }[kind]();
  const name = label({ label: words, value });
  const other = words?.[language === "ko" ? "en" : "ko"];
  return [sign, el("span", {}, name, other && other !== name && el("span", { class: "quiet" }, ` ${other}`)),
    el("span", { class: "quiet mono" }, kind === "service" ? "" : value, typeof count === "number" && ` ${number(count)}`)];
}

/** A service type or a tag joins the filters that are there and takes the place of the words that it was offered for. */
function addressOf({ kind, value, rest }) {
  if (kind === "model") return `/models/${value}`;
  const query = new URLSearchParams(location.pathname === "/" ? location.search : "");
  for (const name of ["cursor", "n", "q"]) query.delete(name);
  if (rest) query.set("q", rest);
  const name = kind === "service" ? "service" : "tag";
  if (!query.has(name, value)) query.append(name, value);
  return `/?${query}`;
}
