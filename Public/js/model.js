/** A model: what it is, how to use it, its versions, its files, and how to get it. */
import { archiveURL, artifactURL, get, getWithTag, modelPath } from "./api.js";
import { badge, byId, copy, copyButton, el, empty, failure, formatName, icon, moreButton, serviceTile, sparkline, sum, title } from "./page.js";
import { aliasCard, aliasSummary } from "./model-aliases.js";
import { editButton } from "./model-edit.js";
import { filesView } from "./model-files.js";
import { getItView } from "./model-get.js";
import { relatedCard } from "./model-related.js";
import { versionMenu } from "./model-versions.js";
import { readmeView } from "./readme.js";
import { fullURL } from "./snippets.js";
import { wireTabs } from "./tabs.js";
import { ago, bytes, date, label, moment, number, shortDigest, t } from "./strings.js";

const [, , namespace, short] = location.pathname.split("/").map(decodeURIComponent);
const name = `${namespace}/${short}`;
const wanted = new URLSearchParams(location.search).get("v");

title(name);
wireTabs(byId("tabs"));
load();

async function load() {
  try {
    const [model, versions] = await Promise.all([getWithTag(modelPath(name)), get(`${modelPath(name, "versions")}?limit=100`)]);
    title(model.title || name);
    const chosen = wanted ?? model.latest?.version ?? versions.items[0]?.version;
    const version = chosen ? await get(modelPath(name, "versions", chosen)) : null;
    show({ ...model, permissions: model.permissions ?? {} }, versions, version);
  } catch (error) {
    byId("main").replaceChildren(el("h1", { class: "hidden" }, name), error.status === 404
      ? empty("search", t("missing.title"), t("missing.text"), el("a", { class: "button primary", href: "/" }, t("missing.home")))
      : failure(error, () => location.reload()));
  }
}

function show(model, versions, version) {
  showHeader(model, version);
  byId("version-count").textContent = number(versions.total);
  byId("versions").replaceChildren(versionsView(model, versions));
  byId("facts").replaceChildren(...rail(model, version));
  relatedCard(name).then((card) => card && byId("facts").append(card));
  if (version) {
    byId("file-count").textContent = number(sum(version.variants.map(({ artifacts }) => artifacts.length)));
    byId("files").replaceChildren(filesView(model, version));
    byId("get").replaceChildren(getItView(model, version));
    showReadme(model, version);
  } else {
    const nothing = () => empty("file", t("model.no-version.title"), t("model.no-version.text"), model.permissions.publish && newVersionLink(model));
    for (const id of ["readme", "files", "get"]) byId(id).replaceChildren(nothing());
  }
}

function newVersionLink(model) {
  return el("a", { class: "button primary", href: `/models/${model.name}/new-version` }, icon("plus"), t("model.new-version"));
}

function showHeader(model, version) {
  const [service] = model.service_types;
  byId("crumbs").replaceChildren(el("a", { href: "/" }, t("all")), " / ",
    service ? el("a", { href: `/?service=${encodeURIComponent(service.id)}` }, label(service)) : namespace);
  byId("head").replaceChildren(
    serviceTile(service?.id),
    el("div", { class: "head-body" },
      el("h1", {}, model.title || model.name),
      el("p", { class: "head-name" }, el("span", { class: "mono" }, model.name), copyButton(model.name, model.name)),
      model.summary && el("p", {}, model.summary),
      el("div", { class: "tags" },
        version && badge(version.state === "published" ? "ok" : "warn", version.state === "published" ? "check" : "warning", [version.version, ...version.aliases].join(" · ")),
        model.visibility === "private" && badge("", "lock", t("visibility.private")),
        model.formats.map((format) => el("a", { class: "tag format", href: `/?format=${encodeURIComponent(format)}` }, formatName(format))),
        model.context.filter(({ key }) => key !== "format" && key !== "service").map((tag) =>
          el("a", { class: "tag", href: `/?tag=${encodeURIComponent(`${tag.key}:${tag.value}`)}`, title: `${tag.key}:${tag.value}` }, label(tag)))),
      stateNotice(model, version)),
    el("div", { class: "head-actions" },
      version && downloadLinks(model, version),
      model.permissions.publish && el("a", { class: "button", href: `/models/${model.name}/new-version` }, icon("plus"), t("model.new-version")),
      editButton(model)));
}

/** One artifact is downloaded as it is, several as one archive. */
function downloadLinks(model, version) {
  const artifacts = version.variants.flatMap((variant) => variant.artifacts);
  const href = artifacts.length === 1 ? artifactURL(model.name, version.version, artifacts[0].path) : archiveURL(model.name, version.version);
  return [
    el("a", { class: "button primary", href, download: "" }, icon("download"), `${t("download")} · ${bytes(version.size)}`),
    el("button", { type: "button", class: "button", onclick: () => copy(fullURL(href)) }, icon("copy"), t("get.copy-address")),
  ];
}

function stateNotice(model, version) {
  if (!version) return null;
  const notices = [];
  if (version.state !== "published") {
    notices.push(el("p", { class: "notice warn" }, icon("warning"),
      el("span", {}, el("strong", {}, t(`state.${version.state}`)), " – ", version.state_reason || t(`state.${version.state}.text`))));
  }
  if (model.latest && version.version !== model.latest.version) {
    notices.push(el("p", { class: "notice info" }, icon("file"), el("span", {}, t("model.older", { version: version.version })), " ",
      el("a", { href: `/models/${model.name}` }, t("model.see-latest", { version: model.latest.version }))));
  }
  return notices;
}

async function showReadme(model, version) {
  if (!version.readme) {
    byId("readme").replaceChildren(empty("file", t("readme.none.title"), t("readme.none.text")));
    return;
  }
  const artifacts = new Set(version.variants.flatMap((variant) => variant.artifacts.map(({ path }) => path)));
  try {
    const tree = await get(`${modelPath(model.name, "versions", version.version, "readme")}?format=tree`);
    byId("readme").replaceChildren(el("div", { class: "card padded" },
      readmeView(tree, (path) => (artifacts.has(path) ? artifactURL(model.name, version.version, path) : null))));
  } catch (error) {
    byId("readme").replaceChildren(failure(error, () => showReadme(model, version)));
  }
}

function versionsView(model, { items, total, next }) {
  if (total === 0) return empty("file", t("model.no-version.title"), t("model.no-version.text"), model.permissions.publish && newVersionLink(model));
  const list = el("ul", { class: "versions" }, items.map((version) => versionRow(model, version, items)));
  const all = el("div", { class: "card" }, list, moreButton(next, async (cursor) => {
    const page = await get(`${modelPath(name, "versions")}?limit=100&cursor=${encodeURIComponent(cursor)}`);
    list.append(...page.items.map((version) => versionRow(model, version, items)));
    return page.next;
  }));
  return el("div", { class: "stack" }, model.aliases.length > 0 && aliasCard(model, items), all);
}

/** - `others` are the versions that aliases may move to when this one is withdrawn. */
function versionRow(model, version, others) {
  return el("li", {},
    el("div", {},
      el("a", { class: "version-number", href: `/models/${model.name}?v=${encodeURIComponent(version.version)}` }, version.version),
      el("div", { class: "tags" },
        version.state !== "published" && badge("warn", "warning", t(`state.${version.state}`)),
        version.aliases.map((alias) => badge(alias === "latest" ? "ok" : "info", null, alias)))),
    el("div", {},
      el("p", { class: "version-notes" }, version.notes || el("span", { class: "quiet" }, t("version.no-notes"))),
      version.state_reason && el("p", { class: "quiet" }, version.state_reason),
      el("p", { class: "quiet" }, `${version.created_by} · `, el("time", { datetime: version.created_at, title: moment(version.created_at) }, ago(version.created_at)))),
    el("span", { class: "version-size" }, bytes(version.size)),
    el("div", { class: "actions" },
      el("a", { class: "button small", href: archiveURL(model.name, version.version), download: "", "aria-label": t("download.what", { name: version.version }) }, icon("download"), t("download")),
      versionMenu(model, version, others)));
}

function rail(model, version) {
  const values = (key) => [...new Set([...model.context, ...(version?.context ?? []), ...(version?.variants.flatMap((variant) => variant.context) ?? [])]
    .filter((tag) => tag.key === key).map((tag) => formatName(tag.value)))].join(", ");
  const facts = [
    ["fact.service", model.service_types.map(label).join(", ")],
    ["fact.version", version?.version],
    ["fact.published", version?.published_at && date(version.published_at)],
    ["fact.size", version && bytes(version.size)],
    ["facet.format", model.formats.map(formatName).join(", ")],
    ["facet.precision", values("precision")],
    ["facet.accel", values("accel")],
    ["fact.license", model.license],
    ["fact.by", version?.created_by ?? model.created_by],
  ].filter(([, value]) => value);
  const downloads = sum(model.downloads);
  return [
    el("section", { class: "card" }, el("h2", {}, t("fact.title")),
      el("dl", { class: "facts" }, facts.map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value))),
        version && el("div", {}, el("dt", {}, t("fact.digest")), el("dd", { class: "mono" }, shortDigest(version.manifest_digest), copyButton(version.manifest_digest, t("fact.digest")))))),
    el("section", { class: "card" }, el("h2", {}, t("fact.downloads"), el("b", {}, number(downloads))),
      el("div", { class: "padded" }, sparkline(model.downloads, 280, 64), el("p", { class: "hidden" }, t("row.downloads", { n: downloads })))),
    el("section", { class: "card" }, el("h2", {}, t("fact.aliases")), aliasSummary(model)),
  ];
}
