/** Numbers that authors measured of their versions: `map:0.871@coco`, `latency_ms:35@rpi5`. */
import { known, label, t } from "./strings.js";

/** The key that tells best how good a model is comes first. */
const ACCURACY = ["map", "map50", "top1", "accuracy", "f1", "miou", "top5", "wer"];
const SPEED = ["latency_ms", "fps"];
const LESS_IS_BETTER = new Set(["wer", "latency_ms", "energy_mj", "mem", "size"]);
const RATIOS = new Set(ACCURACY);
const NUMBER = /^\s*([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)\s*(%|ms|s|fps)?\s*(?:@\s*(.+))?$/i;

/** The number in a context tag, with the board or dataset behind its `@`; null where there is none. */
export function metricOf({ key, value, label: labels }) {
  const [, digits, unit, place = ""] = NUMBER.exec(value) ?? [];
  if (digits === undefined) return null;
  const amount = Number(digits.replaceAll(",", ""));
  const scale = { "%": 0.01, s: key.endsWith("_ms") ? 1000 : 1 }[unit?.toLowerCase()] ?? 1;
  return { key, value: amount * scale, place, placeName: place && (label({ label: labels, value: "" }).split(" · ")[1] ?? place) };
}

/** Whether a tag is such a number, or a size of the input, and so no word to search by. */
export function isMeasured(tag) {
  return metricOf(tag) !== null && (known(`metric.${tag.key}`) || tag.key.startsWith("input."));
}

/** All numbers of a version: its own, then those of its variants. */
export function metricsOf(version) {
  return [...version.context, ...version.variants.flatMap(({ context }) => context)].map(metricOf)
    .filter((metric) => metric && known(`metric.${metric.key}`));
}

/** What to tell versions apart by: the best known accuracy and speed among them, of one board or dataset each. */
export function mainMetrics(versions) {
  const all = versions.flatMap(metricsOf);
  return [ACCURACY, SPEED].map((keys) => keys.map((key) => all.find((metric) => metric.key === key)).find(Boolean)).filter(Boolean);
}

/** The number of `version` that is measured as `metric` is; null where it has none. */
export function valueOf(version, { key, place }) {
  return metricsOf(version).find((metric) => metric.key === key && metric.place === place)?.value ?? null;
}

export function metricName({ key, placeName }) {
  return placeName ? `${t(`metric.${key}`)} · ${placeName}` : t(`metric.${key}`);
}

const UNITS = { latency_ms: " ms", fps: " fps", energy_mj: " mJ" };

export function metricText(key, value) {
  return `${trimmed(key, value)}${UNITS[key] ?? ""}`;
}

/** With its sign, as `+0.019`; a minus that is as wide as the plus. */
export function differenceText(key, value) {
  if (Math.abs(value) < 1e-9) return "±0";
  return `${value > 0 ? "+" : "−"}${trimmed(key, Math.abs(value))}${UNITS[key] ?? ""}`;
}

/** Whether a difference is to the better; null where there is none, or the key does not say. */
export function isBetter(key, difference) {
  if (Math.abs(difference) < 1e-9 || !(RATIOS.has(key) || SPEED.includes(key) || LESS_IS_BETTER.has(key))) return null;
  return (difference < 0) === LESS_IS_BETTER.has(key);
}

function trimmed(key, value) {
  return RATIOS.has(key) ? value.toFixed(3) : String(Number(value.toPrecision(4)));
}
