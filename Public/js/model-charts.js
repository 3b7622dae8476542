/** Pictures of how versions changed: their size, and what was measured of them. */
import { el } from "./page.js";
import { lineChart } from "./charts.js";
import { metricName, metricText, metricsOf, valueOf } from "./model-metrics.js";
import { bytes, t } from "./strings.js";

/** As many boards or datasets in one picture as marks can be told apart. */
const MOST_LINES = 3;

/**
 * - `versions`: newest first.
 * - `metrics`: what tells them apart (``mainMetrics``); one that only one version has makes no picture.
 */
export function versionCharts(versions, metrics) {
  const ordered = [...versions].reverse();
  const labels = ordered.map(({ version }) => version);
  const pictures = [chart({
    title: t("chart.size"), labels, format: bytes,
    series: [{ name: t("fact.size"), values: ordered.map(({ size }) => size) }],
  })];
  for (const { key } of metrics) {
    const places = new Map(versions.flatMap(metricsOf).filter((metric) => metric.key === key).map((metric) => [metric.place, metric]));
    const series = [...places.values()].slice(0, MOST_LINES)
      .map((metric) => ({ name: metricName(metric), values: ordered.map((version) => valueOf(version, metric)) }))
      .filter(({ values }) => values.filter((value) => value !== null).length > 1);
    if (series.length === 0) continue;
    pictures.push(chart({ title: t("chart.metric", { name: t(`metric.${key}`) }), labels, series, near: true, format: (value) => metricText(key, value) }));
  }
  return pictures;
}

function chart(options) {
  const { title, labels, series, format } = options;
  const description = series.map(({ name, values }) => {
    const known = values.map((value, at) => [value, labels[at]]).filter(([value]) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    return t("chart.from-to", { name, first: first[1], from: format(first[0]), last: last[1], to: format(last[0]) });
  }).join(" ");
  return el("section", { class: "card" }, el("h2", {}, title),
    el("div", { class: "padded" }, lineChart({ ...options, description, head: t("fact.number"), width: 340, height: 150 })));
}
