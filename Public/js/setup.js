/** The first administrator: opened by the link that the server prints when it has no users. */
import { setUp } from "./api.js";
import { byId, empty, title } from "./page.js";
import { onSubmit } from "./form.js";
import { t } from "./strings.js";

const token = location.hash.slice(1);

title(t("setup.title"));
// The link pasted into this very tab changes only the hash, which loads nothing by itself.
addEventListener("hashchange", () => location.reload());
if (token) {
  onSubmit(byId("form"), async (data) => {
    await setUp({ token, username: data.get("username").trim(), display_name: data.get("display_name").trim(), password: data.get("password") });
    location.replace("/");
  });
} else {
  byId("form").replaceWith(empty("key", t("setup.no-link.title"), t("setup.no-link.text")));
}
