/** Service types: what home and registration offer. Administrators add, rename and delete them. */
import { patch, post, remove } from "./api.js";
import { byId, el, empty, icon, serviceTile, title, toast } from "./page.js";
import { cell, field, openDialog } from "./form.js";
import { enter, labelFields, labelOf, listing, showFigures, who } from "./admin.js";
import { label, language, number, t } from "./strings.js";

title(t("menu.service-types"));
const { isAdmin } = await enter({ everyone: true });
const load = listing({
  path: "/service-types",
  heads: ["types.name", "types.description", "types.models"],
  row,
  words: ({ id, label: names, description }) => [id, names.ko, names.en, description].join(" "),
  nothing: () => empty("grid", t("types.empty.title"), t("types.empty.text")),
});
load();
if (isAdmin) {
  byId("create").hidden = false;
  byId("create").addEventListener("click", create);
}

function show() {
  if (isAdmin) showFigures();
  return load();
}

function row(type) {
  const other = language === "ko" ? type.label.en : type.label.ko;
  const name = label(type);
  return el("tr", {},
    el("th", { scope: "row" }, who(serviceTile(type.id), name, type.id, other !== name && [" ", el("span", { class: "quiet", lang: language === "ko" ? "en" : "ko" }, other)])),
    el("td", { class: "wide", "data-label": t("types.description") }, type.description || el("span", { class: "quiet" }, "–")),
    cell("types.models", type.count > 0
      ? el("a", { href: `/?service=${encodeURIComponent(type.id)}`, "aria-label": t("types.models.see", { name, n: type.count }) }, number(type.count))
      : "0"),
    el("td", { class: "end" }, isAdmin && el("button", { type: "button", class: "button small", "aria-label": t("types.edit", { name }), onclick: () => edit(type) }, t("edit"))));
}

function nameFields(type) {
  return [
    labelFields(type?.label),
    field(t("types.description"), el("textarea", { name: "description", rows: "2", maxlength: "500", value: type?.description ?? "" })),
  ];
}

const described = (data) => ({ label: labelOf(data), description: data.get("description").trim() });

function create() {
  const id = el("input", { name: "id", required: true, maxlength: "64", autocomplete: "off", autocapitalize: "none", spellcheck: "false", "data-problems": "service-type-exists" });
  openDialog({
    title: t("types.create"), submit: t("types.create"),
    content: [field(t("types.id"), id, t("types.id.hint")), nameFields()],
    action: async (data) => {
      await post("/service-types", { id: data.get("id").trim(), ...described(data) });
      toast(t("types.created"));
      await show();
    },
  });
}

function edit(type) {
  const name = label(type);
  const dialog = openDialog({
    title: t("types.edit", { name }), submit: t("save"),
    content: [
      nameFields(type),
      el("div", { class: "actions" }, el("button", {
        type: "button", class: "button danger", onclick: () => {
          dialog.close();
          askToDelete(type);
        },
      }, icon("trash"), t("delete"))),
    ],
    action: async (data) => {
      await patch(`/service-types/${encodeURIComponent(type.id)}`, described(data));
      toast(t("saved"));
      await show();
    },
  });
}

function askToDelete(type) {
  openDialog({
    title: t("types.delete.title"), submit: t("delete"), danger: true,
    content: el("p", {}, t("types.delete.text", { name: label(type) })),
    action: async () => {
      await remove(`/service-types/${encodeURIComponent(type.id)}`);
      toast(t("types.deleted"));
      await show();
    },
  });
}
