/** What is said above the results when the search did more than was asked. Loaded when there is something to say. */
import { follow, href, short } from "./home.js";
import { el } from "./page.js";
import { itemsOf } from "./search-understood.js";
import "./strings-notes.js";
import { t } from "./strings.js";

/** What the search did beyond the words typed: it corrected them, or lets models through that meet only some. */
export function notesView(q, { corrected, understood }) {
  const lines = [];
  if (corrected) {
    lines.push([t("corrected", { q: short(q), corrected: short(corrected) }), " ",
      el("a", { href: href((next) => next.set("q", asTyped(q, itemsOf(q, understood)))), onclick: follow }, t("corrected.as-typed"))]);
  }
  if (understood?.relaxed) {
    const { meeting_all: n, items } = understood;
    const words = items.filter(({ kind, negated }) => kind === "word" && !negated);
    const [none, few] = words.length === 1 ? ["relaxed.none.one", "relaxed.few.one"] : ["relaxed.none", "relaxed.few"];
    lines.push(t(n === 0 ? none : few, { n, q: short(words[0]?.text ?? "") }));
  }
  return lines.map((line) => el("p", {}, line));
}

/** The query with its words in quotes, which are never corrected. */
function asTyped(q, items) {
  const points = [...q];
  for (const { start, end, kind, negated } of items.toReversed()) {
    const from = negated && points[start] === "-" ? start + 1 : start;
    // In quotes 말고 would leave nothing out.
    if (negated && from === start) continue;
    if (kind === "word") points.splice(from, end - from, `"${points.slice(from, end).join("")}"`);
  }
  return points.join("");
}
