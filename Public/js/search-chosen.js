/** The filters that are chosen, and their chips. Loaded with the first of them. */
import { go } from "./home.js";
import { el, formatName, icon, precisionName } from "./page.js";
import { split } from "./search-facets.js";
import { label, t } from "./strings.js";
import { tagWords } from "./tag-known.js";

/** The filters of the URL: the parameter and its value as it stands there, the context key, the value, and how it is called. */
function filtersOf(query, labels) {
  const named = (key, value) => {
    const found = labels.get(`${key}:${value}`.toLowerCase());
    if (key === "precision") return precisionName(value);
    if (found) return label({ label: found, value });
    // What no model has is in no answer: it is called as the portal knows it.
    return ["format", "accel"].includes(key) ? formatName(value) : tagWords(`${key}:${value}`);
  };
  return ["service", "format", "tag"].flatMap((name) => query.getAll(name).map((whole) => {
    const [key, value] = name === "tag" ? split(whole) : [name, whole];
    return { name, whole, key, value, text: named(key, value) };
  }));
}

/** The filters of each key, in the order in which the API is asked: a format comes last there. */
export function filterGroups(query, labels) {
  const groups = [...Map.groupBy(filtersOf(query, labels), ({ name, key }) => (name === "format" ? "" : key)).values()];
  return groups.sort(([one], [other]) => (one.name === "format") - (other.name === "format"));
}

/** A chip for each filter; those of one key are alternatives, and an "or" between them says so. */
export function filterChips(query, labels) {
  const chip = ({ name, whole, text }) => el("button", {
    type: "button", class: "chip", "aria-label": t("remove", { name: text }), "data-focus": `${name} ${whole}`,
    onclick: () => go((next) => next.delete(name, whole)),
  }, text, icon("close"));
  return filterGroups(query, labels).flatMap((same) => same.map((filter, at) =>
    [at > 0 && el("span", { class: "or" }, t("or")), chip(filter)]));
}
