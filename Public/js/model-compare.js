/** Two versions side by side: what is the same, what is not, and by how much. */
import { get, modelPath } from "./api.js";
import { badge, copyButton, el, failure, icon } from "./page.js";
import { differenceText, isBetter, metricOf, metricText } from "./model-metrics.js";
import { sizeDifference, stateBadge } from "./model-versions.js";
import { bytes, date, known, label, shortDigest, t } from "./strings.js";

/** The card; a failure is a card too. `leave` is called by its close button. */
export async function compareView(model, [from, to], leave) {
  let answer;
  try {
    answer = await get(`${modelPath(model.name, "compare")}?a=${encodeURIComponent(from)}&b=${encodeURIComponent(to)}`);
  } catch (error) {
    const place = el("div", {});
    place.replaceChildren(failure(error, async () => place.replaceChildren(await compareView(model, [from, to], leave))));
    return place;
  }
  const { a, b } = answer;
  const rows = [...facts(answer), ...answer.context.map(contextRow), ...answer.artifacts.map(artifactRow)];
  const changed = rows.filter(({ isSame }) => !isSame).length;
  const table = el("table", { class: "table compare" },
    el("caption", { class: "hidden" }, t("compare.title", { from: a.version, to: b.version })),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("compare.what")), el("th", { scope: "col" }, a.version), el("th", { scope: "col" }, b.version), el("th", { scope: "col" }, t("compare.change")))),
    el("tbody", {}, rows.map((row) => tableRow(row, a.version, b.version))));
  const all = el("input", { type: "checkbox", onchange: () => table.classList.toggle("all", all.checked) });
  return el("section", { class: "card comparison" },
    el("div", { class: "card-head" },
      el("h2", { tabindex: "-1" }, icon("swap"), t("compare.title", { from: a.version, to: b.version })),
      el("span", { class: "grow quiet" }, t("compare.count", { n: changed })),
      rows.length > changed && el("label", { class: "choice" }, all, t("compare.all")),
      copyButton(location.href, t("compare.address")),
      el("button", { type: "button", class: "icon-button", "aria-label": t("close"), onclick: leave }, icon("close"))),
    changed === 0 && el("p", { class: "padded" }, t("compare.none")),
    table);
}

function tableRow({ head, sub, from, to, change, isSame }, first, second) {
  return el("tr", { class: isSame ? "same" : null },
    el("th", { scope: "row" }, head, sub && el("span", { class: "quiet block" }, sub)),
    el("td", { "data-label": first }, from), el("td", { "data-label": second }, to), el("td", { "data-label": t("compare.change") }, change));
}

function facts({ a, b, size_difference: difference, readme }) {
  const state = (version) => [stateBadge(version) ?? t("state.published"), version.state_reason && el("span", { class: "quiet block" }, version.state_reason)];
  const person = (version) => `${version.created_by} · ${date(version.created_at)}`;
  return [
    { head: t("fact.size"), from: bytes(a.size), to: bytes(b.size), change: differenceBadge(difference < 0, sizeDifference(difference), difference === 0), isSame: difference === 0 },
    { head: t("compare.state"), from: state(a), to: state(b), change: mark(a.state === b.state ? "same" : "changed"), isSame: a.state === b.state },
    { head: t("compare.made"), from: person(a), to: person(b), change: null, isSame: person(a) === person(b) },
    { head: t("compare.notes"), from: notes(a), to: notes(b), change: null, isSame: a.notes === b.notes },
    { head: t("tab.readme"), from: t(a.readme ? "compare.has" : "none"), to: t(b.readme ? "compare.has" : "none"), change: mark(readme), isSame: readme === "same" },
  ];
}

function notes({ notes: text }) {
  return text ? el("span", { class: "version-notes" }, text) : el("span", { class: "quiet" }, t("version.no-notes"));
}

function contextRow({ variant, key, label: name, place, place_label: placeName, change, a, b, difference }) {
  const value = (tags) => (tags.length === 0 ? "–" : tags.map((tag) => {
    const metric = metricOf(tag);
    if (metric && known(`metric.${key}`)) return metricText(key, metric.value);
    return place || difference !== null ? tag.value.split("@")[0] : label(tag);
  }).join(", "));
  const words = label({ label: name, value: key });
  return {
    head: known(`metric.${key}`) ? t(`metric.${key}`) : words, sub: [place && label({ label: placeName, value: place }), variant && t("compare.variant", { name: variant })].filter(Boolean).join(" · "),
    from: value(a), to: value(b), isSame: change === "same",
    change: change === "changed" && difference !== null ? differenceBadge(isBetter(key, difference), differenceText(key, difference), difference === 0) : mark(change),
  };
}

function artifactRow({ path, change, a, b, size_difference: difference }) {
  const side = (artifact) => (artifact === null ? "–" : [bytes(artifact.size), " ", el("span", { class: "mono", title: artifact.digest }, shortDigest(artifact.digest)),
    artifact.variants.length > 0 && artifact.variants[0] !== "default" && el("span", { class: "quiet block" }, artifact.variants.join(", "))]);
  return {
    head: el("span", { class: "mono" }, path), from: side(a), to: side(b), isSame: change === "same",
    change: change === "changed" && difference !== 0 ? [mark(change), " ", el("span", { class: "quiet" }, sizeDifference(difference))] : mark(change),
  };
}

/** The sign says what changed; colour and the check mark say only that it is to the better. */
function differenceBadge(isGood, text, isNone) {
  if (isNone) return mark("same");
  return isGood ? badge("ok", "check", [text, el("span", { class: "hidden" }, ` ${t("compare.better")}`)]) : badge("", null, text);
}

function mark(change) {
  const looks = { same: ["", null], added: ["info", "plus"], removed: ["warn", "close"], changed: ["info", "swap"] };
  return badge(...looks[change], t(`change.${change}`));
}
