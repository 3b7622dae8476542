/** Models like a model: what they share with it is what makes them so. */
import { get, modelPath } from "./api.js";
import { el, formatName, precisionName, serviceTile } from "./page.js";
import { label, t } from "./strings.js";

const MOST = 5;
const MOST_SHARED = 4;

/** A card of models like this one; nothing where there are none. */
export async function relatedCard({ name }) {
  const { items } = await get(`${modelPath(name, "related")}?limit=${MOST}`);
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
    const [key, ...rest] = text.split(":");
    const tag = tags.find((other) => text === `${other.key}:${other.value.toLowerCase()}`);
    if (key === "precision") return precisionName(rest.join(":"));
    return tag?.label ? label(tag) : key === "format" ? formatName(rest.join(":")) : rest.join(":");
  });
  return names.length > 0 ? t("related.shared", { names: [...new Set(names)].slice(0, MOST_SHARED).join(", ") }) : "";
}
