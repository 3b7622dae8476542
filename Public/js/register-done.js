/** What a registration ends with: where the model is, its address to copy, and what next. */
import { modelPath } from "./api.js";
import { byId, copyButton, el, icon, title } from "./page.js";
import { bytes, t } from "./strings.js";
import "./strings-uploads.js";

export function showDone(name, version) {
  const isDraft = version.state === "draft";
  const page = `/models/${name}`;
  const address = `${location.origin}/api/v1${modelPath(name, "versions", version.version)}`;
  title(t("done.title"));
  history.replaceState(null, "", location.pathname);
  const next = (href, iconName, key, isFirst) => el("a", { class: isFirst ? "button primary" : "button", href }, icon(iconName), t(key));
  byId("main").replaceChildren(el("div", { class: "card state registered", role: "status" },
    el("span", { class: "done-mark" }, icon("check")),
    el("h1", { tabindex: "-1", id: "done" }, t(isDraft ? "done.title.draft" : "done.title")),
    el("p", {}, t(isDraft ? "done.draft" : "done.text", { name, version: version.version, size: bytes(version.size) })),
    el("div", { class: "url-box" }, el("code", {}, address), copyButton(address, t("done.address"), true)),
    el("div", { class: "actions" },
      next(`${page}?v=${encodeURIComponent(version.version)}`, "grid", "done.see", true),
      !isDraft && next(`${page}#get`, "download", "done.get"),
      next(`${page}/new-version`, "upload", "register.new-version"),
      next("/register", "plus", "done.another"))));
  byId("done").focus();
  scrollTo(0, 0);
}
