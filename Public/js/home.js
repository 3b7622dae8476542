/** Home: models by service type; with a query or a filter, the ranked list with its facets. The state is the URL. */
import { currentSession, get } from "./api.js";
import { badge, byId, el, empty, failure, formatName, icon, serviceIcon, serviceTile, sparkline, sum, title, toast } from "./page.js";
import { ago, bytes, known, label, number, t } from "./strings.js";

const FACETS = ["service", "format", "task", "accel", "precision", "object", "env"];
const SORTS = ["relevance", "updated", "downloads", "name"];
const FILTERS = ["q", "service", "tag", "format"];
const DEBOUNCE = 120;

let running = null;
let serviceTypes = [];

function state() {
  return new URLSearchParams(location.search);
}

function isList(query) {
  return [...FILTERS, "sort", "cursor"].some((name) => query.has(name));
}

/** The same page with another state; a change of the conditions starts at the first page again. */
function go(change, replace = false) {
  const query = state();
  query.delete("cursor");
  change(query);
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  history[replace ? "replaceState" : "pushState"](null, "", query.size ? `/?${query}` : "/");
  return show();
}

function href(change) {
  const query = state();
  query.delete("cursor");
  change(query);
  return query.size ? `/?${query}` : "/";
}

/** Loads what the URL says. A newer call ends an older one, so an older answer never covers a newer one. */
async function show() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const query = state();
  const list = isList(query);
  byId("results").setAttribute("aria-busy", "true");
  showConditions(list, query);
  try {
    await (list ? showList(query, signal) : showSections(signal));
  } catch (error) {
    if (error.name === "AbortError") return;
    byId("count").textContent = "";
    byId("results").replaceChildren(failure(error, show));
    loadServices(signal).then((services) => showServices(services, query.get("service")), () => {});
  }
  byId("results").removeAttribute("aria-busy");
}

async function showSections(signal) {
  const [{ sections, total }, services] = await Promise.all([get("/models?group=service&limit=5", signal), loadServices(signal)]);
  title(t("home.title"));
  showCount(t("home.title"), total);
  showServices(services, null);
  byId("facet-side").replaceChildren();
  const isAdmin = total === 0 && (await currentSession()).user?.role === "admin";
  const next = [t("home.empty.text"), isAdmin && t("home.empty.demo")].filter(Boolean).join(" ");
  byId("results").replaceChildren(...(total === 0
    ? [empty("cube", t("home.empty.title"), next, el("a", { class: "button primary", href: "/register" }, icon("plus"), t("register")))]
    : sections.filter((section) => section.items.length > 0).map(sectionView)));
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

async function showList(query, signal) {
  const asked = request(query);
  asked.set("facets", FACETS.join(","));
  const [answer, services] = await Promise.all([get(`/models?${asked}`, signal), loadServices(signal)]);
  const service = services.find(({ id }) => id === query.get("service"));
  const heading = headingFor(query, service);
  title(heading);
  showCount(heading, answer.total);
  showServices(services, query.get("service") ?? "", answer.facets?.service);
  showChips(query, answer.facets);
  showFacets(query, answer.facets ?? {});
  byId("show-results").textContent = t("filter.show", { n: answer.total });
  byId("results").replaceChildren(...(answer.items.length === 0 ? [noMatch(query, answer.facets)] : listView(answer, query)));
}

/** What is asked of the API: values of one key are alternatives, `tag=key:one,other`; different keys must all hold. */
function request(query) {
  const asked = new URLSearchParams(query);
  if (!asked.has("sort")) asked.set("sort", asked.has("q") ? "relevance" : "updated");
  const byKey = Map.groupBy(query.getAll("tag").map(split), ([key]) => key);
  asked.delete("tag");
  for (const [key, tags] of byKey) asked.append("tag", `${key}:${tags.map(([, value]) => value).join(",")}`);
  return asked;
}

function noMatch(query, facets) {
  return empty("search", t("empty.title"), t("empty.text"), chips(query, facets));
}

function listView(answer, query) {
  const rows = el("ul", { class: "card rows" }, answer.items.map((item) => row(item)));
  const pager = el("div", { class: "pager" });
  const showPager = (next, shown) => {
    pager.replaceChildren(...(next ? [el("a", {
      class: "button", href: href((url) => url.set("cursor", next)),
      onclick: (event) => more(event, next, shown),
    }, t("page.more", { shown, total: answer.total }))] : []));
  };
  const more = async (event, cursor, shown) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const asked = request(query);
    asked.set("cursor", cursor);
    try {
      const page = await get(`/models?${asked}`, running.signal);
      const added = page.items.map((item) => row(item));
      rows.append(...added);
      showPager(page.next, shown + added.length);
      added[0]?.querySelector("a").focus();
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message);
    }
  };
  showPager(answer.next, answer.items.length);
  const first = query.has("cursor") && el("p", { class: "chips" }, el("a", { class: "chip", href: href(() => {}), onclick: follow }, t("page.first")));
  return [first, rows, pager].filter(Boolean);
}

function row(item) {
  const facts = (key) => item.context.filter((tag) => tag.key === key).map((tag) => tag.value.toUpperCase());
  const run = [...new Set([...facts("precision"), facts("accel").join("/")])].filter(Boolean).join(" · ");
  const downloads = sum(item.downloads ?? []);
  const terms = item.why?.terms ?? [];
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
        shownTags(item).map((tag) => contextTag(tag, item.why)))),
    el("div", { class: "row-facts" },
      el("strong", {}, bytes(item.size ?? 0)), run && el("span", {}, run), el("time", { datetime: item.updated_at }, ago(item.updated_at))),
    el("div", { class: "row-use" },
      sparkline(item.downloads ?? []),
      el("span", { title: t("row.downloads", { n: downloads }) }, icon("download"), number(downloads), el("span", { class: "hidden" }, t("row.downloads", { n: downloads })))));
}

const FACT_KEYS = ["format", "precision", "accel", "arch", "size", "mem", "flops", "params", "license"];

/** The tags that tell what a model is for, those that the query met first. */
function shownTags(item) {
  const hits = new Set(item.why?.tags ?? []);
  const isHit = (tag) => hits.has(`${tag.key}:${tag.value}`);
  return item.context
    .filter((tag) => !FACT_KEYS.includes(tag.key) && (tag.key !== "service" || isHit(tag)))
    .sort((one, other) => isHit(other) - isHit(one))
    .slice(0, 6);
}

function contextTag(tag, why) {
  const hit = why?.tags?.includes(`${tag.key}:${tag.value}`);
  return el("span", { class: hit ? "tag hit" : "tag", title: hit ? t("why.tag") : `${tag.key}:${tag.value}` }, label(tag));
}

/** The text with the words of the query marked. */
function marked(text, terms) {
  const words = terms.filter(Boolean).map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [text];
  return text.split(new RegExp(`(${words.join("|")})`, "iu")).map((part, at) => (at % 2 ? el("mark", {}, part) : part));
}

function headingFor(query, service) {
  if (query.has("q")) return t("results.for", { q: query.get("q") });
  return service ? label(service) : t("all");
}

/** What the URL alone says, shown at once, so that nothing moves when the answer comes. */
function showConditions(list, query) {
  byId("heading").textContent = list ? headingFor(query, serviceTypes.find(({ id }) => id === query.get("service"))) : t("home.title");
  showChips(query);
  byId("sort-label").hidden = !list;
  byId("open-filters").hidden = !list;
  const sort = request(query).get("sort");
  byId("sort").replaceChildren(...SORTS.filter((name) => name !== "relevance" || query.has("q"))
    .map((name) => el("option", { value: name, selected: name === sort }, t(`sort.${name}`))));
}

function showCount(heading, total) {
  byId("heading").textContent = heading;
  byId("count").textContent = t("count.heading", { n: total });
  byId("status").textContent = t("status.models", { n: total });
}

async function loadServices(signal) {
  if (serviceTypes.length === 0) serviceTypes = (await get("/service-types?limit=100", signal)).items;
  return serviceTypes;
}

/** The menu. `counts` of the search, where there is one, replace those of the whole store. */
function showServices(services, current, counts) {
  const countOf = (service) => (counts ? counts.find(({ value }) => value === service.id)?.count ?? 0 : service.count);
  const link = (href, iconNode, text, count, chosen) => el("li", {},
    el("a", { href, onclick: follow, "aria-current": chosen ? "page" : null }, iconNode, el("span", {}, text), count === null ? null : el("b", {}, number(count))));
  const menu = byId("services");
  menu.replaceChildren(
    link("/", icon("grid"), t("all"), null, !current),
    ...services.map((service) => link(
      href((query) => query.set("service", service.id)), serviceIcon(service.id), label(service), countOf(service), current === service.id)));
  // On a small screen the menu is one line: the chosen one is brought into view.
  menu.scrollLeft = (menu.querySelector("[aria-current]")?.offsetLeft ?? 0) - menu.offsetLeft - 24;
}

function conditions(query, facets) {
  const named = (key, value) => {
    const service = key === "service" && serviceTypes.find(({ id }) => id === value);
    return facetLabel(key, service || (facets?.[key]?.find((item) => item.value === value) ?? { value }));
  };
  return [
    query.get("q") && { name: "q", value: query.get("q"), text: `“${query.get("q")}”` },
    query.get("service") && { name: "service", value: query.get("service"), text: named("service", query.get("service")) },
    ...query.getAll("format").map((value) => ({ name: "format", value, text: named("format", value) })),
    ...query.getAll("tag").map((value) => ({ name: "tag", value, text: named(...split(value)) })),
  ].filter(Boolean);
}

function facetLabel(key, item) {
  return item.label || !["format", "precision", "accel"].includes(key) ? label(item) : formatName(item.value);
}

function split(tag) {
  const at = tag.indexOf(":");
  return at < 0 ? ["tag", tag] : [tag.slice(0, at), tag.slice(at + 1)];
}

function chips(query, facets) {
  return conditions(query, facets).map(({ name, value, text }) => el("button", {
    type: "button", class: "chip", "aria-label": t("remove", { name: text }),
    onclick: () => {
      if (name === "q") byId("q").value = "";
      return go((next) => next.delete(name, value));
    },
  }, text, icon("close")));
}

function showChips(query, facets) {
  const shown = chips(query, facets);
  byId("chips").replaceChildren(...shown);
  if (shown.length > 1) {
    byId("chips").append(el("button", { type: "button", class: "chip plain", onclick: clear }, t("filter.clear")));
  }
}

function clear() {
  byId("q").value = "";
  return go((query) => FILTERS.forEach((name) => query.delete(name)));
}

/** The facet groups, beside the list or – on a small screen – in the sheet. */
function showFacets(query, facets) {
  const groups = FACETS.filter((key) => key !== "service" && facets[key]?.length > 0).map((key) => {
    const name = key === "format" ? "format" : "tag";
    const valueOf = (item) => (key === "format" ? item.value : `${key}:${item.value}`);
    return el("fieldset", { class: "facet" },
      el("legend", {}, known(`facet.${key}`) ? t(`facet.${key}`) : key),
      facets[key].slice(0, 10).map((item) => {
        const chosen = query.has(name, valueOf(item));
        return el("label", {},
          el("input", {
            type: "checkbox", name, value: valueOf(item), checked: chosen, disabled: item.count === 0 && !chosen,
            onchange: (event) => choose(name, valueOf(item), event.target.checked),
          }),
          el("span", {}, facetLabel(key, item)), el("b", {}, number(item.count)));
      }));
  });
  const place = byId(byId("filters").open ? "facet-sheet" : "facet-side");
  const focused = document.activeElement?.value;
  place.replaceChildren(...groups);
  if (focused) [...place.querySelectorAll("input")].find((input) => input.value === focused)?.focus();
}

function choose(name, value, chosen) {
  return go((query) => (chosen ? query.append(name, value) : query.delete(name, value)));
}

/** Follows a link within this page without loading it again. */
function follow(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", event.currentTarget.href);
  byId("q").value = state().get("q") ?? "";
  scrollTo(0, 0);
  return show();
}

function wire() {
  const field = byId("q");
  field.value = state().get("q") ?? "";
  let timer;
  const search = () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text === (state().get("q") ?? "")) return;
    go((query) => (text ? query.set("q", text) : query.delete("q")), state().has("q"));
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, DEBOUNCE);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  byId("sort").addEventListener("change", (event) => go((query) => query.set("sort", event.target.value)));

  const sheet = byId("filters");
  byId("open-filters").addEventListener("click", () => {
    byId("facet-sheet").replaceChildren(...byId("facet-side").childNodes);
    sheet.showModal();
  });
  sheet.addEventListener("close", () => byId("facet-side").replaceChildren(...byId("facet-sheet").childNodes));
  for (const id of ["close-filters", "show-results"]) byId(id).addEventListener("click", () => sheet.close());
  byId("clear-filters").addEventListener("click", clear);
  addEventListener("popstate", () => {
    field.value = state().get("q") ?? "";
    show();
  });
}

wire();
show();
