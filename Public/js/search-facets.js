/** The filters beside the list: the values of each key with how many models they would leave. */
import { go } from "./home.js";
import { el, formatName, precisionName } from "./page.js";
import { label, number, t } from "./strings.js";

export const FACETS = ["service", "task", "object", "env", "format", "precision", "accel", "sensor", "license"];

/** A tag as its key and its value. */
export function split(tag) {
  const at = tag.indexOf(":");
  return at < 0 ? ["tag", tag] : [tag.slice(0, at), tag.slice(at + 1)];
}

/** Values that are shown of a key before one asks for more. */
const FEW = 6;
const SHORT = ["format", "accel"];
/** As many values that were there before, and are in no model now, stay to be seen. */
const MOST_SEEN = 12;
const opened = new Set();
const seen = new Map();

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
  if (values.length === 0 && !seen.has(key)) return null;
  values.push(...gone(key, values));
  const names = named(key, values);
  const box = (item) => el("label", {},
    el("input", {
      type: "checkbox", name, value: valueOf(item), checked: isChosen(item), disabled: item.count === 0 && !isChosen(item),
      "data-focus": `facet ${key}:${item.value}`,
      onchange: (event) => go((next) => (event.target.checked ? next.append(name, valueOf(item)) : next.delete(name, valueOf(item)))),
    }),
    el("span", {}, names.get(item)), el("b", {}, number(item.count)));
  const list = el("div", {});
  const isOr = values.filter(isChosen).length > 1;
  const place = el("fieldset", { class: "facet" }, el("legend", {}, t(`facet.${key}`), isOr && el("span", { class: "or" }, t("facets.or"))), list);
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

/** How each value is called; where several are called the same, the value itself tells which is which. */
function named(key, values) {
  const plain = (item) => {
    if (key === "precision") return precisionName(item.value);
    return item.label || !SHORT.includes(key) ? label(item) : formatName(item.value);
  };
  const same = Map.groupBy(values, plain);
  return new Map(values.map((item) => [item, same.get(plain(item)).length === 1 ? plain(item)
    : [plain(item), el("span", { class: "quiet mono" }, ` ${item.value}`)]]));
}

/** Values that models had under other conditions and none has now: they stay, with 0, so that the list does not jump. */
function gone(key, values) {
  const before = seen.get(key) ?? new Map();
  const there = new Set(values.map(({ value }) => value));
  const lost = [...before.values()].filter(({ value }) => !there.has(value)).map((item) => ({ ...item, count: 0 }));
  for (const item of values) if (before.size < MOST_SEEN) before.set(item.value, item);
  seen.set(key, before);
  return lost;
}

/** What is chosen and not counted, as no model has it beside the rest: it must be there to be taken back. */
function missing(key, chosen, counted, labels) {
  const prefix = `${key}:`;
  const own = ["service", "format"].includes(key) ? chosen : chosen.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  return own.filter((value) => !counted.some((item) => item.value === value))
    .map((value) => ({ value, count: 0, label: labels.get(`${key}:${value}`.toLowerCase()) ?? null }));
}
