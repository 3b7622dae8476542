/** The ranked list of home: what is asked of the API, how the query was understood, the models, and the filters. */
import { get } from "./api.js";
import { clear, go, headingFor, href, follow, loadServices, row, serviceTypes, showCount, showServices, state } from "./home.js";
import { byId, el, empty, formatName, icon, redraw, title, toast } from "./page.js";
import { FACETS, facetGroups } from "./search-facets.js";
import { itemsOf, learnLabels, nearView, notesView, understoodChips, whyLine, without } from "./search-understood.js";
import "./strings-search.js";
import { known, label, t } from "./strings.js";

const SORTS = ["relevance", "updated", "downloads", "name", "size", "-size"];
/** What `sort:` in a query calls the orders that have a name here. */
const SORT_WORDS = { score: "relevance", new: "updated" };
const PAGE = 20;
/** The most models of one request: as many are shown again after going back. */
const MOST = 100;
const FACETS_AGAIN = 2000;

const labels = new Map();
let understood = { q: "", items: [] };
let waiting;

export async function showList(query, signal) {
  clearTimeout(waiting);
  showConditions(query);
  const asked = request(query);
  asked.set("facets", FACETS.join(","));
  if (!query.has("cursor")) asked.set("limit", Math.min(MOST, Math.max(PAGE, Number(query.get("n")) || 0)));
  const [answer, services] = await Promise.all([get(`/models?${asked}`, signal), loadServices(signal)]);
  freshResults();
  const heading = headingFor(query);
  title(heading);
  showCount(heading, answer.total);
  showServices(services, query, answer.facets?.service);
  showConditions(query, answer);
  showFacets(query, answer, asked, signal);
  byId("show-results").textContent = t("filter.show", { n: answer.total });
  redraw(byId("results"), answer.items.length === 0 ? [noMatch(query, answer)] : listView(answer, query, signal));
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
  for (const [key, values] of Map.groupBy(tags, ([key]) => key)) asked.append("tag", `${key}:${values.map(([, value]) => value).join(",")}`);
  return asked;
}

function split(tag) {
  const at = tag.indexOf(":");
  return at < 0 ? ["tag", tag] : [tag.slice(0, at), tag.slice(at + 1)];
}

/** How the query was understood and which filters hold; before there is an answer, what the URL alone says. */
function showConditions(query, answer) {
  const q = query.get("q") ?? "";
  learnLabels(labels, answer, serviceTypes);
  // What was said of the query before stays until the next answer, so that nothing flickers while one types.
  if (answer || !q || byId("chips").childElementCount === 0) understood = { q, items: itemsOf(q, answer?.understood) };
  const words = understoodChips(understood.q, understood.items, labels, takeOut);
  const filters = filterChips(query);
  redraw(byId("chips"), [
    words.length > 0 && el("ul", { "aria-label": t("understood") }, words),
    filters.length > 0 && el("ul", { "aria-label": t("filter") }, filters.map((chip) => el("li", {}, chip))),
    words.length + filters.length > 1 && el("button", { type: "button", class: "chip plain", onclick: clear }, t("filter.clear")),
  ]);
  showSorts(query);
  if (!answer) return;
  byId("notes").replaceChildren(...notesView(q, answer));
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

function filterChips(query) {
  const named = (key, value) => {
    const found = labels.get(`${key}:${value}`.toLowerCase());
    return found ? label({ label: found, value }) : ["format", "precision", "accel"].includes(key) ? formatName(value) : value;
  };
  const chosen = [
    ...query.getAll("service").map((value) => ["service", value, named("service", value)]),
    ...query.getAll("format").map((value) => ["format", value, named("format", value)]),
    ...query.getAll("tag").map((value) => ["tag", value, named(...split(value))]),
  ];
  return chosen.map(([name, value, text]) => el("button", {
    type: "button", class: "chip", "aria-label": t("remove", { name: text }), "data-focus": `${name} ${value}`,
    onclick: () => go((next) => next.delete(name, value)),
  }, text, icon("close")));
}

function noMatch(query, answer) {
  return empty("search", t("empty.title"), answer.understood ? t("empty.search") : t("empty.text"),
    el("button", { type: "button", class: "button", onclick: clear }, t("filter.clear")));
}

function listView(answer, query, signal) {
  const draw = (items) => items.map((item) => row(item, whyLine(item, labels)));
  const rows = el("ul", { class: "card rows" }, draw(answer.items));
  const pager = el("div", { class: "pager" });
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
      const page = await get(`/models?${asked}`, signal);
      const added = draw(page.items);
      rows.append(...added);
      showPager(page.next, count + added.length);
      added[0]?.querySelector("a").focus();
      remember(count + added.length);
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message);
    }
  };
  showPager(answer.next, answer.items.length);
  const first = query.has("cursor") && el("p", { class: "chips" }, el("a", { class: "chip", href: href(() => {}), onclick: follow }, t("page.first")));
  return [first, rows, pager];
}

/** Keeps in the URL how many models are shown, so that going back shows them again. */
function remember(count) {
  const query = state();
  if (query.has("cursor")) return;
  query.set("n", count);
  history.replaceState(null, "", `/?${query}`);
}

/** The facet groups, beside the list or – on a small screen – in the sheet. */
function showFacets(query, answer, asked, signal) {
  const place = byId(byId("filters").open ? "facet-sheet" : "facet-side");
  const isReady = answer.facets_ready !== false;
  // Beside a query the service types are a filter like the others, where several may be chosen.
  byId("services").parentElement.hidden = query.has("q") && (query.has("service") || answer.facets?.service?.length > 0);
  if (isReady) redraw(place, facetGroups(query, answer.facets ?? {}, labels));
  else place.replaceChildren(el("p", { class: "quiet facet" }, t("facets.wait")));
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

/** "j" and "k" go through the models found. */
function wireKeys() {
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const isElsewhere = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (!step || isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const titles = [...document.querySelectorAll("#results .row-title")];
    const at = titles.indexOf(document.activeElement);
    titles[at < 0 ? 0 : Math.min(titles.length - 1, Math.max(0, at + step))]?.focus();
  });
}

wireKeys();
