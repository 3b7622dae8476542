/** How a query was understood, what goes with it, and why a model was found, in words. */
import { short } from "./home.js";
import { el, icon, precisionName } from "./page.js";
import { known, label, number, t } from "./strings.js";

const MOST_NEAR = 5;
const MOST_LINES = 3;
const MOST_REASONS = 4;
const MOST_MEANINGS = 2;
/** Weaker ones are chance, in thousandths. */
const WEAKEST = 20;

/** Puts the labels of all tags that an answer names into `labels`, by `key:value` in small letters. */
export function learnLabels(labels, answer, serviceTypes) {
  const learn = (tag, words) => words && labels.set(tag.toLowerCase(), words);
  for (const { id, label: words } of serviceTypes) learn(`service:${id}`, words);
  for (const [key, values] of Object.entries(answer?.facets ?? {})) for (const item of values) learn(`${key}:${item.value}`, item.label);
  for (const item of answer?.items ?? []) for (const { key, value, label: words } of item.context) learn(`${key}:${value}`, words);
  const named = [...(answer?.understood?.items ?? []).flatMap(({ means }) => means ?? []), ...(answer?.associations ?? []), ...(answer?.also ?? [])];
  for (const { tag, label: words } of named) learn(tag, words);
}

/** A tag in the reader's words, else its value; words of the query stay as they are. */
function nameOf(tag, labels) {
  const [, key, value] = tag.match(/^([a-z][\w.@-]*):(.+)$/s) ?? [];
  if (key === "precision") return precisionName(value);
  return value ? label({ label: labels.get(tag.toLowerCase()), value }) : tag;
}

/** The kind and the name of tags, the kind once for those that follow each other; where there is little room only names are seen. */
function meaningOf(tags, labels) {
  const keyOf = (tag) => tag?.split(":", 1)[0];
  return tags.map((tag, at) => [
    at > 0 && ", ",
    keyOf(tag) !== keyOf(tags[at - 1]) && el("span", { class: "kind" }, `${known(`facet.${keyOf(tag)}`) ? t(`facet.${keyOf(tag)}`) : keyOf(tag)}: `),
    nameOf(tag, labels),
  ]);
}

/** The query without an item of it; `start` and `end` count code points. Marks that joined it to its neighbours go too. */
export function without(q, { start, end }) {
  const points = [...q];
  const before = points.slice(0, start).join("").replace(/(?<=[\p{L}\p{N}])[^\s\p{L}\p{N}"()*]+$/u, "");
  const after = points.slice(end).join("").replace(/^[^\s\p{L}\p{N}"()]+/u, "");
  return [before.trimEnd(), after.trimStart()].filter(Boolean).join(" ");
}

/** What a query is made of; all of it is one word where the server said no more. */
export function itemsOf(q, understood) {
  if (!q) return [];
  if (understood?.items.length > 0) return understood.items;
  return [{ text: q, start: 0, end: [...q].length, kind: "word", negated: false, means: [], problem: understood && t("understood.nothing") }];
}

/** A chip for each item: what was typed, what it means, and a button that takes it out. */
export function understoodChips(q, items, labels, remove) {
  const points = [...q];
  return items.map((item) => {
    // The server may name a word as it is known; the chip shows it as it was typed.
    const text = points.slice(item.start, item.end).join("");
    // Of "사람 말고" the chip shows what is left out.
    const words = item.negated ? (text.startsWith("-") ? text.slice(1) : item.text) : text;
    const tags = (item.means ?? []).map(({ tag }) => tag);
    const more = tags.length - MOST_MEANINGS;
    // A condition on numbers is called what it is.
    const meaning = ["number", "has"].includes(item.kind) ? label({ label: item.means?.[0]?.label }) : meaningOf(tags.slice(0, MOST_MEANINGS), labels);
    return el("li", { class: `chip understood${item.negated ? " negated" : ""}${item.problem ? " doubtful" : ""}` },
      el("span", {},
        known(`understood.${item.kind}`) && el("span", { class: "hidden" }, `${t(`understood.${item.kind}`)} `),
        item.negated && el("b", {}, `${t("understood.not")} `),
        short(words),
        tags.length > 0 && el("span", { class: tags.length === 1 && nameOf(tags[0], labels).toLowerCase() === words.toLowerCase() ? "means same" : "means" }, " ", el("span", { "aria-hidden": "true" }, "→ "),
          el("span", { class: "hidden" }, `${t("understood.means")} `), meaning, more > 0 && ` +${number(more)}`),
        item.problem && el("span", { class: "problem" }, " ", icon("warning"), " ", item.problem.ko ? label({ label: item.problem }) : item.problem)),
      el("button", { type: "button", "aria-label": t("remove", { name: short(text) }), "data-focus": `item ${text}`, onclick: () => remove(item) }, icon("close")));
  });
}

/** A tag as it is typed into a query. */
function typed(tag) {
  const at = tag.indexOf(":");
  const value = tag.slice(at + 1);
  return /[\s"(),]/.test(value) ? `${tag.slice(0, at)}:"${value.replaceAll('"', "")}"` : tag;
}

/**
 * What goes with the query: tags by the way that leads to them, and tags that are common among what it goes with.
 *
 * Only tags that found models have are offered: each leads to models.
 */
export function nearView(query, { associations = [], also = [], understood, facets }, labels, search) {
  const q = query.get("q") ?? "";
  const there = new Set([...q.toLowerCase().split(/\s+/), ...query.getAll("tag"),
    ...query.getAll("service").map((id) => `service:${id}`), ...query.getAll("format").map((id) => `format:${id}`),
    ...(understood?.items ?? []).flatMap(({ means = [] }) => means.map(({ tag }) => typed(tag)))]);
  const isNew = ({ tag }) => !there.has(typed(tag).toLowerCase());
  /** How many of the models found have a tag; of keys that were not counted, nobody knows. */
  const found = (tag) => {
    const at = tag.indexOf(":");
    const values = facets?.[tag.slice(0, at)];
    return values ? values.find(({ value }) => value.toLowerCase() === tag.slice(at + 1))?.count ?? 0 : null;
  };
  const leads = ({ tag }) => found(tag) !== 0;
  const way = ({ path, from }) => plain((path?.slice(0, -1) ?? [from]).map((step) => nameOf(step, labels)));
  const add = (tag, figure, said) => el("li", {}, el("button", {
    type: "button", class: "chip near-chip", "data-focus": `near ${tag}`, title: `${tag} · ${said}`,
    onclick: () => search(`${q} ${typed(tag)}`),
  }, icon("plus"), el("span", { class: "hidden" }, `${t("near.add")} `), meaningOf([tag], labels),
  el("span", { class: "quiet", "aria-hidden": "true" }, figure), el("span", { class: "hidden" }, `, ${said}`)));
  const shown = associations.filter((one) => isNew(one) && leads(one) && one.support > 0 && one.strength >= WEAKEST);
  const lines = [...Map.groupBy(shown, way)].slice(0, MOST_LINES).map(([words, tags]) => line(`${words} →`, tags.slice(0, MOST_NEAR)
    .map(({ tag, strength, support }) => add(tag, percent(strength), [t("near.strength", { percent: percent(strength) }), support > 0 && t("near.support", { n: support })].filter(Boolean).join(", ")))));
  const others = also.filter((one) => isNew(one) && leads(one) && one.strength >= WEAKEST && !associations.some(({ tag }) => tag === one.tag)).slice(0, MOST_NEAR);
  if (others.length > 0) lines.push(line(t("near.also"), others.map(({ tag, count }) => add(tag, number(found(tag) ?? count), t("near.support", { n: found(tag) ?? count })))));
  if (shown.length > 0) lines[0].querySelector("p").append(" ", el("span", { class: "quiet", "aria-hidden": "true" }, `(${t("near.figure")})`));
  return lines.length > 0 ? [el("section", { class: "near", "aria-label": t("near") }, lines)] : [];
}

function line(words, chips) {
  return el("div", {}, el("p", {}, words), el("ul", { class: "chips", "aria-label": words }, chips));
}

function percent(strength) {
  return `${Math.round(strength / 10)} %`;
}

/** Steps with arrows between them; a name that only repeats the one before it is one step. */
function plain(steps) {
  return steps.filter((step, at) => step.toLowerCase() !== steps[at - 1]?.toLowerCase()).join(" → ");
}

/** The small line of a model: the ways that led to it, and the other tags and words that the query met. */
export function whyLine({ why }, labels) {
  const paths = (why?.paths ?? []).filter((path) => path.length > 1);
  const name = (step) => nameOf(step, labels);
  // Ways with the same beginning are one, and a way that others go on is part of them.
  const ways = Map.groupBy(paths, (path) => plain(path.slice(0, -1).map(name)));
  const isPart = (path) => ways.has(plain(path.map(name)));
  const told = [...ways].map(([start, ends]) => [start, ends.filter((path) => !isPart(path)).map((path) => name(path.at(-1)))])
    .filter(([, ends]) => ends.length > 0).map(([start, ends]) => plain([start, [...new Set(ends)].join(", ")]));
  const steps = new Set(paths.flat());
  // The word of the model beside the one that was asked for, where they differ.
  const words = Map.groupBy(why?.words ?? [], ({ term }) => term);
  const reasons = [
    ...told,
    ...(why?.tags ?? []).filter((tag) => !steps.has(tag)).map(name),
    ...(why?.terms ?? []).filter((term) => words.has(term) || !steps.has(term))
      .map((term) => plain([`“${term}”`, ...(words.get(term) ?? []).map(({ word }) => `“${word}”`)])),
  ];
  if (reasons.length === 0) return null;
  return el("p", { class: "row-why" }, icon("search"), el("span", { class: "hidden" }, `${t("why")}: `), [...new Set(reasons)].slice(0, MOST_REASONS).join(" · "));
}
