/** What the search field offers while one types: service types, context and models. Loaded when the field is first used. */
import { get } from "./api.js";
import { combobox } from "./combobox.js";
import { el, icon, serviceIcon } from "./page.js";
import { label, t } from "./strings.js";

const MOST = 8;
const DEBOUNCE = 120;

/** - `before`: what stood in the field when this module was asked for; more may have been typed by now. */
export function wireSuggestions(input, before) {
  let timer;
  let asking = null;
  const box = combobox(input, { labelText: t("search.offers"), draw, choose: (item) => location.assign(address(item)) });
  input.form.append(box.list);

  async function ask() {
    const text = input.value.trim();
    if (!text) return box.offer([]);
    asking = new AbortController();
    try {
      const { items } = await get(`/suggest?q=${encodeURIComponent(text)}&limit=${MOST}`, asking.signal);
      box.offer(document.activeElement === input ? items : []);
    } catch (error) {
      // Offers are a help: without them one types on.
      if (error.name !== "AbortError") box.offer([]);
    }
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  input.addEventListener("input", () => {
    stop();
    timer = setTimeout(ask, DEBOUNCE);
  });
  input.form.addEventListener("submit", () => {
    stop();
    box.offer([]);
  });
  if (input.value !== before) ask();
}

function draw({ kind, value, label: words }) {
  const note = kind === "service" ? t("facet.service") : value;
  const sign = { service: () => serviceIcon(value), context: () => icon("tag"), model: () => icon("cube") }[kind]();
  return [sign, el("span", {}, label({ label: words, value })), el("span", { class: "quiet mono" }, note)];
}

/** A service type or a tag joins the filters that are there and takes the place of the words. */
function address({ kind, value }) {
  if (kind === "model") return `/models/${value}`;
  const query = new URLSearchParams(location.pathname === "/" ? location.search : "");
  query.delete("q");
  query.delete("cursor");
  if (kind === "service") query.set("service", value);
  else if (!query.has("tag", value)) query.append("tag", value);
  return `/?${query}`;
}
