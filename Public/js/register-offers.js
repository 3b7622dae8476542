/** Context tags that models of the same service type have, each a press away. */
import { get } from "./api.js";
import { byId, el, icon } from "./page.js";
import { label, t } from "./strings.js";
import "./strings-uploads.js";
import { tagWords } from "./tag-input.js";

const FACETS = "task,object,env,sensor";
const MOST = 8;

/** `context` is the tag input that takes them. */
export async function offerTags(service, context) {
  let offered = [];
  try {
    const query = service ? `service=${encodeURIComponent(service)}&` : "";
    const { facets } = await get(`/models?${query}limit=1&facets=${FACETS}`);
    offered = Object.entries(facets).flatMap(([key, values]) => values.map((one) => ({ ...one, tag: `${key}:${one.value}` })))
      .filter(({ count, tag }) => count > 0 && !context.tags().includes(tag)).sort((a, b) => b.count - a.count).slice(0, MOST);
  } catch {
    // Offers are a help: without them one types the tag.
  }
  byId("offers").replaceChildren(...offered.map((one) => offer(one, context)));
}

function offer(one, context) {
  const take = (event) => {
    const button = event.target.closest("button");
    const next = button.nextElementSibling ?? context.element.querySelector("input");
    button.remove();
    context.set([...context.tags(), one.tag]);
    next.focus();
  };
  return el("button", { type: "button", class: "button small", "data-tag": one.tag, "aria-label": t("tags.add", { tag: one.tag }), onclick: take }, icon("plus"), one.label ? label(one) : tagWords(one.tag));
}
