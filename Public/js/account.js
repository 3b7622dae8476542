/** One's own account: name, language, password. */
import { patch, refreshSession } from "./api.js";
import { byId, requireUser, showUser, title, toast } from "./page.js";
import { onSubmit } from "./form.js";
import { showRules } from "./password-rules.js";
import { chooseLanguage, language, t } from "./strings.js";

title(t("menu.account"));
const { user } = await requireUser();

const profile = byId("profile");
profile.elements.username.value = user.username;
profile.elements.display_name.value = user.display_name ?? "";
profile.elements.language.value = user.language ?? language;
onSubmit(profile, async (data) => {
  await patch("/me", { display_name: data.get("display_name").trim(), language: data.get("language") });
  if (data.get("language") !== language) return chooseLanguage(data.get("language"));
  toast(t("saved"));
  await refreshSession();
  await showUser();
});

const password = byId("password");
password.elements.username.value = user.username;
showRules(password.elements.password, () => user.username);
onSubmit(password, async (data) => {
  await patch("/me", { current_password: data.get("current_password"), password: data.get("password") });
  password.reset();
  password.elements.password.dispatchEvent(new Event("input"));
  password.elements.username.value = user.username;
  toast(t("account.password.changed"));
});
