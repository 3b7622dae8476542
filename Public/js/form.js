/** Forms, tables and dialogs: one way to label a field, to send, and to show a refusal where it belongs. */
import { el, icon, toast } from "./page.js";
import { t } from "./strings.js";

let serial = 0;

/** A labelled control, such as `field("name", el("input", {name: "name"}), hint)`. */
export function field(labelText, control, hint) {
  control.id ||= `field-${serial += 1}`;
  const hintNode = hint && el("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (hintNode) control.setAttribute("aria-describedby", hintNode.id);
  return el("div", { class: "field" }, el("label", { for: control.id }, labelText), control, hintNode);
}

export function select(name, options, chosen) {
  return el("select", { name }, options.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
}

/** A group of check boxes or radio buttons with a legend. */
export function choices(legend, type, name, options, chosen) {
  return el("fieldset", { class: "field" }, el("legend", {}, legend),
    options.map(({ value, text, hint }) => el("label", { class: "choice" },
      el("input", { type, name, value, checked: chosen.includes(value) }),
      el("span", {}, text, hint && el("span", { class: "hint" }, hint)))));
}

/** A table with a last column of actions, and its body; its cells become lines on a small screen. */
export function tableOf(heads, rows) {
  const body = el("tbody", {}, rows);
  const table = el("div", { class: "card" }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, t(key))), el("th", {}, el("span", { class: "hidden" }, t("actions"))))),
    body));
  return [table, body];
}

/** A cell under the head `key`. */
export function cell(key, ...content) {
  return el("td", { "data-label": t(key) }, content);
}

/** Runs `action` once for each submit of the form; a refusal is shown at its fields, the rest at `.form-error`. */
export function onSubmit(form, action) {
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearErrors(form);
    if (!complete(form)) return;
    const button = event.submitter ?? form.querySelector("[type=submit], button:not([type])");
    button.disabled = true;
    try {
      await action(new FormData(form), button);
    } catch (error) {
      showError(form, error);
    }
    button.disabled = false;
  });
}

/** Whether every required control of the form is filled; if not, says so at each and goes to the first. */
export function complete(form) {
  const missing = [...form.querySelectorAll("[required]")].filter((control) => !control.disabled && !control.value.trim());
  for (const control of missing) markField(control, t("error.required"));
  missing[0]?.focus();
  return missing.length === 0;
}

/**
 * Shows what the server refused: each part at the field it names, and a refusal without parts at the control that
 * lists its code in `data-problems`.
 */
export function showError(form, error) {
  if (error.name === "AbortError") return;
  const loose = [];
  let first = null;
  for (const { field: name, detail } of error.errors ?? []) {
    const control = controlNamed(form, name);
    if (!control) loose.push(error.code === "last-owner" ? [el("a", { href: `/namespaces/${name}` }, name), `: ${detail}`] : `${name}: ${detail}`);
    else {
      markField(control, detail);
      first ??= control;
    }
  }
  const answering = first ? null : form.querySelector(`[data-problems~="${error.code}"]`);
  if (answering) {
    markField(answering, error.message);
    first = answering;
  }
  const box = form.querySelector(".form-error");
  const isStale = error.status === 412;
  const message = first ? t("error.fields") : isStale ? t("error.changed") : error.message;
  box.replaceChildren(icon("warning"), el("div", {}, el("p", {}, message), loose.map((line) => el("p", {}, line)),
    isStale && el("button", { type: "button", class: "button small", onclick: () => location.reload() }, t("reload")),
    !first && error.status !== 401 && error.instance && el("p", { class: "mono" }, t("error.request", { id: error.instance }))));
  box.hidden = false;
  if (first) first.focus();
  else box.scrollIntoView({ block: "nearest" });
}

/** Where a refused field stands: its own control, or one that says with `data-errors` that it answers for it. */
function controlNamed(form, name) {
  return [...form.querySelectorAll("input, select, textarea")].find((control) =>
    control.name === name || control.dataset.errors?.split(" ").includes(name.split(/[.[]/)[0]));
}

function markField(control, text) {
  const place = control.closest(".field") ?? control.parentElement;
  control.id ||= `field-${serial += 1}`;
  const id = `${control.id}-error`;
  place.querySelector(".error")?.remove();
  place.append(el("p", { class: "error", id }, text));
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-errormessage", id);
  control.setAttribute("aria-describedby", [id, ...hintsOf(control)].join(" "));
}

/** What describes the control beside the refusal. */
function hintsOf(control) {
  return (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `${control.id}-error`);
}

export function clearErrors(form) {
  for (const node of form.querySelectorAll("[aria-invalid]")) {
    for (const name of ["aria-invalid", "aria-errormessage"]) node.removeAttribute(name);
    node.setAttribute("aria-describedby", hintsOf(node).join(" "));
  }
  for (const node of form.querySelectorAll(".field .error")) node.remove();
  const box = form.querySelector(".form-error");
  if (box) box.hidden = true;
}

let opener = null;

/** Where the focus was before the dialogs, or the heading when that is gone: the keyboard goes on from there. */
function giveFocusBack() {
  if (document.querySelector("dialog[open]")) return;
  const place = opener?.isConnected && opener !== document.body ? opener : document.querySelector("#main h1");
  if (place && !place.matches("a, button, input, select, textarea, summary")) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

/** A button below a list that fetches its next part; `load(cursor)` adds the rows and gives the cursor after them. */
export function moreButton(next, load) {
  const place = el("div", { class: "pager" });
  const show = (cursor) => place.replaceChildren(...(cursor ? [el("button", {
    type: "button", class: "button", onclick: async (event) => {
      event.target.disabled = true;
      try {
        show(await load(cursor));
      } catch (error) {
        toast(error.message);
        event.target.disabled = false;
      }
    },
  }, t("more"))] : []));
  show(next);
  return place;
}

/**
 * Opens a dialog with a form. `action` gets the form's data; the dialog closes when it succeeds, unless it returns false.
 *
 * Focus starts in the first control; Esc and "close" leave; then it returns to where it was.
 */
export function openDialog({ title, content, submit, danger, action, wide }) {
  const id = `dialog-${serial += 1}`;
  const close = () => dialog.close();
  if (!document.querySelector("dialog[open]")) opener = document.activeElement;
  const form = el("form", {},
    el("header", {}, el("h2", { id }, title),
      el("button", { type: "button", class: "icon-button", "aria-label": t("close"), onclick: close }, icon("close"))),
    el("div", { class: "dialog-body" }, content, el("div", { class: "form-error", role: "alert", hidden: true })),
    el("footer", {},
      el("button", { type: "button", class: "button", onclick: close }, submit ? t("cancel") : t("close")),
      submit && el("button", { type: "submit", class: danger ? "button danger" : "button primary" }, submit)));
  const dialog = el("dialog", { "aria-labelledby": id, class: wide ? "wide" : null, onclose: closed }, form);
  if (submit) {
    onSubmit(form, async (data, button) => {
      if (await action(data, button) !== false) dialog.close();
    });
  }
  function closed() {
    dialog.remove();
    giveFocusBack();
  }
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector(".dialog-body :is(input, select, textarea, button)") ?? form.querySelector("footer button")).focus();
  return dialog;
}
