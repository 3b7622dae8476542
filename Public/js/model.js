/** A model: what it is, how to use it, its versions, its files, and how to get it. What a tab needs comes when it opens. */
import { archiveURL, artifactURL, currentSession, getWithTag, modelPath } from "./api.js";
import { badge, byId, copy, copyButton, el, empty, failure, formatName, icon, precisionName, serviceTile, sum, title, toast } from "./page.js";
import { isMeasured, metricName, metricsOf, metricText } from "./model-metrics.js";
import { readmeOutline, readmeView } from "./readme.js";
import { wireTabs } from "./tabs.js";
import { ago, bytes, date, label, moment, number, shortDigest, t } from "./strings.js";

// Names hold nothing that is written with %: a slash that hides there would lead to a file that says it is a model.
const [, , namespace, short] = location.pathname.split("/");
const name = `${namespace}/${short}`;
const wanted = new URLSearchParams(location.search).get("v");

const MOST_METRICS = 6;

/** The model, the version shown (null without any) and its README, once they are there. */
let shown = null;

title(name);
byId("name").textContent = name;
load();

async function load() {
  try {
    const query = new URLSearchParams({ include: "version,readme", ...(wanted && { v: wanted }) });
    const { version, version_count: count, readme, ...model } = await getWithTag(`${modelPath(name)}?${query}`);
    shown = { model: { ...model, permissions: model.permissions ?? {} }, version, count, readme };
  } catch (error) {
    return showFailure(error);
  }
  title(shown.model.title || name);
  showHeader(shown.model, shown.version);
  byId("version-count").textContent = number(shown.count);
  byId("file-count").textContent = number(new Set((shown.version?.variants ?? []).flatMap(({ artifacts }) => artifacts.map(({ path }) => path))).size);
  byId("facts").replaceChildren(...rail(shown.model, shown.version));
  fill("readme");
  wireTabs(byId("tabs"), open);
  if (location.hash.startsWith("#readme-")) byId(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  (window.requestIdleCallback ?? setTimeout)(showRest);
}

async function showFailure(error) {
  const nobody = !(await currentSession().catch(() => ({ user: null }))).user;
  const home = el("a", { class: "button", href: "/" }, t("missing.home"));
  const signIn = nobody && el("a", { class: "button primary", href: `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}` }, icon("key"), t("sign-in"));
  const states = {
    "version-unknown": () => empty("search", t("model.no-such-version", { version: wanted }), t("model.no-such-version.text"), el("a", { class: "button primary", href: `/models/${name}` }, t("model.see-model"))),
    "model-unknown": () => empty("search", t("missing.title"), t(nobody ? "model.missing.nobody" : "missing.text"), home, signIn),
  };
  byId("main").replaceChildren(el("h1", { class: "hidden" }, name),
    states[error.code]?.() ?? (error.status === 404 ? states["model-unknown"]() : failure(error, () => location.reload())));
}

const OPENED = new Set();

function open(tab) {
  document.querySelector(".columns").classList.toggle("whole", tab === "versions");
  fill(tab);
}

/** What a tab holds is made when it is first opened; what fails is offered again in its place. */
async function fill(tab) {
  if (OPENED.has(tab)) return;
  OPENED.add(tab);
  const { model, version } = shown;
  const place = byId(tab);
  if (!version) return place.replaceChildren(empty("file", t("model.no-version.title"), t("model.no-version.text"), model.permissions.publish && newVersionLink(model)));
  const makers = {
    readme: async () => readmePart(shown),
    versions: async () => (await import("./model-versions.js")).versionsView(shown),
    files: async () => (await import("./model-files.js")).filesView(model, version),
    get: async () => (await import("./model-get.js")).getItView(model, version),
  };
  if (!place.hasChildNodes()) place.append(el("div", { class: "card skeleton", "aria-hidden": "true" }, [1, 2, 3].map(() => el("i"))));
  try {
    place.replaceChildren(await makers[tab]());
  } catch (error) {
    OPENED.delete(tab);
    place.replaceChildren(failure(error.code ? error : { message: t("error.offline") }, () => fill(tab)));
  }
}

/** What stands beside or may wait: usage, models like this one. The page does without where it cannot be had. */
async function showRest() {
  const cards = [["usage", "./model-usage.js", "usageCard"], ["related", "./model-related.js", "relatedCard"]];
  for (const [id, file, maker] of cards) {
    const card = await import(file).then((module) => module[maker](shown.model)).catch(() => null);
    if (card) byId(`${id}-place`).replaceChildren(card);
  }
}

function newVersionLink(model) {
  return el("a", { class: "button", href: `/models/${model.name}/new-version` }, icon("plus"), t("model.publish-next"));
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
      model.summary && el("p", { class: "head-summary" }, model.summary),
      el("div", { class: "tags" },
        version && stateBadge(version, [version.version, ...version.aliases].join(" · ")),
        model.visibility === "private" && badge("", "lock", t("visibility.private")),
        model.formats.map((format) => el("a", { class: "tag format", href: `/?format=${encodeURIComponent(format)}` }, formatName(format))),
        model.context.filter((tag) => !["format", "service", "precision"].includes(tag.key) && !isMeasured(tag)).map((tag) =>
          el("a", { class: "tag", href: `/?tag=${encodeURIComponent(`${tag.key}:${tag.value}`)}`, title: `${tag.key}:${tag.value}` }, label(tag)))),
      notices(model, version)),
    el("div", { class: "head-actions" },
      version && downloadLinks(model, version),
      model.permissions.publish && newVersionLink(model),
      model.permissions.edit && el("button", { type: "button", class: "button", id: "edit", onclick: edit }, icon("gear"), t("model.edit"))));
}

async function edit() {
  try {
    (await import("./model-edit.js")).editModel(shown.model);
  } catch (error) {
    toast(error.code ? error.message : t("error.offline"));
  }
}

function stateBadge(version, text) {
  const isFine = version.state === "published";
  return badge(isFine ? "ok" : version.state === "withdrawn" ? "bad" : "warn", isFine ? "check" : "warning", isFine ? text : `${text} · ${t(`state.${version.state}`)}`);
}

/** One artifact is downloaded as it is, several as one archive. */
function downloadLinks(model, version) {
  const artifacts = version.variants.flatMap((variant) => variant.artifacts);
  if (artifacts.length === 0) return null;
  const href = artifacts.length === 1 ? artifactURL(model.name, version.version, artifacts[0].path) : archiveURL(model.name, version.version);
  return [
    el("a", { class: "button primary", href, download: "" }, icon("download"), `${t("download")} · ${bytes(version.size)}`),
    el("button", { type: "button", class: "button", onclick: () => copy(location.origin + href) }, icon("copy"), t("get.copy-address")),
  ];
}

function notices(model, version) {
  if (!version) return null;
  const found = [];
  if (version.state !== "published") {
    found.push(el("p", { class: `notice ${version.state === "withdrawn" ? "bad" : "warn"}` }, icon("warning"),
      el("span", {}, el("strong", {}, t(`state.${version.state}`)), " – ", version.state_reason || t(`state.${version.state}.text`), " ",
        version.state !== "draft" && el("time", { datetime: version.state_changed_at, title: moment(version.state_changed_at) }, ago(version.state_changed_at)))));
  }
  if (model.latest && version.version !== model.latest.version) {
    found.push(el("p", { class: "notice info" }, icon("file"), el("span", {}, t("model.older", { version: version.version }), " ",
      el("a", { href: `/models/${model.name}` }, t("model.see-latest", { version: model.latest.version })), " · ",
      el("a", { href: `?compare=${version.version}...${model.latest.version}#versions` }, t("compare.with", { version: model.latest.version })))));
  }
  return found;
}

function readmePart({ model, version, readme }) {
  if (!readme) {
    return empty("file", t("readme.none.title"), t("readme.none.text"),
      model.permissions.publish && el("a", { class: "button", href: `/models/${model.name}/new-version` }, icon("plus"), t("readme.none.add")));
  }
  const paths = new Set(version.variants.flatMap((variant) => variant.artifacts.map(({ path }) => path)));
  return el("div", { class: "card padded" }, readmeOutline(readme),
    readmeView(readme, (path) => (paths.has(path) ? artifactURL(model.name, version.version, path) : null)));
}

function rail(model, version) {
  const tags = [...model.context, ...(version?.context ?? []), ...(version?.variants.flatMap((variant) => variant.context) ?? [])];
  const values = (key) => [...new Set(tags.filter((tag) => tag.key === key).map((tag) => label(tag)))].join(", ");
  const raw = (key) => tags.find((tag) => tag.key === key)?.value;
  // Channels alone are no size.
  const input = raw("input.w") && raw("input.h") && [raw("input.w"), raw("input.h"), raw("input.c")].filter(Boolean).join(" × ");
  const facts = [
    ["fact.service", model.service_types.map(label).join(", ")],
    ["fact.number", version?.version],
    ["fact.published", version?.published_at && date(version.published_at)],
    ["fact.size", version && bytes(version.size)],
    ["facet.format", model.formats.map(formatName).join(", ")],
    ["facet.precision", [...new Set(tags.filter((tag) => tag.key === "precision").map((tag) => precisionName(tag.value)))].join(", ")],
    ["facet.accel", values("accel")],
    ["fact.input", input],
    ...uniqueMetrics(version).map((metric) => [metricName(metric), metricText(metric.key, metric.value)]),
    ["fact.license", model.license],
    ["fact.by", version?.created_by ?? model.created_by],
  ].filter(([, value]) => value);
  return [
    el("section", { class: "card" }, el("h2", {}, t("fact.title")),
      el("dl", { class: "facts" }, facts.map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value))),
        version && el("div", {}, el("dt", {}, t("fact.digest")), el("dd", { class: "mono" }, shortDigest(version.manifest_digest), copyButton(version.manifest_digest, t("fact.digest")))))),
    el("section", { class: "card" }, el("h2", {}, t("fact.aliases")), aliasSummary(model)),
    el("div", { id: "usage-place" }, el("section", { class: "card usage" }, el("h2", {}, t("fact.downloads"), el("b", {}, number(sum(model.downloads)))), el("div", { class: "chart-room" }))),
    el("div", { id: "related-place" }),
  ];
}

function uniqueMetrics(version) {
  const found = new Map();
  for (const metric of version ? metricsOf(version) : []) {
    const place = `${metric.key}@${metric.place}`;
    if (!found.has(place)) found.set(place, metric);
  }
  return [...found.values()].slice(0, MOST_METRICS);
}

/** The aliases in short; all about them stands with the versions. */
function aliasSummary(model) {
  return el("ul", { class: "facts" },
    model.aliases.length === 0 && el("li", { class: "quiet" }, t("none")),
    model.aliases.slice(0, 8).map(({ alias, version }) => el("li", {}, badge(alias === "latest" ? "ok" : "info", null, alias),
      el("span", {}, el("a", { href: `/models/${model.name}?v=${encodeURIComponent(version)}` }, version)))),
    model.aliases.length > 0 && el("li", {}, el("a", { href: "#versions" }, t(model.permissions.alias ? "alias.manage" : "alias.history"))));
}
