/** The files of a version, by variant. */
import { archiveURL, artifactURL } from "./api.js";
import { copyButton, el, empty, icon } from "./page.js";
import { bytes, label, shortDigest, t } from "./strings.js";

/** Variants of so few files share one table. */
const FEW = 3;

export function filesView(model, version) {
  const variants = version.variants.filter(({ artifacts }) => artifacts.length > 0);
  if (variants.length === 0) return empty("file", t("files.none.title"), t("files.none.text", { version: version.version }));
  const archive = (name, size) => el("a", { class: "button small", href: archiveURL(model.name, version.version, name), download: "" },
    icon("download"), t("files.all", { size: bytes(size) }));
  const tags = (variant) => el("div", { class: "tags" }, variant.context.map((tag) => el("span", { class: "tag", title: `${tag.key}:${tag.value}` }, label(tag))));
  const rows = (variant) => variant.artifacts.map((artifact) => row(model, version, artifact));
  if (variants.length > 1 && variants.every(({ artifacts }) => artifacts.length <= FEW)) {
    return el("section", { class: "card" },
      el("div", { class: "card-head" }, el("h2", {}, t("files.title", { version: version.version })), el("div", { class: "tags" }), archive(null, version.size)),
      table(t("files.title", { version: version.version }), variants.map((variant) => el("tbody", {},
        el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: "5" }, el("div", {}, el("strong", {}, variant.name), tags(variant),
          variant.artifacts.length > 1 && archive(variant.name, variant.size)))),
        rows(variant)))));
  }
  return el("div", { class: "stack" }, variants.map((variant) => {
    const name = variant.name === "default" ? t("files.title", { version: version.version }) : t("files.variant", { version: version.version, variant: variant.name });
    return el("section", { class: "card" },
      el("div", { class: "card-head" }, el("h2", {}, name), tags(variant), archive(variants.length > 1 ? variant.name : null, variant.size)),
      table(name, el("tbody", {}, rows(variant))));
  }));
}

function table(name, bodies) {
  return el("table", { class: "table files" }, el("caption", { class: "hidden" }, name),
    el("thead", {}, el("tr", {}, ["files.path", "fact.size", "files.type", "files.digest"].map((key) => el("th", { scope: "col" }, t(key))),
      el("th", {}, el("span", { class: "hidden" }, t("actions"))))),
    bodies);
}

function row(model, version, { path, size, digest, media_type: type }) {
  return el("tr", {},
    el("th", { scope: "row", class: "mono" }, path),
    el("td", { "data-label": t("fact.size"), class: "figure" }, bytes(size)),
    el("td", { "data-label": t("files.type"), class: "quiet type" }, type),
    el("td", { "data-label": t("files.digest"), class: "mono" }, el("span", { title: digest }, shortDigest(digest)), copyButton(digest.replace("sha256:", ""), t("files.digest.of", { name: path }))),
    el("td", { class: "end" }, el("a", {
      class: "icon-button", href: artifactURL(model.name, version.version, path), download: "", "aria-label": t("download.what", { name: path }),
    }, icon("download"))));
}
