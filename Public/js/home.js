/** Home: models by service type. With a query or a filter it is the ranked list of search.js. The state is the URL. */
import { ApiError, currentSession, get } from "./api.js";
import { badge, byId, el, empty, failure, formatName, icon, precisionName, redraw, serviceIcon, serviceTile, sparkline, sum, title, toast } from "./page.js";
import { ago, bytes, label, number, t } from "./strings.js";

const FILTERS = ["q", "service", "tag", "format"];
const DEBOUNCE = 120;

let running = null;
let shown = null;
let search = null;
export let serviceTypes = [];
/** How many models there are, once home has said it. */
let everything = null;

export function state() {
  return new URLSearchParams(location.search);
}

function isList(query) {
  return [...FILTERS, "sort", "cursor"].some((name) => query.has(name));
}

function changed(change) {
  const query = state();
  for (const name of ["cursor", "n"]) query.delete(name);
  change(query);
  for (const [name, value] of [...query]) if (!value) query.delete(name, value);
  return query;
}

/** The address of the same page with another state; a change of the conditions starts at the first page again. */
export function href(change) {
  const query = changed(change);
  return query.size ? `/?${query}` : "/";
}

/** Goes to another state of the page; the search field shows its query. */
export function go(change, replace = false) {
  history[replace ? "replaceState" : "pushState"](null, "", href(change));
  fillField();
  return show();
}

function fillField() {
  const text = state().get("q") ?? "";
  // What is being typed may end with a space that the query does without.
  if (byId("q").value.trim() !== text.trim()) byId("q").value = text;
}

/** Follows a link within this page without loading it again. */
export function follow(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", event.currentTarget.href);
  fillField();
  scrollTo(0, 0);
  return show();
}

export function clear() {
  return go((query) => FILTERS.forEach((name) => query.delete(name)));
}

/** What shows lists, loaded when there is one to show. */
async function searchParts() {
  try {
    search = await import("./search.js");
  } catch {
    throw ApiError.offline();
  }
  return search;
}

/** Loads what the URL says. A newer call ends an older one, so an older answer never covers a newer one. */
async function show() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  shown = location.search;
  const query = state();
  const list = isList(query);
  byId("results").setAttribute("aria-busy", "true");
  showConditions(list, query);
  try {
    if (list) await (search ?? await searchParts()).showList(query, signal);
    else await showSections(signal);
  } catch (error) {
    if (error.name === "AbortError" || signal.aborted) return;
    byId("count").textContent = "";
    byId("results").replaceChildren(failure(error, search || !list ? show : () => location.reload()));
    loadServices(signal).then((services) => showServices(services, query), () => {});
  }
  if (!signal.aborted) byId("results").removeAttribute("aria-busy");
}

/** What the URL alone says, shown at once, so that nothing moves when the answer comes. */
function showConditions(list, query) {
  byId("heading").textContent = list ? headingFor(query) : t("home.title");
  for (const id of ["sort-label", "open-filters", "skip-filters"]) byId(id).hidden = !list;
  byId("activity").hidden = list;
  if (!query.has("q")) byId("services").parentElement.hidden = false;
  byId("chips").hidden = !FILTERS.some((name) => query.has(name));
  if (!list) for (const id of ["chips", "notes", "near", "facet-side"]) redraw(byId(id), []);
}

const LONG = 60;

/** A text that people typed, cut where it would fill the page. */
export function short(text) {
  const points = [...text];
  return points.length > LONG ? `${points.slice(0, LONG).join("")}…` : text;
}

export function headingFor(query) {
  if (query.has("q")) return t("results.for", { q: short(query.get("q")) });
  const service = serviceTypes.find(({ id }) => id === query.get("service"));
  return service ? label(service) : t("all");
}

async function showSections(signal) {
  const { sections, total, service_types: services, activity } = await get("/models?group=service&limit=5", signal);
  if (signal.aborted) return;
  serviceTypes = services;
  everything = total;
  title(t("home.title"));
  showCount(t("home.title"), total);
  showServices(services, state());
  showActivity(total > 0 ? activity : null);
  const isAdmin = total === 0 && (await currentSession()).user?.role === "admin";
  const next = [t("home.empty.text"), isAdmin && t("home.empty.demo")].filter(Boolean).join(" ");
  byId("results").replaceChildren(...(total === 0
    ? [empty("cube", t("home.empty.title"), next, el("a", { class: "button primary", href: "/register" }, icon("plus"), t("register")))]
    : sections.filter((section) => section.items.length > 0).map(sectionView)));
}

/** What happened of late, in one line; what did not happen is left out. */
function showActivity(activity) {
  const { days, downloads = 0, versions = 0, more = false } = activity ?? {};
  const said = [
    downloads > 0 && t("activity.downloads", { n: downloads }),
    versions > 0 && t("activity.versions", { n: versions }),
  ].filter(Boolean).join(" · ");
  byId("activity").replaceChildren(...(activity ? [
    el("i", { class: said ? "dot" : "dot none", "aria-hidden": "true" }),
    said ? t(more ? "activity.more" : "activity", { days, said }) : t("activity.none", { days })] : []));
}

function sectionView({ service_type: service, items }) {
  const name = service ? label(service) : t("home.other");
  return el("section", { class: "section" },
    el("div", { class: "section-head" },
      el("h2", {}, name), el("span", { class: "quiet" }, t("count.models", { n: service?.count ?? items.length })),
      service && service.count > items.length && el("a", {
        href: `/?service=${encodeURIComponent(service.id)}`, "aria-label": `${name} ${t("more")}`, onclick: follow,
      }, t("more"))),
    el("ul", { class: "card rows" }, items.map((item) => row(item))));
}

/** A model in a list; `why` says below it how it was found. */
export function row(item, why = null) {
  const valuesOf = (key) => item.context.filter((tag) => tag.key === key).map(({ value }) => value);
  // The variant that meets a query says more than the whole.
  const variant = item.why?.variant;
  const precision = variant?.precision.length > 0 ? variant.precision : valuesOf("precision");
  const run = [...new Set([...precision.map(precisionName), valuesOf("accel").join("/").toUpperCase()])].filter(Boolean).join(" · ");
  const downloads = sum(item.downloads ?? []);
  const terms = [...(item.why?.terms ?? []), ...(item.why?.words ?? []).map(({ word }) => word)];
  return el("li", {},
    serviceTile(item.service_types[0]?.id),
    el("div", { class: "row-body" },
      el("div", { class: "row-head" },
        el("a", { class: "row-title", href: `/models/${item.name}` }, marked(item.title || item.name, terms)),
        item.visibility === "private" && badge("", "lock", t("visibility.private"))),
      el("span", { class: "row-name mono" }, marked(item.name, terms), item.latest ? ` · ${item.latest.version}` : ` · ${t("no-version")}`),
      item.summary && el("p", { class: "row-summary" }, marked(item.summary, terms)),
      el("div", { class: "tags" },
        item.formats.map((format) => el("span", { class: "tag format" }, formatName(format))),
        shownTags(item).map((tag) => contextTag(tag, item.why))),
      why),
    el("div", { class: "row-facts" },
      el("strong", {}, bytes((variant ?? item).size ?? 0)), run && el("span", {}, run),
      variant && el("span", {}, t("row.variant", { name: variant.name })), el("time", { datetime: item.updated_at }, ago(item.updated_at))),
    el("div", { class: "row-use" },
      sparkline(item.downloads ?? []),
      el("span", { title: t("row.downloads", { n: downloads }) }, icon("download"), number(downloads), el("span", { class: "hidden" }, t("row.downloads", { n: downloads })))));
}

/** Values that say nothing without their key. */
const BARE = /^(true|false|[\d.]+)$/;
const FACT_KEYS = ["format", "precision", "accel", "arch", "size", "mem", "flops", "params", "license"];

/** The tags that tell what a model is for, those that the query met first. */
function shownTags(item) {
  const hits = new Set(item.why?.tags ?? []);
  const isHit = (tag) => hits.has(`${tag.key}:${tag.value}`.toLowerCase());
  return item.context
    .filter((tag) => !FACT_KEYS.includes(tag.key) && (tag.key !== "service" || isHit(tag)))
    .sort((one, other) => isHit(other) - isHit(one))
    .slice(0, 6);
}

function contextTag(tag, why) {
  const hit = why?.tags?.includes(`${tag.key}:${tag.value}`.toLowerCase());
  return el("span", { class: hit ? "tag hit" : "tag", title: hit ? t("why.tag") : `${tag.key}:${tag.value}` }, BARE.test(tag.value) ? `${tag.key}: ${tag.value}` : label(tag));
}

/** The text with the words of the query marked. */
function marked(text, terms) {
  const words = terms.filter(Boolean).map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [text];
  return text.split(new RegExp(`(${words.join("|")})`, "iu")).map((part, at) => (at % 2 ? el("mark", {}, part) : part));
}

export function showCount(heading, total) {
  byId("heading").textContent = heading;
  byId("count").textContent = t("count.heading", { n: total });
  byId("status").textContent = t("status.models", { n: total });
}

/** What an answer says of the menu. */
export function learnMenu({ service_types: services, total }) {
  serviceTypes = services;
  everything = total;
}

async function loadServices(signal) {
  if (serviceTypes.length === 0) serviceTypes = (await get("/service-types?limit=100", signal)).items;
  return serviceTypes;
}

/** The menu. `counts` of the search, where there is one, replace those of the whole store. */
export function showServices(services, query, counts) {
  const current = query.get("service");
  const countOf = (service) => (counts ? counts.find(({ value }) => value === service.id)?.count ?? 0 : service.count);
  const link = (address, iconNode, text, count, chosen) => el("li", {},
    el("a", { href: address, onclick: follow, "aria-current": chosen ? "page" : null }, iconNode, el("span", {}, text), count === null ? null : el("b", {}, number(count))));
  const menu = byId("services");
  menu.replaceChildren(
    link("/", icon("grid"), t("all"), everything, !current),
    ...services.map((service) => link(
      href((next) => next.set("service", service.id)), serviceIcon(service.id), label(service), countOf(service), current === service.id)));
  // On a small screen the menu is one line: the chosen one is brought into view.
  menu.scrollLeft = (menu.querySelector("[aria-current]")?.offsetLeft ?? 0) - menu.offsetLeft - 24;
}

function wire() {
  const field = byId("q");
  field.value = state().get("q") ?? "";
  let timer;
  let isTyping = false;
  const searchNow = () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text === (state().get("q") ?? "")) return;
    // Back leads to what was there before one began to type, not to each letter.
    go((query) => (text ? query.set("q", text) : query.delete("q")), isTyping && state().has("q"));
    isTyping = true;
  };
  field.addEventListener("focus", () => {
    isTyping = false;
    searchParts().catch(() => {});
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(searchNow, DEBOUNCE);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    searchNow();
  });

  // Keys that are pressed while what hears them is on its way are not lost.
  const pressed = [];
  const keep = (event) => pressed.push(event);
  document.addEventListener("keydown", keep);
  document.addEventListener("keydown", () => import("./search-keys.js").then(({ wireKeys }) => {
    document.removeEventListener("keydown", keep);
    pressed.forEach(wireKeys(field));
  }, () => {}), { once: true });

  const sheet = byId("filters");
  byId("open-filters").addEventListener("click", () => {
    search?.fillSheet();
    sheet.showModal();
  });
  sheet.addEventListener("close", () => byId("facet-sheet").replaceChildren());
  byId("skip-filters").addEventListener("click", (event) => {
    event.preventDefault();
    const place = byId("open-filters").offsetParent ? byId("open-filters") : byId("facet-side").querySelector("input:enabled, button");
    (place ?? byId("facet-side")).focus();
  });
  for (const id of ["close-filters", "show-results"]) byId(id).addEventListener("click", () => sheet.close());
  byId("clear-filters").addEventListener("click", clear);
  byId("help").addEventListener("toggle", () => {
    if (byId("help-panel").childElementCount > 0) return;
    import("./search-help.js").then(({ helpView }) => byId("help-panel").replaceChildren(...helpView()), () => toast(t("error.offline")));
  });
  addEventListener("popstate", () => {
    // The way to the results changes only the hash.
    if (location.search === shown) return;
    fillField();
    show();
  });
}

wire();
show();
