/** The rows of the list: those that stay are the same nodes, so that typing on costs little and nothing flickers. */
import { row } from "./home.js";
import { whyLine } from "./search-understood.js";

const keys = new WeakMap();

/** A row for each model, in order; `list` is the list that is shown now, or null. */
export function rowsFor(items, labels, list) {
  const old = new Map([...(list?.children ?? [])].map((node) => [keys.get(node), node]));
  return items.map((item) => {
    const key = JSON.stringify(item);
    const kept = old.get(key);
    old.delete(key);
    const node = kept ?? row(item, whyLine(item, labels));
    keys.set(node, key);
    return node;
  });
}

/** Puts the rows into the list and takes out what is none of them. A row that is in its place is not touched: it may have the focus. */
export function place(list, rows) {
  const wanted = new Set(rows);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  rows.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}
