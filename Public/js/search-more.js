/** The next page of the ranked list. Loaded when one asks for it. */
import { get } from "./api.js";
import { state } from "./home.js";
import { rowsFor } from "./search-rows.js";

/** Adds the models that follow the `count` that are shown; gives how many there are then, and where the next page begins. */
export async function addPage({ list, asked, labels, count, signal }) {
  const { items, next } = await get(`/models?${asked}`, signal);
  const rows = rowsFor(items, labels, null);
  list.append(...rows);
  rows[0]?.querySelector("a").focus();
  remember(count + rows.length);
  return { next, shown: count + rows.length };
}

/** Keeps in the URL how many models are shown, so that going back shows them again. */
function remember(count) {
  const query = state();
  if (query.has("cursor")) return;
  query.set("n", count);
  history.replaceState(null, "", `/?${query}`);
}
