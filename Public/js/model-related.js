/** Models like a model: what they share with it is what makes them so. */
import { get, modelPath } from "./api.js";
import { el, serviceTile } from "./page.js";
import { label, t } from "./strings.js";

const MOST = 5;
const MOST_SHARED = 4;

/** A card of models like `name`; nothing where there are none, or none can be had: the page does without. */
export async function relatedCard(name) {
  const { items } = await get(`${modelPath(name, "related")}?limit=${MOST}`).catch(() => ({ items: [] }));
  if (items.length === 0) return null;
  return el("section", { class: "card", id: "related" }, el("h2", {}, t("related")),
    el("ul", {}, items.map((item) => el("li", {},
      serviceTile(item.service_types[0]?.id),
      el("div", {},
        el("a", { href: `/models/${item.name}` }, item.title || item.name),
        el("p", { class: "quiet" }, shared(item)))))));
}

function shared({ context, service_types: services, why }) {
  const tags = [...context, ...services.map((service) => ({ ...service, key: "service", value: service.id }))];
  const names = (why?.tags ?? []).map((text) => {
    const tag = tags.find(({ key, value }) => text === `${key}:${value.toLowerCase()}`);
    return tag ? label(tag) : text.slice(text.indexOf(":") + 1);
  });
  return names.length > 0 ? t("related.shared", { names: [...new Set(names)].slice(0, MOST_SHARED).join(", ") }) : "";
}
