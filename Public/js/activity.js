/** What has been changed, by whom and when; for administrators. */
import { get } from "./api.js";
import { badge, byId, el, empty, failure, title } from "./page.js";
import { cell, moreButton, tableOf } from "./form.js";
import { enter, face, whenTyped, who } from "./admin.js";
import { ago, bytes, known, moment, number, t } from "./strings.js";
import "./strings-activity.js";

/** The areas of the record, with the icon of each. */
const AREAS = {
  model: "cube", version: "file", alias: "swap", user: "people", link: "link", account: "person", session: "lock", token: "key",
  namespace: "grid", "service-type": "shield", context: "tag", storage: "storage",
};
const LIMIT = 50;
/** What the row says already, or nobody can use. */
const UNTOLD = ["id", "manifest"];

title(t("menu.activity"));
await enter({ adminOnly: true });
const form = byId("filters");
form.elements.action.append(el("option", { value: "" }, t("activity.kind.all")), ...Object.keys(AREAS).map((area) => el("option", { value: area }, t(`area.${area}`))));
const asked = new URLSearchParams(location.search);
for (const control of form.elements) control.value = asked.get(control.name) ?? "";
form.addEventListener("submit", (event) => event.preventDefault());
form.elements.action.addEventListener("change", narrow);
for (const name of ["actor", "subject"]) whenTyped(form.elements[name], narrow);
let turn = 0;
show();

function narrow() {
  const query = wanted();
  history.replaceState(null, "", query.size > 0 ? `?${query}` : location.pathname);
  show();
}

function wanted() {
  const fields = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
  return new URLSearchParams(fields.filter(([, value]) => value));
}

async function show() {
  const mine = turn += 1;
  const query = wanted();
  const part = (cursor) => get(`/activity?${new URLSearchParams([...query, ["limit", LIMIT], ...(cursor ? [["cursor", cursor]] : [])])}`);
  try {
    const { items, next } = await part();
    if (mine !== turn) return;
    byId("found").textContent = query.size > 0 ? t("admin.found", { n: items.length }) : "";
    if (items.length === 0) return byId("list").replaceChildren(query.size > 0 ? nothingFound() : empty("pulse", t("activity.empty.title"), t("activity.empty.text")));
    const [card, body] = tableOf(["activity.when", "activity.actor", "activity.what", "activity.subject", "activity.detail"], items.map(row));
    card.querySelector("thead th:last-child").remove();
    card.querySelector("table").classList.add("log");
    byId("list").replaceChildren(card, moreButton(next, async (cursor) => {
      const page = await part(cursor);
      body.append(...page.items.map(row));
      return page.next;
    }));
  } catch (error) {
    if (mine === turn) byId("list").replaceChildren(failure(error, show));
  }
}

function nothingFound() {
  return empty("search", t("admin.nothing.title"), t("activity.nothing.text"), el("button", {
    type: "button", class: "button", onclick: () => {
      for (const control of form.elements) control.value = "";
      form.elements.action.focus();
      narrow();
    },
  }, t("admin.filter.clear")));
}

function row({ at, actor, action, subject, detail }) {
  const area = action.split(".")[0];
  const isSystem = actor === "system";
  return el("tr", {},
    el("th", { scope: "row" }, el("time", { datetime: at }, ago(at)), el("span", { class: "quiet hint block" }, moment(at))),
    cell("activity.actor", isSystem ? el("span", { class: "quiet" }, t("activity.system")) : who(face(actor), el("button", { type: "button", class: "plain-link", onclick: () => only("actor", actor) }, actor))),
    cell("activity.what", badge(/delete|remove|revoke/.test(action) ? "bad" : "", AREAS[area] ?? "pulse", known(`action.${action}`) ? t(`action.${action}`) : action)),
    el("td", { class: "wide", "data-label": t("activity.subject") }, link(area, subject)),
    el("td", { class: "wide", "data-label": t("activity.detail") }, details(detail)));
}

function only(name, value) {
  form.elements[name].value = value;
  narrow();
}

/** What was changed, where it can still be looked at. */
function link(area, subject) {
  const [name, rest] = subject.split("@");
  const encoded = name.split("/").map(encodeURIComponent).join("/");
  const href = {
    model: `/models/${encoded}`, version: `/models/${encoded}${rest ? `?v=${encodeURIComponent(rest)}` : ""}`, alias: `/models/${encoded}#versions`,
    namespace: `/namespaces/${encoded}`, context: `/context/${encodeURIComponent(subject.split(":")[0])}`, "service-type": `/?service=${encoded}`,
  }[area];
  return href ? el("a", { class: "mono-name", href }, subject) : el("span", { class: "mono-name" }, subject);
}

function details(detail) {
  const told = Object.entries(detail).filter(([name, value]) => !UNTOLD.includes(name) && value !== false && value !== "" && value !== null && !(Array.isArray(value) && value.length === 0));
  return el("span", { class: "details" }, told.map(([name, value]) => el("span", {}, el("b", {}, known(`detail.${name}`) ? t(`detail.${name}`) : name), value === true ? "" : ` ${words(name, value)}`)));
}

function words(name, value) {
  if (name === "bytes") return bytes(value);
  if (name.startsWith("role") && known(`role.${value}`)) return t(`role.${value}`);
  if (known(`${name}.${value}`)) return t(`${name}.${value}`);
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "number" ? number(value) : String(value);
}
