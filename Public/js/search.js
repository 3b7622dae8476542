/** The ranked list of home: what is asked of the API, how the query was understood, the models, and the filters. */
import { ApiError, get } from "./api.js";
import { clear, go, headingFor, href, follow, learnMenu, serviceTypes, showCount, showServices, state } from "./home.js";
import { byId, el, redraw, title, toast } from "./page.js";
import { FACETS, facetGroups, split } from "./search-facets.js";
import { place, rowsFor } from "./search-rows.js";
import { itemsOf, learnLabels, nearView, understoodChips, without } from "./search-understood.js";
import "./strings-search.js";
import { known, t } from "./strings.js";

const SORTS = ["relevance", "updated", "downloads", "name", "size", "-size"];
/** What `sort:` in a query calls the orders that have a name here. */
const SORT_WORDS = { score: "relevance", new: "updated" };
const PAGE = 20;
/** The most models of one request: as many are shown again after going back. */
const MOST = 100;
const FACETS_AGAIN = 2000;

/** Where there is no room beside the list, the filters are in a sheet, which is filled when it opens. */
const narrow = matchMedia("(max-width: 1023px)");

const labels = new Map();
let understood = { q: "", items: [] };
let shownFacets = null;
let waiting;
/** The chips of filters, once there are some. */
let filterView = null;

export async function showList(query, signal) {
  clearTimeout(waiting);
  const asked = request(query);
  asked.set("facets", FACETS.join(","));
  if (!query.has("cursor")) asked.set("limit", Math.min(MOST, Math.max(PAGE, Number(query.get("n")) || 0)));
  const loading = Promise.all([get(`/models?${asked}${serviceTypes.length > 0 ? "" : "&include=menu"}`, signal), hasFilters(query) ? rarely("./search-chosen.js") : filterView]);
  showConditions(query);
  const [answer, filters] = await loading;
  filterView = filters;
  const notes = answer.corrected || answer.understood?.relaxed ? (await rarely("./search-notes.js")).notesView(query.get("q") ?? "", answer) : [];
  // The request may have been answered in the moment in which a newer one took its place.
  if (signal.aborted) return;
  if (answer.menu) learnMenu(answer.menu);
  freshResults();
  const heading = headingFor(query);
  title(heading);
  showCount(heading, answer.total);
  showServices(serviceTypes, query, answer.facets?.service);
  showConditions(query, answer, notes);
  showFacets(query, answer, asked, signal);
  byId("show-results").textContent = t("filter.show", { n: answer.total });
  if (answer.items.length === 0) await showNone(query, answer, signal);
  else showRows(answer, query, signal);
}

/** What most searches do without. */
function rarely(module) {
  return import(module).catch(() => {
    throw ApiError.offline();
  });
}

/** The place of the first results is new, so that nothing that was seen moves down for what stands above them. */
function freshResults() {
  const place = byId("results");
  if (!place.querySelector(".skeleton")) return;
  const fresh = place.cloneNode(false);
  const hadFocus = document.activeElement === place;
  place.replaceWith(fresh);
  if (hadFocus) fresh.focus();
}

/** What is asked of the API: values of one key are alternatives, `tag=key:one,other`; different keys must all hold. */
function request(query) {
  const asked = new URLSearchParams();
  for (const name of ["q", "sort", "cursor"]) if (query.has(name)) asked.set(name, query.get(name));
  if (!asked.has("sort")) asked.set("sort", asked.has("q") ? "relevance" : "updated");
  for (const format of query.getAll("format")) asked.append("format", format);
  const tags = [...query.getAll("service").map((id) => ["service", id]), ...query.getAll("tag").map(split)];
  for (const [key, values] of Map.groupBy(tags, ([key]) => key)) asked.append("tag", `${key}:${values.map(([, value]) => alternative(value)).join(",")}`);
  return asked;
}

/** A value among others: in quotes where it could be taken for several. */
function alternative(value) {
  return /^"|,/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function hasFilters(query) {
  return ["service", "format", "tag"].some((name) => query.has(name));
}

/** How the query was understood and which filters hold; before there is an answer, what the URL alone says. */
function showConditions(query, answer, notes) {
  const q = query.get("q") ?? "";
  learnLabels(labels, answer, serviceTypes);
  // What was said of the query before stays until the next answer, so that nothing flickers while one types.
  if (answer || !q || byId("chips").childElementCount === 0) understood = { q, items: itemsOf(q, answer?.understood) };
  const words = understoodChips(understood.q, understood.items, labels, takeOut);
  const filters = hasFilters(query) ? filterView?.filterChips(query, labels) ?? [] : [];
  redraw(byId("chips"), [
    words.length > 0 && el("ul", { "aria-label": t("understood") }, words),
    filters.length > 0 && el("ul", { "aria-label": t("filter") }, filters.map((chip) => el("li", {}, chip))),
    words.length + filters.length > 1 && el("button", { type: "button", class: "chip plain", onclick: clear }, t("filter.clear")),
  ]);
  showSorts(query);
  if (!answer) return;
  byId("notes").replaceChildren(...notes);
  if (byId("notes").textContent) byId("status").append(" ", byId("notes").textContent);
  redraw(byId("near"), answer.total > 0 ? nearView(query, answer, labels, search) : []);
}

/** Takes an item out of the query. Those behind it move up, so that they too can be taken out before the answer comes. */
function takeOut(item) {
  const { q, items } = understood;
  if (state().get("q") !== q) return;
  const rest = without(q, item);
  const shift = [...rest].length - [...q].length;
  const moved = (other) => (other.start < item.start ? other : { ...other, start: other.start + shift, end: other.end + shift });
  understood = { q: rest, items: items.filter((other) => other !== item).map(moved) };
  search(rest);
}

/** Searches for another query under the same filters. */
function search(q) {
  return go((query) => query.set("q", q));
}

/** Says that nothing was found, and what is to blame. */
async function showNone(query, answer, signal) {
  const q = query.get("q") ?? "";
  const { items } = understood;
  const { noMatch, partsOf } = await rarely("./search-empty.js");
  if (signal.aborted) return;
  redraw(byId("results"), [noMatch(partsOf(answer, { points: [...q], items, filters: hasFilters(query) ? filterView.filterGroups(query, labels) : [], takeOut: (item) => without(q, item) }))]);
}

/** Shows the models found; rows that stay are not made anew. */
function showRows(answer, query, signal) {
  const results = byId("results");
  let list = results.querySelector(":scope > .rows:not(.skeleton)");
  const rows = rowsFor(answer.items, labels, list);
  const pager = el("div", { class: "pager" });
  if (!list) list = el("ul", { class: "card rows" });
  const showPager = (next, count) => {
    pager.replaceChildren(...(next ? [el("a", {
      class: "button", href: href((url) => url.set("cursor", next)),
      onclick: (event) => more(event, next, count),
    }, t("page.more", { shown: count, total: answer.total }))] : []));
  };
  const more = async (event, cursor, count) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const asked = request(query);
    asked.set("cursor", cursor);
    asked.set("limit", PAGE);
    try {
      const { next, shown } = await (await rarely("./search-more.js")).addPage({ list, asked, labels, count, signal });
      showPager(next, shown);
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message);
    }
  };
  showPager(answer.next, answer.items.length);
  const first = query.has("cursor") && el("p", { class: "chips" }, el("a", { class: "chip", href: href(() => {}), onclick: follow }, t("page.first")));
  if (list.parentNode) {
    // A row that had the focus and is gone hands it to the list's place.
    const hadFocus = results.contains(document.activeElement);
    place(list, rows);
    for (const node of [...results.children]) if (node !== list) node.remove();
    if (first) list.before(first);
    list.after(pager);
    if (hadFocus && !results.contains(document.activeElement)) results.focus({ preventScroll: true });
  } else {
    place(list, rows);
    redraw(results, [first, list, pager]);
  }
}

/** Fills the sheet of filters, when it opens. */
export function fillSheet() {
  byId("facet-sheet").replaceChildren(...(shownFacets?.() ?? []));
}

/** The facet groups, beside the list or – on a small screen, once it is open – in the sheet. */
function showFacets(query, answer, asked, signal) {
  const isReady = answer.facets_ready !== false;
  // Beside a query the service types are a filter like the others, where several may be chosen.
  byId("services").parentElement.hidden = query.has("q") && (query.has("service") || answer.facets?.service?.length > 0);
  shownFacets = () => (isReady ? facetGroups(query, answer.facets ?? {}, labels) : [el("p", { class: "quiet facet" }, t("facets.wait"))]);
  redraw(byId("facet-side"), narrow.matches ? [] : shownFacets());
  if (byId("filters").open) redraw(byId("facet-sheet"), shownFacets());
  if (isReady || signal.aborted) return;
  const again = async () => {
    try {
      const next = await get(`/models?${asked}`, signal);
      showFacets(query, next, asked, signal);
      showServices(serviceTypes, query, next.facets?.service);
    } catch {
      // The next search asks again.
    }
  };
  waiting = setTimeout(again, FACETS_AGAIN);
}

/** The orders to choose from. One that stands in the query wins, and gives way to one that is chosen. */
function showSorts(query) {
  const inQuery = understood.items.find(({ kind }) => kind === "sort");
  const word = inQuery?.text.replace(/^-?sort:/i, "");
  const chosen = word ? SORT_WORDS[word] ?? word : request(query).get("sort");
  const names = SORTS.filter((name) => name !== "relevance" || query.has("q"));
  if (!names.includes(chosen)) names.push(chosen);
  byId("sort").replaceChildren(...names.map((name) => el("option", { value: name, selected: name === chosen }, known(`sort.${name}`) ? t(`sort.${name}`) : name)));
  byId("sort").onchange = (event) => go((next) => {
    if (inQuery) next.set("q", without(query.get("q"), inQuery));
    next.set("sort", event.target.value);
  });
}

narrow.addEventListener("change", () => redraw(byId("facet-side"), narrow.matches ? [] : shownFacets?.() ?? []));
