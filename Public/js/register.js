/** Registration of a model, or of a new version of one: files go up while the rest is written, then one request publishes. */
import { get } from "./api.js";
import { wireDrop } from "./drop.js";
import { byId, el, empty, failure, requireUser, title, toast } from "./page.js";
import { openDraft, saveDraft } from "./register-draft.js";
import { existing } from "./register-kind.js";
import { showPreview, showReady, showTotal } from "./register-shown.js";
import { bytes, clock, label, limitWords, t } from "./strings.js";
import { loadTagWords, tagInput, tagTexts, useSuggestions } from "./tag-input.js";

const README = /^readme(\.md|\.markdown|\.txt)?$/i;
const MODEL_FIELDS = ["title", "summary", "service_type", "visibility", "license"];
const KEPT_FIELDS = ["namespace", "name", ...MODEL_FIELDS, "version", "notes", "readme"];
const SAVED_AFTER = 300;
const ADVISED_TAGS = 3;

const form = byId("form");
const controls = form.elements;
const about = get("/about");
let services = [];
let base = null;
let kept = null;
let files = null;
let limits = null;
let blank = "";
let isOver = false;
let saving = null;
let suggested = null;
let rest = null;
let loading = null;

const context = tagInput({ name: "context", labelText: t("register.tags"), hint: t("register.tags.hint"), onchange: (tags) => { dropOffers(tags); changed(); } });
const variantContext = new Map();

about.catch(() => {});
title(t(existing ? "register.new-version" : "register"));
if (existing) byId("heading").textContent = t("register.version-of", { name: existing });
byId("tags").append(context.element);
const { user, namespaces } = await requireUser();
const { draft, isElsewhere, others } = await openDraft(user.username, existing, new URLSearchParams(location.search).get("draft"));
await prepare();

async function prepare() {
  if (!["admin", "developer"].includes(user.role)) return byId("main").replaceChildren(byId("heading"), empty("lock", t("forbidden.title"), t("register.forbidden"), el("a", { class: "button", href: "/" }, t("missing.home"))));
  const isKept = draft.at > 0;
  try {
    limits = (await about).limits;
    if (existing) await fillFromModel(isKept);
    else fillForNew();
  } catch (error) {
    return byId("form").replaceWith(failure(error, () => location.reload()));
  }
  wire();
  if (isKept) fillFromDraft();
  blank = isKept ? "" : JSON.stringify(described());
  byId("fields").disabled = false;
  if (isKept && draft.files.length > 0) (await fileList()).restore(draft.files);
  if (isKept) saidKept();
  refresh();
  form.removeAttribute("aria-busy");
  document.documentElement.classList.remove("waits");
  if (!existing) fillServices();
  if (isKept || isElsewhere || others.length > 0 || !navigator.onLine) later().catch(() => {});
  return null;
}

/** What the first view does without. */
function later() {
  loading ??= import("./register-later.js").then(wireLater).catch((error) => {
    loading = null;
    toast(t("error.offline"));
    throw error;
  });
  return loading;
}

function wireLater(modules) {
  const notices = new modules.Notices({ username: user.username, isElsewhere, others });
  const askSignIn = () => notices.askSignIn();
  const lookUpName = existing ? async () => null : modules.wireName(controls.namespace, controls.name, byId("name-hint"));
  rest = {
    ...modules, askSignIn,
    drawReadme: modules.wirePreview(controls.readme, byId("readme-preview")),
    lookUpName,
    publication: new modules.Publication({
      form, askSignIn, lookUpName, isNew: !existing, describe: () => modules.bodyOf({
        controls, texts: ["version", "notes", ...(existing ? [] : MODEL_FIELDS)], tags: context.tags(), names: variantNames(),
        variantTags: (name) => variantContext.get(name)?.tags() ?? [], files: files?.sendable ?? [], kept,
      }), files: () => files, name: modelName, onChange: refresh,
      onDone: () => {
        isOver = true;
        return modules.removeDraft(draft.id);
      },
    }),
  };
  useSuggestions(modules.suggestions);
  notices.show();
  rest.drawReadme();
  loadTagWords().then(refresh);
  if (!existing) rest.offerTags(controls.service_type.value, context);
  return rest;
}

function wire() {
  const unreadable = () => later().then(() => toast(t("files.unreadable")), () => {});
  wireDrop(byId("drop"), [byId("pick"), byId("pick-folder")], addFiles, unreadable);
  wireDrop(byId("readme-field"), [byId("pick-readme")], (chosen) => chosen[0] && readReadme(chosen[0].file), unreadable);
  form.addEventListener("input", changed);
  form.addEventListener("focusin", () => later().catch(() => {}), { once: true });
  const preview = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && later().then(() => preview.disconnect(), () => {}));
  preview.observe(byId("readme-preview"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later().then(({ publication }) => publication.send(), () => {});
  });
  controls.split.addEventListener("change", showVariants);
  controls.service_type.addEventListener("change", () => later().then(({ offerTags }) => offerTags(controls.service_type.value, context), () => {}));
  byId("outline").addEventListener("click", insertOutline);
  byId("discard").addEventListener("click", () => later().then(({ askToDiscard }) => askToDiscard(discard), () => {}));
  byId("cancel").addEventListener("click", () => files?.stopWaiting());
  byId("limit").textContent = t("register.limit", { size: limitWords(limits.upload_bytes) });
  addEventListener("pagehide", saveNow);
  document.addEventListener("visibilitychange", () => document.hidden && saveNow());
}

// MARK: What the form begins with

function fillForNew() {
  const own = Object.keys(namespaces).filter((name) => namespaces[name] !== "reader");
  controls.namespace.value = own[0] ?? user.username;
  byId("namespaces").replaceChildren(...own.map((value) => el("option", { value })));
  controls.version.value = "1.0.0";
}

/** Context and README mostly stay what they were: the version before is where one begins. */
async function fillFromModel(isKept) {
  const { loadBase, readmeOf, KeptFiles } = await import("./register-version.js");
  for (const control of form.querySelectorAll(".only-model :is(input, select, textarea)")) control.disabled = true;
  const { model, version, next } = await loadBase(existing, draft.base);
  services = model.service_types;
  controls.title.value = model.title;
  controls.summary.value = model.summary;
  controls.version.value = next;
  if (!version) return;
  base = version;
  draft.base = version.version;
  form.querySelector("label[for=notes]").textContent = t("register.notes");
  byId("version-hint").textContent = t("register.next", { version: version.version });
  kept = new KeptFiles({ place: byId("kept"), version, leave: draft.leave ?? [], onChange: changed });
  if (isKept) return;
  context.set(tagTexts(version.context));
  controls.readme.value = await readmeOf(existing, version);
}

async function fillServices() {
  try {
    services = (await get("/service-types?limit=100")).items;
    controls.service_type.append(...services.map((service) => el("option", { value: service.id }, label(service))));
    if (draft.fields?.service_type) controls.service_type.value = draft.fields.service_type;
    refresh();
  } catch (error) {
    toast(error.message);
  }
}

// MARK: The draft

function described() {
  const texts = Object.fromEntries(KEPT_FIELDS.map((name) => [name, controls[name].value]));
  // The service types come late.
  if (!existing && services.length === 0) texts.service_type = draft.fields?.service_type ?? "";
  return {
    fields: texts, checked: { draft: controls.draft.checked, split: controls.split.checked },
    tags: context.tags(), variantTags: Object.fromEntries([...variantContext].map(([name, input]) => [name, input.tags()])),
    files: files?.describe() ?? [], leave: [...kept?.leave ?? []],
  };
}

function fillFromDraft() {
  for (const name of KEPT_FIELDS) if (draft.fields[name] !== undefined && !controls[name].disabled) controls[name].value = draft.fields[name];
  controls.draft.checked = draft.checked.draft;
  controls.split.checked = draft.checked.split;
  context.set(draft.tags);
}

/** What has been chosen or typed is no longer offered. */
function dropOffers(tags) {
  const there = new Set(tags.map((tag) => tag.replace(/^tag:/, "").toLowerCase()));
  for (const offer of byId("offers").querySelectorAll("button")) {
    if (there.has(offer.dataset.tag) || there.has(offer.textContent.trim().toLowerCase())) offer.remove();
  }
}

function changed() {
  refresh();
  clearTimeout(saving);
  saving = setTimeout(saveNow, SAVED_AFTER);
}

function saveNow() {
  clearTimeout(saving);
  const now = described();
  if (isOver || form.ariaBusy === "true" || JSON.stringify(now) === blank) return;
  blank = "";
  const isSaved = saveDraft(Object.assign(draft, now));
  byId("draft-line").hidden = false;
  byId("draft-state").textContent = isSaved ? t("draft.saved", { time: clock(draft.at) }) : t("draft.unsaved");
  const address = `${location.pathname}?draft=${draft.id}`;
  if (isSaved && location.pathname + location.search !== address) history.replaceState(null, "", address);
}

function saidKept() {
  byId("draft-line").hidden = false;
  byId("draft-state").textContent = t("draft.saved", { time: clock(draft.at) });
  history.replaceState(null, "", `${location.pathname}?draft=${draft.id}`);
  toast(t("draft.restored"));
}

async function discard() {
  isOver = true;
  files?.removeAll();
  await rest.removeDraft(draft.id);
  location.assign(location.pathname);
}

// MARK: Files

async function fileList() {
  const { FileList, askSignIn } = await later();
  files ??= new FileList({
    place: byId("files"), draft, limits, askSignIn,
    pick: () => byId("pick").click(),
    onChange: () => {
      showVariants();
      changed();
    },
  });
  files.isSplit = controls.split.checked;
  return files;
}

async function addFiles(chosen) {
  const list = await fileList();
  const rest = [];
  for (const entry of chosen) {
    if (README.test(entry.path) && !controls.readme.value.trim()) await readReadme(entry.file);
    else rest.push(entry);
  }
  if (rest.length === 0) return;
  await list.add(rest);
  suggestName();
}

async function readReadme(file) {
  const { readText } = await later();
  const text = await readText(file, limits.readme_bytes);
  return text === null ? null : setReadme(text);
}

async function setReadme(text) {
  controls.readme.value = text;
  changed();
  (await later()).drawReadme();
}

async function insertOutline() {
  const { withOutline } = await later();
  setReadme(withOutline(controls.readme.value, controls.title.value.trim()));
  controls.readme.focus();
}

/** The name of the largest file is a fair first guess for the name of the model, until somebody writes another. */
function suggestName() {
  const name = rest.nameOf(files.sendable);
  if (existing || !name || (controls.name.value && controls.name.value !== suggested)) return;
  suggested = name;
  controls.name.value = name;
  changed();
  rest.lookUpName();
}

function variantNames() {
  return controls.split.checked ? [...new Set(files?.sendable.map(({ variant }) => variant))] : ["default"];
}

/** Each named variant has a context of its own: format, precision, accelerator. */
function showVariants() {
  byId("split-field").hidden = (files?.sendable.length ?? 0) < 2 && !controls.split.checked;
  const names = variantNames().filter((name) => name !== "default");
  for (const name of names) {
    if (variantContext.has(name)) continue;
    const input = tagInput({ name: "context", labelText: t("register.variant-tags", { name }), hint: t("register.variant-tags.hint"), onchange: () => changed() });
    variantContext.set(name, input);
    input.set(draft.variantTags?.[name] ?? tagTexts(base?.variants.find((variant) => variant.name === name)?.context ?? []));
  }
  const nodes = names.map((name) => variantContext.get(name).element);
  const place = byId("variants");
  if (nodes.length !== place.children.length || nodes.some((node, at) => node !== place.children[at])) place.replaceChildren(...nodes);
  if (files && files.isSplit !== controls.split.checked) files.show(controls.split.checked);
}

// MARK: What is shown

function modelName() {
  return existing ?? `${controls.namespace.value.trim() || "…"}/${controls.name.value.trim() || "…"}`;
}

function readiness() {
  const isFilled = (...names) => names.every((name) => controls[name].value.trim());
  const count = (files?.sendable.length ?? 0) + (kept?.kept.length ?? 0);
  const ready = {
    files: count > 0 && !files?.count("refused", "lost", "failed"),
    name: Boolean(existing) || isFilled("namespace", "name", "title"),
    service: Boolean(existing) || isFilled("service_type"),
    tags: context.tags().length >= ADVISED_TAGS,
    readme: isFilled("readme"),
  };
  // What is still on its way is ready to be registered, as that waits for it; but it is not there.
  const isThere = (files?.sendable.length ?? 0) === (files?.count("done") ?? 0);
  return { ready, steps: [["files", ready.files && isThere], ["basics", ready.name && ready.service], ["context", context.tags().length > 0], ["readme", ready.readme]] };
}

function refresh() {
  const { ready, steps } = readiness();
  showReady(Object.entries(ready).filter(([key]) => !existing || !["name", "service"].includes(key)), steps);
  const hasFiles = files?.entries.length > 0;
  showTotal(hasFiles ? `${t("register.total", { n: files.sendable.length, size: bytes(files.total) })} · ${t("register.total.done", { n: files.count("done") })}` : "",
    files?.count("refused") ?? 0, () => files.removeRefused());
  kept?.show(files?.sendable ?? []);
  for (const button of byId("offers").children) button.hidden = context.tags().includes(button.dataset.tag);
  byId("send").disabled = rest?.publication.isSending || !ready.files;
  const all = [...(kept?.kept ?? []), ...(files?.sendable ?? [])].map(({ path }) => path);
  showPreview({
    service: existing ? services[0] : services.find(({ id }) => id === controls.service_type.value),
    title: controls.title.value.trim(), name: modelName(), version: controls.version.value.trim(), summary: controls.summary.value.trim(),
    formats: rest?.formatsOf(all) ?? [], tags: context.tags(),
  });
}
