/** Small pictures of numbers: SVG of our own, each with a title, a description and the same numbers as a table. */
import { el } from "./page.js";
import { t } from "./strings.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const LEFT = 44;
const BOTTOM = 20;
const TOP = 10;
const LINES = 3;
/** Bars of this many series are told apart by their pattern; the last stands for all others. */
export const MOST_SERIES = 3;

let serial = 0;

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The next number from `value` on that an axis may well end with. */
function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].map((step) => step * power).find((step) => step >= value * 0.9999);
}

/**
 * A figure of bars, one for each label, stacked from `series`.
 *
 * - `labels`: what the bars are of, in order; `series`: `{name, values}`, a value for each label.
 * - `format` writes a value; `head` is the head of the table's first column.
 */
export function barChart({ title, description, labels, series, format, head, width = 560, height = 150 }) {
  const totals = labels.map((_, at) => series.reduce((sum, { values }) => sum + values[at], 0));
  const top = Math.max(4, roundUp(Math.max(...totals)));
  const plot = axes({ width, height, low: 0, high: top, format, labels });
  const step = plot.width / labels.length;
  const bars = labels.flatMap((label, at) => {
    let below = 0;
    return series.map(({ values }, place) => {
      const size = (values[at] / top) * plot.height;
      below += size;
      return size > 0 && svg("rect", {
        class: `bar s${place}`, x: (plot.left + at * step + step * 0.12).toFixed(1), y: (plot.bottom - below).toFixed(1),
        width: (step * 0.76).toFixed(1), height: size.toFixed(1),
      }, svg("title", {}, document.createTextNode(`${label}: ${format(values[at])}`)));
    });
  }).filter(Boolean);
  return figure({ title, description, width, height, parts: [...plot.parts, ...bars], labels, series, format, head });
}

/**
 * A figure of lines with a mark at each value; a value may be null where there is none. Parameters as for ``barChart``.
 *
 * The axis begins at 0 unless `near` says that small differences matter.
 */
export function lineChart({ title, description, labels, series, format, head, near = false, width = 560, height = 170 }) {
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = (most - least || Math.abs(most) || 1) * 0.15;
  const low = near ? Math.max(least >= 0 ? 0 : -Infinity, least - room) : Math.min(0, least);
  const high = near ? most + room : roundUp(most);
  const plot = axes({ width, height, low, high, format, labels });
  const step = labels.length > 1 ? plot.width / (labels.length - 1) : 0;
  const x = (at) => (labels.length > 1 ? plot.left + at * step : plot.left + plot.width / 2).toFixed(1);
  const y = (value) => (plot.bottom - ((value - low) / (high - low || 1)) * plot.height).toFixed(1);
  const parts = series.flatMap(({ values }, place) => {
    const points = values.map((value, at) => (value === null ? null : [x(at), y(value)]));
    const path = points.filter(Boolean).map(([across, down]) => `${across} ${down}`).join("L");
    return [
      svg("path", { class: `line s${place}`, d: `M${path}` }),
      ...points.flatMap((point, at) => (point ? [mark(place, point, `${labels[at]}: ${format(values[at])}`)] : [])),
    ];
  });
  return figure({ title, description, width, height, parts: [...plot.parts, ...parts], labels, series, format, head });
}

/** Series differ by the form of their marks, not by colour alone. */
function mark(place, [x, y], text) {
  const name = svg("title", {}, document.createTextNode(text));
  const [across, down] = [Number(x), Number(y)];
  if (place === 0) return svg("circle", { class: "mark s0", cx: x, cy: y, r: 4 }, name);
  const forms = { 1: "h8v8h-8z", 2: "l4.5 8h-9z" };
  const start = place === 1 ? `M${across - 4} ${down - 4}` : `M${across} ${down - 4}`;
  return svg("path", { class: `mark s${place}`, d: start + (forms[place] ?? forms[2]) }, name);
}

function axes({ width, height, low, high, format, labels }) {
  const [bottom, plotHeight, plotWidth] = [height - BOTTOM, height - BOTTOM - TOP, width - LEFT - 12];
  const parts = [];
  for (let at = 0; at < LINES; at += 1) {
    const value = low + ((high - low) * at) / (LINES - 1);
    const y = bottom - (plotHeight * at) / (LINES - 1);
    parts.push(svg("path", { class: "grid", d: `M${LEFT} ${y}H${width}` }),
      text(LEFT - 6, y + 4, format(value), "end"));
  }
  parts.push(text(LEFT, height - 4, labels[0] ?? "", "start"));
  if (labels.length > 1) parts.push(text(width - 2, height - 4, labels.at(-1), "end"));
  return { parts, left: LEFT + 6, bottom, height: plotHeight, width: plotWidth };
}

function text(x, y, words, anchor) {
  return svg("text", { class: "axis", x, y, "text-anchor": anchor }, document.createTextNode(words));
}

function figure({ title, description, width, height, parts, labels, series, format, head }) {
  const id = `chart-${serial += 1}`;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-text` },
    svg("title", { id: `${id}-title` }, document.createTextNode(title)),
    svg("desc", { id: `${id}-text` }, document.createTextNode(description)), ...parts);
  return el("figure", { class: "chart-figure" }, picture,
    series.length > 1 && el("ul", { class: "legend" }, series.map(({ name }, at) => el("li", {}, el("i", { class: `key s${at}`, "aria-hidden": "true" }), name))),
    el("details", {}, el("summary", {}, t("chart.table")), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      el("table", { class: "numbers" },
        el("caption", { class: "hidden" }, title),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, head), series.map(({ name }) => el("th", { scope: "col" }, name)))),
        el("tbody", {}, labels.map((label, at) => el("tr", {}, el("th", { scope: "row" }, label),
          series.map(({ values }) => el("td", {}, values[at] === null ? "–" : format(values[at]))))))))));
}
