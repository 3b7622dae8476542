/** Context keys and their values: how many models have them, what they are called, and the words that find them. */
import { put, remove } from "./api.js";
import { badge, byId, el, empty, icon, title, toast } from "./page.js";
import { cell, field, openDialog } from "./form.js";
import { enter, labelFields, labelOf, listing } from "./admin.js";
import { known, label, language, number, t } from "./strings.js";

const key = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const { isAdmin } = await enter({ everyone: true });
const HANGUL = /\p{Script=Hangul}/u;
let keyItem = null;

title(key || t("menu.context"));
byId("lead").textContent = t(isAdmin ? "context.text" : "context.text.others");
const show = key ? values() : keys();
show();

const address = (value) => ["/context", key, value].filter((part) => part !== undefined).map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join("/");
const count = (n, text, href) => (n > 0 ? el("a", { href, "aria-label": text }, number(n)) : "0");
const other = (item) => item.label && (language === "ko" ? item.label.en : item.label.ko);

function names(item, id, href) {
  const shown = label(item) || id;
  const second = other(item);
  return [
    href ? el("a", { class: "mono-name", href }, shown) : el("strong", {}, shown),
    second && second !== shown && [" ", el("span", { class: "quiet", lang: language === "ko" ? "en" : "ko" }, second)],
    item.named && [" ", badge("info", null, t("context.named"))],
    shown !== id && el("span", { class: "quiet mono block" }, id),
  ];
}

function keys() {
  return listing({
    path: "/context",
    heads: ["context.key", "context.kind", "context.values", "context.models"],
    words: (item) => [item.key, item.label?.ko, item.label?.en, item.description?.ko, item.description?.en].join(" "),
    row: (item) => el("tr", {},
      el("th", { scope: "row" }, names(item, item.key, `/context/${encodeURIComponent(item.key)}`),
        item.description && el("span", { class: "quiet block" }, item.description[language])),
      cell("context.kind", known(`kind.${item.kind}`) ? t(`kind.${item.kind}`) : item.kind, item.unit && el("span", { class: "quiet mono" }, ` ${item.unit}`)),
      cell("context.values", count(item.values, t("context.see", { name: label(item) || item.key }), `/context/${encodeURIComponent(item.key)}`)),
      cell("context.models", count(item.count, t("context.find", { name: label(item) || item.key, n: item.count }), `/?q=${encodeURIComponent(`has:${item.key}`)}`)),
      el("td", { class: "end" }, isAdmin && editButton(item, `/context/${encodeURIComponent(item.key)}`, item.key, false))),
    nothing: () => empty("tag", t("context.empty.title"), t("context.empty.text"), el("a", { class: "button primary", href: "/register" }, icon("plus"), t("register"))),
  });
}

function values() {
  byId("crumbs").replaceChildren(el("a", { href: "/context" }, t("menu.context")), ` / ${key}`);
  return listing({
    path: `/context/${encodeURIComponent(key)}`,
    heads: ["context.value", "context.synonyms", "context.models"],
    search: true,
    changed: (_, page) => {
      keyItem = page;
      title(label(keyItem) || key);
      byId("heading").firstElementChild.textContent = label(keyItem) || key;
      if (key === "service") byId("actions").replaceChildren(el("a", { class: "button", href: "/service-types" }, t("menu.service-types")));
      else if (isAdmin) byId("actions").replaceChildren(editButton(keyItem, address(), key, false));
    },
    row: (item) => el("tr", {},
      el("th", { scope: "row" }, names(item, item.value)),
      el("td", { class: "wide", "data-label": t("context.synonyms") }, item.synonyms.length > 0
        ? el("span", { class: "synonyms" }, item.synonyms.map((word) => el("span", { class: "tag", lang: HANGUL.test(word) ? "ko" : "en" }, word)))
        : el("span", { class: "quiet" }, "–")),
      cell("context.models", count(item.count, t("context.find", { name: label(item), n: item.count }), `/?tag=${encodeURIComponent(`${key}:${item.value}`)}`)),
      el("td", { class: "end" }, isAdmin && key !== "service" && editButton(item, address(item.value), item.value, true))),
    nothing: () => empty("tag", t("context.empty.title"), t("context.empty.text")),
    missing: (error) => empty("search", t("context.unknown.title"), error.message, el("a", { class: "button", href: "/context" }, t("menu.context"))),
  });
}

function editButton(item, path, id, hasSynonyms) {
  return el("button", {
    type: "button", class: "button small", "aria-label": t("context.edit", { name: label(item) || id }), onclick: () => edit(item, path, id, hasSynonyms),
  }, t("edit"));
}

function edit(item, path, id, hasSynonyms) {
  const name = label(item) || id;
  const dialog = openDialog({
    title: t("context.edit", { name }), submit: t("save"),
    content: [
      el("p", { class: "quiet mono" }, hasSynonyms ? `${key}:${id}` : id),
      labelFields(item.label),
      hasSynonyms && field(t("context.synonyms"), el("textarea", { name: "synonyms", rows: "2", value: item.synonyms.join(", ") }), t("context.synonyms.hint")),
      item.named && el("div", { class: "actions" }, el("button", { type: "button", class: "button", onclick: reset }, icon("back"), t("context.reset"))),
    ],
    action: async (data) => {
      const words = (data.get("synonyms") ?? "").split(/[,\n]/).map((word) => word.trim()).filter(Boolean);
      await put(path, { label: labelOf(data), ...(hasSynonyms && { synonyms: words }) });
      toast(t("saved"));
      await show();
    },
  });

  async function reset({ target }) {
    target.disabled = true;
    try {
      await remove(path);
      dialog.close();
      toast(t("context.reset.done"));
      await show();
    } catch (error) {
      toast(error.message);
      target.disabled = false;
    }
  }
}
