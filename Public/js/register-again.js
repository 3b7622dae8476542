/** Signing in again on the page where one is: what is typed and half sent stays. */
import { signIn } from "./api.js";
import { field, openDialog } from "./form.js";
import { el, showUser, toast } from "./page.js";
import { t } from "./strings.js";
import "./strings-uploads.js";

/** Fulfilled with whether somebody has signed in; the user stays the same, as the uploads are theirs. */
export function signInAgain(username) {
  return new Promise((resolve) => {
    let isIn = false;
    const name = el("input", { name: "username", value: username, readonly: "", autocomplete: "username" });
    const password = el("input", { name: "password", type: "password", required: true, autocomplete: "current-password", "data-problems": "credentials-invalid too-many-attempts" });
    const dialog = openDialog({
      title: t("again.title"),
      submit: t("sign-in"),
      content: [el("p", {}, t("again.text")), field(t("again.username"), name), field(t("again.password"), password)],
      action: async (data) => {
        await signIn(username, data.get("password"));
        isIn = true;
        toast(t("again.done"));
        showUser().catch(() => {});
      },
    });
    dialog.addEventListener("close", () => resolve(isIn));
    password.focus();
  });
}
