/** What is shown where nothing is found: which condition is to blame, and one press that takes it out. */
import { clear, go, short } from "./home.js";
import { el, empty, icon } from "./page.js";
import { t } from "./strings.js";
import "./strings-empty.js";

const MOST = 6;

/**
 * - `parts`: conditions as `{ text, count, drop }`: what it says, how many models there are without it, and what takes it
 *   out; `drop` changes the query of the URL. `isWide` where it is several at once.
 */
export function noMatch(parts) {
  const some = parts.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count);
  // All words or all filters are to blame only where none of them alone is.
  const single = some.filter(({ isWide }) => !isWide);
  const guilty = (single.length > 0 ? single : some).slice(0, MOST);
  const [worst] = guilty;
  const text = worst ? t("empty.guilty", { name: worst.text, n: worst.count }) : parts.length > 1 ? t("empty.none") : t("empty.search");
  const chips = guilty.map(({ text: name, count, drop }) => el("li", {}, el("button", {
    type: "button", class: "chip", "aria-label": t("empty.drop", { name, n: count }), onclick: () => go(drop),
  }, name, el("span", { class: "means" }, icon("close"), t("empty.then", { n: count })))));
  const place = empty("search", t("empty.title"), text, el("button", { type: "button", class: "button", onclick: clear }, t("filter.clear")));
  if (chips.length > 0) place.querySelector(".actions").before(el("ul", { class: "chips guilty", "aria-label": t("empty.without") }, chips));
  return place;
}

/**
 * The conditions of a search with what there would be without each: items of the words, filters of a key (`filters`, in the
 * order in which they were asked for), all words, all filters.
 */
export function partsOf({ without }, { points, items, filters, takeOut }) {
  if (!without) return [];
  const parts = without.items.map(({ start, end, count }) => ({
    text: `“${short(points.slice(start, end).join(""))}”`, count,
    drop: (next) => next.set("q", takeOut(items.find((item) => item.start === start && item.end === end) ?? { start, end })),
  }));
  without.filters.forEach(({ count }, at) => {
    const own = filters[at] ?? [];
    if (own.length > 0) parts.push({ text: own.map(({ text }) => text).join(` ${t("or")} `), count, drop: (next) => own.forEach(({ name, whole }) => next.delete(name, whole)) });
  });
  if (without.q !== null && without.items.length > 1) parts.push({ isWide: true, text: t("empty.words"), count: without.q, drop: (next) => next.delete("q") });
  if (without.all_filters !== null) parts.push({ isWide: true, text: t("empty.filters"), count: without.all_filters, drop: (next) => ["service", "tag", "format"].forEach((name) => next.delete(name)) });
  return parts;
}
