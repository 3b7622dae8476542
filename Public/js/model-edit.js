/** What those may do who own a model: edit and delete it. What somebody else changed meanwhile is shown, never written over. */
import { ApiError, get, getWithTag, modelPath, patch, remove } from "./api.js";
import { el, icon, reloadWith } from "./page.js";
import { field, openDialog, select } from "./form.js";
import { tagInput, tagTexts } from "./tag-input.js";
import { label, t } from "./strings.js";
import "./strings-edit.js";

const STALE = 412;
const FIELDS = ["title", "summary", "service_type", "license", "visibility", "context"];

/** Deleting stands at the foot of the dialog: seldom wanted, never by accident. */
export async function editModel(model) {
  const services = (await get("/service-types?limit=100")).items;
  const context = tagInput({ name: "context", labelText: t("edit.tags"), hint: t("model.tags.hint") });
  const conflict = el("div", { class: "conflict", role: "alert" });
  // What the form was filled from: only what differs from it is sent, so that others keep what they changed.
  let base = model;
  context.set(tagTexts(model.own_context));
  const deletion = model.permissions.delete && el("button", { type: "button", class: "button danger", onclick: () => {
    dialog.close();
    askToDelete(model);
  } }, icon("trash"), t("model.delete"));
  const dialog = openDialog({
    title: t("model.edit"), submit: t("save"), wide: true,
    content: [
      conflict,
      field(t("edit.title"), el("input", { name: "title", value: model.title, required: true, maxlength: "200" })),
      field(t("edit.summary"), el("textarea", { name: "summary", rows: "2", value: model.summary, maxlength: "1000" })),
      field(t("facet.service"), select("service_type", services.map((service) => [service.id, label(service)]), model.service_type), furtherServices(model)),
      field(t("fact.license"), el("input", { name: "license", value: model.license ?? "", maxlength: "100" })),
      field(t("edit.visibility"), select("visibility", ["public", "private"].map((kind) => [kind, t(`visibility.${kind}`)]), model.visibility), t("edit.visibility.hint")),
      context.element,
      deletion,
    ],
    action: async () => send(),
  });
  dialog.querySelector('[name="title"]').focus();

  /** The dialog stays open when somebody was first. */
  async function send() {
    const change = changes(base, mine());
    if (Object.keys(change).length === 0) return true;
    try {
      await patch(modelPath(model.name), change, base.tag);
    } catch (error) {
      if (error.status !== STALE) throw error;
      showConflict(await getWithTag(modelPath(model.name)));
      return false;
    }
    reloadWith(t("saved"));
    return true;
  }

  function mine() {
    const control = (name) => dialog.querySelector(`[name="${name}"]`).value;
    return { ...Object.fromEntries(FIELDS.slice(0, -1).map((name) => [name, control(name)])), context: context.tags() };
  }

  function fill(values) {
    for (const name of FIELDS.slice(0, -1)) dialog.querySelector(`[name="${name}"]`).value = values[name];
    context.set(values.context);
  }

  /** Theirs beside mine, and two ways on; until one is taken nothing changes. */
  function showConflict(theirs) {
    const [before, other, own] = [valuesOf(base), valuesOf(theirs), mine()];
    const rows = FIELDS.filter((name) => !same(other[name], before[name]) || !same(own[name], other[name]));
    const words = (name, value) => (name === "context" ? value.join(", ")
      : name === "service_type" ? label(services.find(({ id }) => id === value) ?? { id: value })
        : name === "visibility" ? t(`visibility.${value}`) : value) || t("none");
    const done = (text) => {
      conflict.replaceChildren(el("p", { class: "notice info" }, icon("check"), text));
      dialog.querySelector('[name="title"]').focus();
    };
    conflict.replaceChildren(el("div", { class: "notice warn" }, icon("warning"), el("div", {},
      el("p", {}, el("strong", {}, t("conflict.title")), " ", t("conflict.text")),
      el("table", { class: "numbers" }, el("thead", {}, el("tr", {}, ["conflict.field", "conflict.theirs", "conflict.mine"].map((key) => el("th", { scope: "col" }, t(key))))),
        el("tbody", {}, rows.map((name) => el("tr", {}, el("th", { scope: "row" }, t(FIELD_WORDS[name])), el("td", {}, words(name, other[name])), el("td", {}, same(own[name], before[name]) ? t("conflict.untouched") : words(name, own[name])))))),
      el("div", { class: "actions" },
        el("button", { type: "button", class: "button small", id: "take-theirs", onclick: () => {
          base = theirs;
          fill(other);
          done(t("conflict.taken"));
        } }, t("conflict.take")),
        el("button", { type: "button", class: "button small", id: "apply-mine", onclick: async (event) => {
          event.target.disabled = true;
          // Mine are the fields that I changed; in the others theirs stay.
          const change = changes(base, own);
          base = theirs;
          fill({ ...other, ...change });
          try {
            await send();
          } catch (error) {
            done(error.message);
          }
        } }, t("conflict.apply"))))));
    conflict.querySelector("button").focus();
    conflict.scrollIntoView({ block: "nearest" });
  }
}

/** The other service types of the model: they are context, which stays as it is when the first one changes. */
function furtherServices(model) {
  const own = new Set(tagTexts(model.own_context));
  const further = model.service_types.filter(({ id }) => id !== model.service_type);
  const words = (types) => types.map(label).join(", ");
  const [here, below] = [further.filter(({ id }) => own.has(`service:${id}`)), further.filter(({ id }) => !own.has(`service:${id}`))];
  return [here.length > 0 && t("edit.service.here", { names: words(here) }), below.length > 0 && t("edit.service.below", { names: words(below) })].filter(Boolean).join(" ") || undefined;
}

const FIELD_WORDS = { title: "edit.title", summary: "edit.summary", service_type: "facet.service", license: "fact.license", visibility: "edit.visibility", context: "edit.tags" };

function valuesOf(model) {
  return { title: model.title, summary: model.summary, service_type: model.service_type, license: model.license ?? "", visibility: model.visibility, context: tagTexts(model.own_context) };
}

function changes(base, values) {
  const before = valuesOf(base);
  return Object.fromEntries(FIELDS.filter((name) => !same(values[name], before[name])).map((name) => [name, values[name]]));
}

function same(one, other) {
  return Array.isArray(one) ? [...one].sort().join("\n") === [...other].sort().join("\n") : one.trim() === other.trim();
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
