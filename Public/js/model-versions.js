/** The versions of a model: a page at a time, what each changed, and any two of them side by side. */
import { archiveURL, get, modelPath } from "./api.js";
import { moreButton } from "./form.js";
import { badge, el, icon } from "./page.js";
import { aliasCard } from "./model-aliases.js";
import { differenceText, mainMetrics, metricName, metricText, valueOf } from "./model-metrics.js";
import { versionMenu } from "./model-states.js";
import { ago, bytes, moment, t } from "./strings.js";

const PAGE = 20;
/** Between the two versions of `?compare=`; selectors hold no dots in a row. */
const BETWEEN = "...";

export async function versionsView({ model, count }) {
  const path = `${modelPath(model.name, "versions")}?limit=${PAGE}`;
  const loaded = [];
  let before = null;
  let chosen = pairOfURL();
  const list = el("ul", { class: "versions" });
  const status = el("p", { class: "compare-status", role: "status" });
  const charts = el("div", { class: "charts" });
  const comparison = el("div", { id: "comparison" });
  let sequence = 0;

  async function load(cursor) {
    const page = await get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
    loaded.push(...page.items);
    before = page.before;
    draw(cursor !== undefined && page.items[0]?.version);
    return page.next;
  }

  /** The rows anew: a later page may bring what the last row of this one is measured against. */
  function draw(focus) {
    const metrics = mainMetrics([...loaded, ...(before ? [before] : [])]);
    list.replaceChildren(...loaded.map((version, at) => row(version, loaded[at + 1] ?? before, metrics)));
    showCharts(metrics);
    if (focus) list.querySelector(`[data-version="${CSS.escape(focus)}"]`)?.focus();
  }

  async function showCharts(metrics) {
    if (loaded.length < 2) return;
    const { versionCharts } = await import("./model-charts.js");
    charts.replaceChildren(...versionCharts(loaded, metrics));
  }

  function row(version, previous, metrics) {
    const box = el("input", {
      type: "checkbox", checked: chosen.includes(version.version), value: version.version, "data-version": version.version,
      "aria-label": t("compare.choose", { version: version.version }), onchange: () => choose(version.version),
    });
    return el("li", { class: `m${metrics.length}` },
      el("label", { class: "pick" }, box),
      el("div", { class: "version-name" },
        el("a", { class: "version-number", href: `/models/${model.name}?v=${encodeURIComponent(version.version)}` }, version.version),
        el("div", { class: "tags" }, stateBadge(version), version.aliases.map((alias) => badge(alias === "latest" ? "ok" : "info", null, alias)))),
      el("div", { class: "version-text" },
        el("p", { class: "version-notes" }, version.notes || el("span", { class: "quiet" }, t("version.no-notes"))),
        version.state_reason && el("p", { class: "version-reason" }, icon("warning"), version.state_reason),
        el("p", { class: "quiet" }, `${version.created_by} · `, el("time", { datetime: version.created_at, title: moment(version.created_at) }, ago(version.created_at)))),
      figures(t("fact.size"), bytes(version.size), previous && sizeDifference(version.size - previous.size), previous),
      metrics.map((metric) => {
        const value = valueOf(version, metric);
        const last = previous && valueOf(previous, metric);
        if (value === null) return el("span", {});
        return figures(metricName(metric), metricText(metric.key, value), last !== null && last !== undefined && differenceText(metric.key, value - last), previous);
      }),
      el("div", { class: "actions" },
        el("a", { class: "button small", href: archiveURL(model.name, version.version), download: "", "aria-label": t("download.what", { name: version.version }) }, icon("download"), t("download")),
        versionMenu(model, version, loaded)));
  }

  function figures(name, value, difference, previous) {
    return el("dl", { class: "version-figure" }, el("dt", {}, name), el("dd", {}, el("span", {}, value),
      difference && el("span", { class: "quiet", title: t("version.since", { version: previous.version }) }, difference)));
  }

  /** A third choice takes the place of the first. */
  function choose(version) {
    chosen = chosen.includes(version) ? chosen.filter((other) => other !== version) : [...chosen, version].slice(-2);
    for (const box of list.querySelectorAll("input[type=checkbox]")) box.checked = chosen.includes(box.value);
    keepPair(chosen);
    showPair();
  }

  async function showPair(scroll = false) {
    const turn = sequence += 1;
    status.replaceChildren(...statusWords());
    if (chosen.length < 2) return comparison.replaceChildren();
    const { compareView } = await import("./model-compare.js");
    const card = await compareView(model, inOrder(chosen), () => {
      chosen = [];
      draw();
      keepPair(chosen);
      showPair();
      list.querySelector("input")?.focus();
    });
    // An older answer never covers a newer one.
    if (turn !== sequence) return;
    comparison.replaceChildren(card);
    if (scroll) comparison.scrollIntoView({ block: "start" });
  }

  function statusWords() {
    if (chosen.length === 0) return [t(count > 1 ? "compare.hint" : "compare.one")];
    if (chosen.length === 1) return [t("compare.another", { version: chosen[0] })];
    const [from, to] = inOrder(chosen);
    return [el("a", {
      href: "#comparison", onclick: (event) => {
        event.preventDefault();
        comparison.scrollIntoView({ block: "start" });
        comparison.querySelector("h2")?.focus();
      },
    }, t("compare.see", { from, to }))];
  }

  /** The older first; versions of pages that are not here stay as they were named. */
  function inOrder(pair) {
    const at = pair.map((version) => loaded.findIndex((other) => other.version === version));
    return at.every((place) => place >= 0) && at[0] < at[1] ? [...pair].reverse() : pair;
  }

  const next = await load();
  showPair(chosen.length === 2);
  return el("div", { class: "stack" },
    model.aliases.length > 0 && aliasCard(model, loaded),
    el("section", { class: "card version-list" },
      el("div", { class: "card-head" }, el("h2", {}, t("versions.count", { n: count })), status),
      list, moreButton(next, load)),
    comparison, charts);
}

export function stateBadge(version) {
  if (version.state === "published") return null;
  const kind = { withdrawn: "bad", deprecated: "warn", draft: "" }[version.state];
  return badge(kind, version.state === "draft" ? "file" : "warning", t(`state.${version.state}`));
}

export function sizeDifference(difference) {
  if (difference === 0) return "±0";
  return `${difference > 0 ? "+" : "−"}${bytes(Math.abs(difference))}`;
}

function pairOfURL() {
  const pair = (new URLSearchParams(location.search).get("compare") ?? "").split(BETWEEN).filter(Boolean);
  return pair.length === 2 ? pair : [];
}

/** The pair stands in the URL, so that it can be sent to somebody. */
function keepPair(pair) {
  const url = new URL(location.href);
  url.searchParams.delete("compare");
  const others = url.searchParams.toString();
  const search = [others, pair.length === 2 && `compare=${pair.map(encodeURIComponent).join(BETWEEN)}`].filter(Boolean).join("&");
  history.replaceState(null, "", `${url.pathname}${search && `?${search}`}#versions`);
}
