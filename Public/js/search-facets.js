/** The filters beside the list: the values of each key with how many models they would leave. */
import { go } from "./home.js";
import { el, formatName } from "./page.js";
import { label, number, t } from "./strings.js";

export const FACETS = ["service", "task", "object", "env", "format", "precision", "accel", "sensor", "license"];

/** Values that are shown of a key before one asks for more. */
const FEW = 6;
const SHORT = ["format", "precision", "accel"];
const opened = new Set();

/** A group for each key that has values. Those of one key are alternatives, so its counts leave its own choice aside. */
export function facetGroups(query, facets, labels) {
  // Without words the service types are the menu.
  return FACETS.filter((key) => key !== "service" || query.has("q")).map((key) => group(key, query, facets[key] ?? [], labels)).filter(Boolean);
}

function group(key, query, counted, labels) {
  const name = ["service", "format"].includes(key) ? key : "tag";
  const valueOf = (item) => (name === "tag" ? `${key}:${item.value}` : item.value);
  const isChosen = (item) => query.has(name, valueOf(item));
  const values = [...counted, ...missing(key, query.getAll(name), counted, labels)];
  if (values.length === 0) return null;
  const box = (item) => el("label", {},
    el("input", {
      type: "checkbox", name, value: valueOf(item), checked: isChosen(item), disabled: item.count === 0 && !isChosen(item),
      "data-focus": `facet ${key}:${item.value}`,
      onchange: (event) => go((next) => (event.target.checked ? next.append(name, valueOf(item)) : next.delete(name, valueOf(item)))),
    }),
    el("span", {}, item.label || !SHORT.includes(key) ? label(item) : formatName(item.value)), el("b", {}, number(item.count)));
  const list = el("div", {});
  const place = el("fieldset", { class: "facet" }, el("legend", {}, t(`facet.${key}`)), list);
  const show = () => {
    const isOpen = opened.has(key);
    const few = values.filter((item, at) => at < FEW || isChosen(item));
    const rest = values.length - few.length;
    list.replaceChildren(...(isOpen ? values : few).map(box));
    if (rest > 0) list.append(toggle(isOpen, rest));
  };
  const toggle = (isOpen, rest) => el("button", {
    type: "button", class: "facet-more", "aria-expanded": String(isOpen), "data-focus": `more ${key}`,
    "aria-label": `${t(`facet.${key}`)}: ${isOpen ? t("facets.fewer") : t("facets.more", { n: rest })}`,
    onclick: () => {
      if (!opened.delete(key)) opened.add(key);
      show();
      // The first of those that came, or the button again.
      (isOpen ? list.lastChild : list.querySelectorAll("input")[FEW]).focus();
    },
  }, isOpen ? t("facets.fewer") : t("facets.more", { n: rest }));
  show();
  return place;
}

/** What is chosen and not counted, as no model has it beside the rest: it must be there to be taken back. */
function missing(key, chosen, counted, labels) {
  const prefix = `${key}:`;
  const own = ["service", "format"].includes(key) ? chosen : chosen.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  return own.filter((value) => !counted.some((item) => item.value === value))
    .map((value) => ({ value, count: 0, label: labels.get(`${key}:${value}`.toLowerCase()) ?? null }));
}
