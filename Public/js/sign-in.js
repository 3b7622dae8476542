/** Signing in; then on to where the visitor wanted to go. */
import { currentSession, get, signIn } from "./api.js";
import { byId, el, empty, title } from "./page.js";
import { onSubmit } from "./form.js";
import { t } from "./strings.js";

/**
 * Only pages of this origin: an address from outside may not choose where a visitor lands. The whole address is given
 * back, as a path such as `//host` would lead elsewhere when it is read again.
 */
function next() {
  const wanted = URL.parse(new URLSearchParams(location.search).get("next") ?? "/", location.origin);
  return wanted?.origin === location.origin ? wanted.href : "/";
}

title(t("sign-in"));
if (new URLSearchParams(location.search).has("next")) document.querySelector("h1").after(el("p", { class: "hint" }, t("sign-in.first")));
onSubmit(byId("form"), async (data) => {
  await signIn(data.get("username").trim(), data.get("password"));
  location.replace(next());
});
get("/setup").then(({ needed }) => needed && byId("form").replaceWith(empty("key", t("setup.no-link.title"), t("setup.no-link.text"))), () => {});
currentSession({ certain: true }).then(({ user }) => user && location.replace(next()), () => {});
