/** What is shown of a registration beside its form: how ready it is, and how search will show it. */
import { byId, el, formatName, icon, serviceTile } from "./page.js";
import { t } from "./strings.js";
import { tagWords } from "./tag-input.js";

const SHOWN_TAGS = 6;

/** `ready` is a list of names and whether each is there; `steps` the same for the steps of the form. */
export function showReady(ready, steps) {
  byId("ready").replaceChildren(...ready.map(([key, done]) => el("li", { class: done ? "done" : null }, icon(done ? "check" : "circle"), t(`ready.${key}`),
    el("span", { class: "hidden" }, t(done ? "ready-state.done" : "ready-state.open")))));
  steps.forEach(([step, done], at) => {
    const section = byId(`step-${step}`);
    if (section.classList.contains("done") === done) return;
    section.classList.toggle("done", done);
    section.querySelector(".marker").replaceChildren(done ? icon("check") : String(at + 1));
  });
}

/** The row that search will show. */
export function showPreview({ service, title, name, version, summary, formats, tags }) {
  const shown = tags.filter((tag) => !tag.startsWith("format:")).slice(0, SHOWN_TAGS);
  byId("preview").replaceChildren(serviceTile(service?.id), el("div", {},
    el("strong", {}, title || t("register.preview.title")),
    el("p", { class: "quiet mono" }, `${name} · ${version ? `v${version}` : t("register.next-patch")}`),
    summary && el("p", { class: "preview-summary" }, summary),
    el("div", { class: "tags" }, formats.map((id) => el("span", { class: "tag format" }, formatName(id))), shown.map((tag) => el("span", { class: "tag" }, tagWords(tag))),
      formats.length + shown.length === 0 && el("span", { class: "tag" }, t("register.preview.tags")))));
}

/** How many files there are, and that some cannot be sent. */
export function showTotal(text, refused, removeRefused) {
  // Read out when it changes, not with each byte.
  if (byId("total").textContent !== text) byId("total").textContent = text;
  const place = byId("refused");
  if (String(refused) === place.dataset.count) return;
  place.dataset.count = String(refused);
  place.replaceChildren(...(refused > 0 ? [el("div", { class: "notice bad", role: "alert" }, icon("warning"), el("div", {}, el("p", {}, t("files.refused", { n: refused })),
    el("button", { type: "button", class: "button small", onclick: removeRefused }, t("files.refused.remove"))))] : []));
}
