/** What those may do who own a model: edit and delete it, move aliases, change the state of versions. */
import { ApiError, get, modelPath, patch, put, remove } from "./api.js";
import { badge, el, icon, toast } from "./page.js";
import { field, openDialog, select } from "./form.js";
import { tagInput, tagTexts } from "./tag-input.js";
import { label, t } from "./strings.js";

function done(message) {
  toast(message);
  location.reload();
}

/** Deleting stands at the foot of the dialog: seldom wanted, never by accident. */
export function editButton(model) {
  const { edit: mayEdit, delete: mayDelete } = model.permissions;
  if (!mayEdit) return null;
  const remove = mayDelete && el("button", { type: "button", class: "button danger", onclick: () => {
    remove.closest("dialog").close();
    askToDelete(model);
  } }, icon("trash"), t("model.delete"));
  return el("button", { type: "button", class: "button", onclick: () => edit(model, remove) }, t("model.edit"));
}

async function edit(model, deletion) {
  let services;
  try {
    services = (await get("/service-types?limit=100")).items;
  } catch (error) {
    return toast(error.message);
  }
  const context = tagInput({ name: "context", labelText: t("register.tags"), hint: t("model.tags.hint") });
  context.set(tagTexts(model.own_context));
  openDialog({
    title: t("model.edit"), submit: t("save"), wide: true,
    content: [
      field(t("field.title"), el("input", { name: "title", value: model.title, required: true })),
      field(t("field.summary"), el("textarea", { name: "summary", rows: "2", value: model.summary })),
      field(t("facet.service"), select("service_type", services.map((service) => [service.id, label(service)]), model.service_type)),
      field(t("field.license"), el("input", { name: "license", value: model.license ?? "" })),
      field(t("field.visibility"), select("visibility", ["public", "private"].map((kind) => [kind, t(`visibility.${kind}`)]), model.visibility), t("field.visibility.hint")),
      context.element,
      deletion,
    ],
    action: async (data) => {
      await patch(modelPath(model.name), { ...Object.fromEntries(data), context: context.tags() }, model.tag);
      done(t("saved"));
    },
  });
}

function askToDelete(model) {
  openDialog({
    title: t("model.delete"), submit: t("model.delete"), danger: true,
    content: [
      el("p", {}, t("model.delete.text")),
      field(t("model.delete.type", { name: model.name }), el("input", { name: "typed", required: true, autocomplete: "off", spellcheck: "false" })),
    ],
    action: async (data) => {
      if (data.get("typed").trim() !== model.name) {
        throw new ApiError(422, { errors: [{ field: "typed", detail: t("model.delete.differs") }] });
      }
      await remove(modelPath(model.name));
      location.assign("/");
    },
  });
}

/** The aliases with their versions, and – for those who may – moving and removing them. */
export function aliasButtons(model) {
  return el("ul", { class: "facts" },
    model.aliases.length === 0 && el("li", { class: "quiet" }, t("none")),
    model.aliases.map(({ alias, version }) => el("li", {}, badge(alias === "latest" ? "ok" : "info", null, alias), el("span", {}, version,
      model.permissions.alias && alias !== "latest" && el("button", {
        type: "button", class: "icon-button", "aria-label": t("remove", { name: alias }), onclick: () => removeAlias(model, alias),
      }, icon("close"))))),
    model.permissions.alias && model.latest && el("li", {}, el("button", { type: "button", class: "button small", onclick: () => setAlias(model, model.latest.version) }, icon("plus"), t("alias.set"))));
}

async function setAlias(model, version) {
  openDialog({
    title: t("alias.set"), submit: t("save"),
    content: [
      field(t("alias.name"), el("input", { name: "alias", required: true, placeholder: "stable", autocomplete: "off", autocapitalize: "none", spellcheck: "false" }), t("alias.hint")),
      field(t("fact.version"), el("input", { name: "version", required: true, value: version, autocomplete: "off" })),
    ],
    action: async (data) => {
      await put(modelPath(model.name, "aliases", data.get("alias").trim()), { version: data.get("version").trim() });
      done(t("saved"));
    },
  });
}

function removeAlias(model, alias) {
  openDialog({
    title: t("remove", { name: alias }), submit: t("delete"), danger: true,
    content: el("p", {}, t("alias.remove.text")),
    action: async () => {
      await remove(modelPath(model.name, "aliases", alias));
      done(t("saved"));
    },
  });
}

/** What may be done with a version in its state. */
export function versionMenu(model, version, versions) {
  const may = model.permissions;
  const item = (key, action) => el("button", { type: "button", onclick: action }, t(key));
  const items = [
    may.alias && version.state !== "draft" && version.state !== "withdrawn" && item("alias.set-here", () => setAlias(model, version.version)),
    may.edit && version.state !== "published" && item(version.state === "draft" ? "version.publish" : "version.restore", () => changeState(model, version, "published")),
    may.edit && version.state === "published" && item("version.deprecate", () => changeState(model, version, "deprecated")),
    may.edit && ["published", "deprecated"].includes(version.state) && item("version.withdraw", () => changeState(model, version, "withdrawn", versions)),
    may.edit && version.state === "draft" && item("version.discard", () => discard(model, version)),
  ].filter(Boolean);
  if (items.length === 0) return null;
  return el("details", { class: "menu" },
    el("summary", { class: "button small", "aria-label": t("version.actions", { version: version.version }) }, "⋯"),
    el("div", { class: "menu-list" }, items));
}

const STATE_WORDS = { published: "version.restore", deprecated: "version.deprecate", withdrawn: "version.withdraw" };

function changeState(model, version, state, versions = []) {
  const heldBy = version.aliases.filter((alias) => alias !== "latest");
  const others = versions.filter((other) => other.version !== version.version && ["published", "deprecated"].includes(other.state));
  const words = t(version.state === "draft" ? "version.publish" : STATE_WORDS[state]);
  openDialog({
    title: `${version.version} – ${words}`, submit: words, danger: state === "withdrawn",
    content: [
      el("p", {}, t(`state.${state}.text`)),
      state !== "published" && field(t("version.reason"), el("textarea", { name: "reason", rows: "2", required: true }), t("version.reason.hint")),
      state === "withdrawn" && heldBy.length > 0 && others.length > 0 && field(t("version.replace", { aliases: heldBy.join(", ") }),
        select("replace_with", others.map((other) => [other.version, other.version]), others[0].version)),
    ],
    action: async (data) => {
      await patch(modelPath(model.name, "versions", version.version), { state, ...Object.fromEntries(data) });
      done(t("saved"));
    },
  });
}

function discard(model, version) {
  openDialog({
    title: `${version.version} – ${t("version.discard")}`, submit: t("version.discard"), danger: true,
    content: el("p", {}, t("version.discard.text")),
    action: async () => {
      await remove(modelPath(model.name, "versions", version.version));
      done(t("saved"));
    },
  });
}
