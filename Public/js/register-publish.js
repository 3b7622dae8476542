/** What a registration ends with: one request that publishes what was filled in and sent, or a draft that is thrown away. */
import { modelPath, post } from "./api.js";
import { clearErrors, complete, openDialog, showError } from "./form.js";
import { byId, el } from "./page.js";
import { showDone } from "./register-done.js";
import { loadBase, nextNumber } from "./register-version.js";
import { t } from "./strings.js";
import "./strings-uploads.js";

/** `discard()` is called when somebody is sure. */
export function askToDiscard(discard) {
  openDialog({ title: t("draft.discard"), submit: t("draft.discard"), danger: true, content: el("p", {}, t("draft.discard.text")), action: discard });
}

export class Publication {
  isSending = false;
  #wasTried = false;

  /**
   * - `describe()` gives the version in JSON, `files()` the list of files or null, `name()` the model's.
   * - `lookUpName()` tells whether the name is `taken`.
   * - `onChange()` is called when it begins and ends, `onDone()` once the version is there, `askSignIn` as of an upload.
   */
  constructor({ form, isNew, describe, files, name, lookUpName, onChange, onDone, askSignIn }) {
    Object.assign(this, { form, isNew, describe, files, name, lookUpName, onChange, onDone, askSignIn });
  }

  /** Until the files are there the form stays open; then it is published at once. */
  async send() {
    if (this.isSending) return;
    clearErrors(this.form);
    if (!complete(this.form)) return;
    this.#show(true, t("register.waiting"));
    try {
      const files = this.files();
      if (files && !await files.finished()) throw new Error(t("register.stopped"));
      // An answer that was lost may have made the model: then it is not somebody else's.
      if (this.isNew && !this.#wasTried && await this.lookUpName() === "taken") {
        throw Object.assign(new Error(t("name.taken")), { errors: [{ field: "name", detail: t("name.taken") }] });
      }
      this.#show(true, t("register.publishing"));
      byId("cancel").hidden = true;
      const version = await this.#post();
      await this.onDone();
      showDone(this.name(), version);
    } catch (error) {
      this.#show(false, "");
      await this.#refuse(error);
    }
  }

  #show(isSending, words) {
    this.isSending = isSending;
    byId("cancel").hidden = !isSending;
    byId("sending").textContent = words;
    this.onChange();
  }

  async #post() {
    const path = modelPath(this.name(), "versions");
    this.#wasTried = true;
    try {
      return await post(path, this.describe());
    } catch (error) {
      if (error.status !== 401) throw error;
      await this.askSignIn();
      return post(path, this.describe());
    }
  }

  async #refuse(error) {
    for (const { field } of error.errors ?? []) {
      // The server has it no more, or other bytes: the file is sent again, and the way stays open.
      const entry = this.files()?.sendable[Number(field.match(/^artifacts\[(\d+)\]\.upload$/)?.[1] ?? NaN)];
      if (entry) this.files().sendAgain(entry);
    }
    if (this.isNew && error.code === "model-unknown") error.message = t("name.foreign");
    showError(this.form, error);
    if (["version-exists", "number-retired"].includes(error.code)) await this.#offerNumber();
  }

  /** A number that is taken is a choice: the next one, or a look at what has it. */
  async #offerNumber() {
    const { version } = this.form.elements;
    const taken = version.value.trim();
    const next = await loadBase(this.name()).then((there) => there.next, () => nextNumber(taken));
    const take = () => {
      version.value = next;
      version.dispatchEvent(new Event("input", { bubbles: true }));
      clearErrors(this.form);
      byId("send").focus();
    };
    this.form.querySelector(".form-error > div").append(el("div", { class: "actions" },
      next && el("button", { type: "button", class: "button small", onclick: take }, t("version.take", { version: next })),
      el("a", { class: "button small", href: `/models/${this.name()}?v=${encodeURIComponent(taken)}`, target: "_blank" }, t("version.look", { version: taken }))));
  }
}
