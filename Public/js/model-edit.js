/** What those may do who own a model: edit and delete it. */
import { ApiError, get, modelPath, patch, remove } from "./api.js";
import { el, icon, reloadWith, toast } from "./page.js";
import { field, openDialog, select } from "./form.js";
import { tagInput, tagTexts } from "./tag-input.js";
import { label, t } from "./strings.js";

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
      reloadWith(t("saved"));
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
