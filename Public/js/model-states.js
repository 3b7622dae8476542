/** What owners do with versions: publish drafts, deprecate, withdraw, offer again. */
import { ApiError, getWithTag, modelPath, patch, remove } from "./api.js";
import { el, icon, reloadWith } from "./page.js";
import { field, openDialog, select } from "./form.js";
import { offeredVersions, setAlias } from "./model-aliases.js";
import { t } from "./strings.js";
import "./strings-edit.js";

/** What may be done with a version in its state. */
export function versionMenu(model, version, versions) {
  const may = model.permissions;
  // Closed before its dialog opens, which gives the focus back to it.
  const item = (key, action) => el("button", {
    type: "button", onclick: ({ currentTarget }) => {
      const menu = currentTarget.closest("details");
      menu.querySelector("summary").focus();
      menu.open = false;
      action();
    },
  }, t(key));
  const items = [
    may.alias && version.state !== "draft" && version.state !== "withdrawn" && item("alias.set-here", () => setAlias(model, [version.version])),
    may.edit && version.state !== "published" && item(version.state === "draft" ? "version.publish" : "version.restore", () => changeState(model, version, "published")),
    may.edit && version.state === "published" && item("version.deprecate", () => changeState(model, version, "deprecated")),
    may.edit && item("version.notes", () => editNotes(model, version)),
    may.edit && ["published", "deprecated"].includes(version.state) && item("version.withdraw", () => changeState(model, version, "withdrawn", versions)),
    may.edit && version.state === "draft" && item("version.discard", () => discard(model, version)),
  ].filter(Boolean);
  if (items.length === 0) return null;
  return el("details", { class: "menu", onkeydown: moveInMenu },
    el("summary", { class: "button small", "aria-label": t("version.actions", { version: version.version }) }, "⋯"),
    el("div", { class: "menu-list" }, items));
}

/** The arrow keys open a menu and go round in it; Esc closes it, on every page. */
function moveInMenu(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const menu = event.currentTarget;
  menu.open = true;
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  items[at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length].focus();
}

const STALE = 412;
const STATE_WORDS = { published: "version.restore", deprecated: "version.deprecate", withdrawn: "version.withdraw" };

function changeState(model, version, state, versions = []) {
  const others = offeredVersions(versions).filter((other) => other !== version.version);
  const words = t(version.state === "draft" ? "version.publish" : STATE_WORDS[state]);
  const replacement = el("div", {});
  const offer = (aliases) => replacement.replaceChildren(...(others.length > 0
    ? [field(t("version.replace", { aliases: aliases.join(", ") }), select("replace_with", others.map((other) => [other, other]), others[0]), t("version.replace.hint"))]
    : [el("p", { class: "notice warn" }, icon("warning"), t("version.replace.none", { aliases: aliases.join(", ") }))]));
  const heldBy = version.aliases.filter((alias) => alias !== "latest");
  if (state === "withdrawn" && heldBy.length > 0) offer(heldBy);
  openDialog({
    title: `${version.version} – ${words}`, submit: words, danger: state === "withdrawn",
    content: [
      el("p", {}, t(`state.${state}.text`)),
      state !== "published" && field(t("version.reason"), el("textarea", { name: "reason", rows: "2", required: true }), t("version.reason.hint")),
      replacement,
    ],
    action: async (data) => {
      try {
        await change(model, version, { state, ...Object.fromEntries(data) });
      } catch (error) {
        // An alias came to the version meanwhile: offer the choice instead of the refusal.
        if (error.code !== "version-aliased" || replacement.querySelector("select") || others.length === 0) throw error;
        offer(error.errors.filter(({ field }) => field === "alias").map(({ detail }) => detail));
        replacement.querySelector("select").focus();
        return false;
      }
      reloadWith(t("saved"));
    },
  });
}

/**
 * Changes the version that is shown, if it is still as it is shown; its entity tag is asked for just before.
 *
 * What somebody else did meanwhile is said, and what was chosen or typed stays.
 */
async function change(model, version, fields) {
  const path = modelPath(model.name, "versions", version.version);
  const now = await getWithTag(path);
  const isSame = ["state", "state_reason", "notes"].every((name) => (now[name] ?? "") === (version[name] ?? ""));
  if (!isSame) throw meanwhile(now);
  try {
    await patch(path, fields, now.tag);
  } catch (error) {
    if (error.status !== STALE) throw error;
    throw meanwhile(await getWithTag(path));
  }
}

function meanwhile(now) {
  const said = [t(`state.${now.state}`), now.state_reason, now.notes && `“${now.notes}”`].filter(Boolean).join(" · ");
  return new ApiError(STALE, { errors: [{ field: t("version.meanwhile"), detail: said }] });
}

function editNotes(model, version) {
  openDialog({
    title: `${version.version} – ${t("version.notes")}`, submit: t("save"),
    content: field(t("compare.notes"), el("textarea", { name: "notes", rows: "5", value: version.notes ?? "", maxlength: "2000" }), t("version.notes.hint")),
    action: async (data) => {
      await change(model, version, { notes: data.get("notes").trim() });
      reloadWith(t("saved"));
    },
  });
}

function discard(model, version) {
  openDialog({
    title: `${version.version} – ${t("version.discard")}`, submit: t("version.discard"), danger: true,
    content: el("p", {}, t("version.discard.text")),
    action: async () => {
      await remove(modelPath(model.name, "versions", version.version));
      reloadWith(t("saved"));
    },
  });
}
