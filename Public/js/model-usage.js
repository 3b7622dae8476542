/** How often a model was downloaded, by day and by version. */
import { get, modelPath } from "./api.js";
import { el, sum } from "./page.js";
import { barChart, MOST_SERIES } from "./charts.js";
import { language, number, t } from "./strings.js";

const MOST_VERSIONS = 6;
const days = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: "UTC" });

/** The downloads of 30 days, stacked by the versions that had the most; below, all since the beginning. */
export async function usageCard(model) {
  const stats = await get(modelPath(model.name, "stats"));
  const total = sum(stats.days.map(({ count }) => count));
  const labels = stats.days.map((day) => days.format(new Date(day.date)));
  const busiest = labels[stats.days.findIndex(({ count }) => count === Math.max(...stats.days.map((day) => day.count)))];
  return el("section", { class: "card usage", id: "usage" },
    el("h2", {}, t("fact.downloads"), el("b", {}, number(total))),
    el("div", { class: "padded" },
      total > 0 ? barChart({
        title: t("usage.title", { n: total }), description: t("usage.text", { n: total, day: busiest, most: Math.max(...stats.days.map(({ count }) => count)) }),
        labels, series: bySeries(stats.days), format: number, head: t("usage.day"), width: 284, height: 132,
      }) : el("p", { class: "quiet" }, t("usage.none")),
      stats.total > 0 && el("p", { class: "quiet usage-total" }, t("usage.total", { n: stats.total })),
      stats.total > 0 && el("ul", { class: "bar-list" }, topVersions(stats.versions).map(({ version, count }) => el("li", {},
        version ? el("a", { href: `/models/${model.name}?v=${encodeURIComponent(version)}` }, version) : el("span", {}, t("usage.others")),
        el("meter", { min: 0, max: stats.total, value: count, "aria-label": t("usage.version", { version: version ?? t("usage.others"), n: count }) }),
        el("span", { class: "quiet" }, number(count)))))));
}

/** At most ``MOST_SERIES`` series: the versions with the most downloads, and one of all others. */
function bySeries(list) {
  const totals = new Map();
  for (const { versions } of list) for (const { version, count } of versions) totals.set(version, (totals.get(version) ?? 0) + count);
  const ordered = [...totals].sort(([, one], [, other]) => other - one).map(([version]) => version);
  const named = ordered.length > MOST_SERIES ? ordered.slice(0, MOST_SERIES - 1) : ordered;
  const of = (matches) => list.map(({ versions }) => sum(versions.filter(({ version }) => matches(version)).map(({ count }) => count)));
  const series = named.map((version) => ({ name: version, values: of((other) => other === version) }));
  return ordered.length > named.length ? [...series, { name: t("usage.others"), values: of((version) => !named.includes(version)) }] : series;
}

function topVersions(versions) {
  const ordered = [...versions].sort((one, other) => other.count - one.count);
  const rest = sum(ordered.slice(MOST_VERSIONS).map(({ count }) => count));
  return [...ordered.slice(0, MOST_VERSIONS), ...(rest > 0 ? [{ version: null, count: rest }] : [])];
}
