/** What concerns the whole registration: no connection, an ended session, other drafts. */
import { byId, el, icon } from "./page.js";
import { ago, t } from "./strings.js";
import "./strings-uploads.js";

const NAMED_DRAFTS = 5;

export class Notices {
  #signingIn = null;
  #reopen = null;

  /** - `others`: further drafts; `isElsewhere`: another tab has the draft that this page would have gone on with. */
  constructor({ username, others, isElsewhere }) {
    Object.assign(this, { username, others, isElsewhere });
    for (const type of ["online", "offline"]) addEventListener(type, () => this.show());
  }

  /** One dialog for all that wait for it; closed without signing in, it can be opened again. */
  askSignIn() {
    this.#signingIn ??= this.#signIn().finally(() => {
      this.#signingIn = null;
    });
    return this.#signingIn;
  }

  async #signIn() {
    const { signInAgain } = await import("./register-again.js");
    while (!await signInAgain(this.username)) {
      await new Promise((resolve) => {
        this.#reopen = resolve;
        this.show();
      });
    }
    this.#reopen = null;
    this.show();
  }

  show() {
    const notice = (kind, iconName, ...content) => el("div", { class: `notice ${kind}` }, icon(iconName), el("div", {}, content));
    const link = (draft) => el("a", { href: `${location.pathname}?draft=${draft.id}` }, draft.fields?.title || draft.fields?.name || t("draft.untitled"), ` (${ago(draft.at)})`);
    const named = this.others.slice(0, NAMED_DRAFTS).flatMap((draft) => [" ", link(draft)]);
    byId("notices").replaceChildren(...[
      !navigator.onLine && notice("warn", "warning", el("p", {}, t("draft.offline"))),
      this.#reopen && notice("warn", "lock", el("p", {}, t("again.closed")), el("button", { type: "button", class: "button small", onclick: this.#reopen }, t("sign-in"))),
      this.isElsewhere && notice("info", "copy", el("p", {}, t("draft.elsewhere"))),
      !this.isElsewhere && named.length > 0 && notice("info", "file", el("p", {}, t("draft.others", { n: this.others.length }), named)),
    ].filter(Boolean));
  }
}
