/** Registration of a model, or of a new version of one: what is filled in here goes out in a single request. */
import { get, getText, modelPath } from "./api.js";
import { byId, copyButton, el, empty, icon, requireUser, serviceTile, title, toast } from "./page.js";
import { wireDrop } from "./drop.js";
import { clearErrors, complete, showError } from "./form.js";
import { fullURL } from "./snippets.js";
import { tagInput, tagTexts } from "./tag-input.js";
import { progressWords, upload, versionForm } from "./upload.js";
import { bytes, label, t } from "./strings.js";

const README = /^readme(\.md|\.markdown|\.txt)?$/i;
const MODEL_FIELDS = ["title", "summary", "service_type", "visibility", "license"];

const [, , namespace, short, last] = location.pathname.split("/").map(decodeURIComponent);
const existing = last === "new-version" ? `${namespace}/${short}` : null;

const form = byId("form");
const controls = form.elements;
let files = [];
let limit = Infinity;
let readmeLimit = Infinity;
let services = [];
let previous = null;
let sending = null;

const context = tagInput({ name: "context", labelText: t("register.tags"), hint: t("register.tags.hint"), onchange: () => refresh() });
const variantContext = new Map();

title(t(existing ? "model.new-version" : "register"));
const { user, namespaces } = await requireUser();
const ownNamespaces = Object.keys(namespaces).filter((name) => namespaces[name] !== "reader");
await prepare();

async function prepare() {
  if (!["admin", "developer"].includes(user.role)) {
    byId("waiting").replaceWith(empty("lock", t("forbidden.title"), t("register.forbidden")));
    return;
  }
  byId("tags").append(context.element);
  wireDrop(byId("drop"), [byId("pick"), byId("pick-folder")], addFiles);
  wireDrop(byId("readme-field"), [byId("pick-readme")], (chosen) => chosen[0] && readReadme(chosen[0].file));
  form.addEventListener("input", refresh);
  form.addEventListener("submit", send);
  addEventListener("beforeunload", (event) => sending && event.preventDefault());
  controls["split"].addEventListener("change", showFiles);
  if (existing) await fillFromModel();
  else {
    controls.namespace.value = ownNamespaces[0] ?? user.username;
    byId("namespaces").replaceChildren(...ownNamespaces.map((value) => el("option", { value })));
    controls.version.value = "1.0.0";
  }
  showFiles();
  form.hidden = false;
  byId("waiting").remove();
  get("/about").then((about) => {
    limit = about.limits.upload_bytes;
    readmeLimit = about.limits.readme_bytes;
    byId("limit").textContent = t("register.limit", { size: bytes(limit) });
    refresh();
  }, () => {});
  if (existing) return;
  try {
    services = (await get("/service-types?limit=100")).items;
    controls.service_type.append(...services.map((service) => el("option", { value: service.id }, label(service))));
    refresh();
  } catch (error) {
    toast(error.message);
  }
}

async function fillFromModel() {
  byId("heading").textContent = t("register.version-of", { name: existing });
  for (const node of form.querySelectorAll(".only-model")) {
    node.hidden = true;
    for (const control of node.querySelectorAll("input, select, textarea")) control.disabled = true;
  }
  try {
    const model = await get(modelPath(existing));
    controls.title.value = model.title;
    services = model.service_types;
    if (model.latest) await fillFromVersion(model.latest.version);
  } catch (error) {
    toast(error.message);
  }
}

/** Context and README mostly stay what they were: the version before is where one begins. */
async function fillFromVersion(number) {
  const path = modelPath(existing, "versions", number);
  byId("next-number").textContent = t("register.next", { version: number });
  previous = await get(path);
  context.set(tagTexts(previous.context));
  if (previous.readme) controls.readme.value = await getText(`${path}/readme`);
}

function modelName() {
  return existing ?? `${controls.namespace.value.trim()}/${controls.name.value.trim()}`;
}

function addFiles(chosen) {
  for (const entry of chosen) {
    if (README.test(entry.path) && !controls.readme.value) readReadme(entry.file);
    else files = [...files.filter(({ path }) => path !== entry.path), { ...entry, variant: "default" }];
  }
  suggestName();
  showFiles();
}

async function readReadme(file) {
  if (file.size > readmeLimit) return toast(t("register.readme.large"));
  controls.readme.value = await file.text();
  refresh();
}

/** The name of the first file is a fair first guess for the name of the model. */
function suggestName() {
  if (existing || controls.name.value || files.length === 0) return;
  controls.name.value = files[0].path.split("/").pop().replace(/(\.tar)?\.[^.]+$/, "").toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
}

function variantNames() {
  return controls["split"].checked ? [...new Set(files.map(({ variant }) => variant))] : ["default"];
}

function showFiles() {
  const split = controls["split"].checked;
  byId("split-field").hidden = files.length < 2;
  byId("files").replaceChildren(...files.map((entry) => el("li", { class: "upload" },
    el("span", { class: "upload-type mono" }, (entry.path.match(/\.([^./]+)$/)?.[1] ?? "").slice(0, 6).toUpperCase() || icon("file")),
    el("div", {}, el("div", { class: "upload-line" }, el("strong", {}, entry.path), el("span", { class: "quiet" }, bytes(entry.file.size))),
      el("progress", { max: 1, value: 0, "aria-label": entry.path, hidden: !sending }),
      split && el("input", {
        value: entry.variant, "aria-label": t("register.variant-of", { name: entry.path }), maxlength: "64", spellcheck: "false", autocomplete: "off", "data-errors": "variant",
        onchange: (event) => {
          entry.variant = event.target.value.trim() || "default";
          showVariants();
        },
      })),
    el("button", { type: "button", class: "icon-button", "aria-label": t("remove", { name: entry.path }), onclick: () => removeFile(entry) }, icon("close")))));
  byId("files").hidden = files.length === 0;
  showVariants();
}

function removeFile(entry) {
  files = files.filter((other) => other !== entry);
  showFiles();
}

/** Each named variant has a context of its own: format, precision, accelerator. */
function showVariants() {
  const names = variantNames().filter((name) => name !== "default");
  for (const name of names) {
    if (!variantContext.has(name)) {
      const input = tagInput({ name: "context", labelText: t("register.variant-tags", { name }), hint: t("register.variant-tags.hint") });
      input.set(tagTexts(previous?.variants.find((variant) => variant.name === name)?.context ?? []));
      variantContext.set(name, input);
    }
  }
  byId("variants").replaceChildren(...names.map((name) => variantContext.get(name).element));
  refresh();
}

function refresh() {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const tags = context.tags();
  const ready = [
    [files.length > 0, t("ready.files")],
    [existing || (controls.name.value.trim() && controls.title.value.trim()), t("ready.name"), !existing],
    [existing || controls.service_type.value, t("ready.service"), !existing],
    [tags.length >= 3, t("ready.tags")],
    [controls.readme.value.trim(), t("ready.readme")],
  ].filter(([, , shown]) => shown !== false);
  byId("ready").replaceChildren(...ready.map(([done, text]) => el("li", { class: done ? "done" : null }, icon(done ? "check" : "circle"), text,
    el("span", { class: "hidden" }, t(done ? "ready.done" : "ready.open")))));
  byId("total").textContent = files.length > 0 ? t("register.total", { n: files.length, size: bytes(total) }) : "";
  byId("too-large").hidden = total <= limit;
  byId("too-large").textContent = t("register.too-large", { size: bytes(total), limit: bytes(limit) });
  byId("send").disabled = files.length === 0 || total > limit || sending !== null;

  const service = existing ? services[0] : services.find(({ id }) => id === controls.service_type.value);
  byId("preview").replaceChildren(serviceTile(service?.id), el("div", {},
    el("strong", {}, controls.title.value.trim() || t("register.preview.title")),
    el("p", { class: "quiet mono" }, `${modelName()} · ${controls.version.value.trim() || t("register.next-patch")}`),
    controls.summary.value && el("p", {}, controls.summary.value),
    el("div", { class: "tags" }, tags.slice(0, 6).map((tag) => el("span", { class: "tag" }, tag.slice(tag.indexOf(":") + 1))))));
}

function fields() {
  const filled = (name) => controls[name].value.trim() && [name, controls[name].value.trim()];
  return [
    filled("version"), filled("notes"),
    ...(existing ? [] : MODEL_FIELDS.map(filled)),
    ...context.tags().map((tag) => ["context", tag]),
    controls.draft.checked && ["draft", "true"],
  ].filter(Boolean);
}

async function send(event) {
  event.preventDefault();
  clearErrors(form);
  if (!complete(form)) return;
  const names = variantNames();
  const variants = names.map((name) => ({
    name,
    context: variantContext.get(name)?.tags() ?? [],
    files: files.filter(({ variant }) => names.length === 1 || variant === name),
  }));
  sending = new AbortController();
  setSending(true);
  try {
    const body = await versionForm({ fields: fields(), readme: controls.readme.value, variants });
    const version = await upload(modelName(), body, { onState: showProgress, signal: sending.signal });
    sending = null;
    showDone(version);
  } catch (error) {
    sending = null;
    setSending(false);
    if (error.name === "AbortError") toast(t("upload.cancelled"));
    showError(form, error);
    if (error.code === "offline") byId("send").textContent = t("retry");
  }
}

function setSending(isSending) {
  byId("progress").hidden = !isSending;
  byId("cancel").hidden = !isSending;
  byId("fields").disabled = isSending;
  for (const bar of byId("files").querySelectorAll("progress")) bar.hidden = !isSending;
  byId("cancel").onclick = () => sending?.abort();
  byId("bar").value = 0;
  byId("progress-words").textContent = isSending ? t("upload.starting") : "";
  refresh();
}

/** Files leave in their order, so the bytes sent tell how far each one is. */
function showProgress(state) {
  byId("bar").value = state.total > 0 ? state.sent / state.total : 0;
  byId("progress-words").textContent = progressWords(state);
  const inOrder = variantNames().flatMap((name) => files.filter(({ variant }) => !controls["split"].checked || variant === name));
  const total = inOrder.reduce((sum, { file }) => sum + file.size, 0);
  let left = state.sent - (state.total - total);
  for (const entry of inOrder) {
    const bar = byId("files").children[files.indexOf(entry)].querySelector("progress");
    bar.value = entry.file.size > 0 ? Math.min(1, Math.max(0, left / entry.file.size)) : Number(left >= 0);
    left -= entry.file.size;
  }
}

function showDone(version) {
  const name = modelName();
  const address = fullURL(`/api/v1${modelPath(name, "versions", version.version)}`);
  title(t("done.title"));
  byId("main").replaceChildren(el("div", { class: "card state", role: "status" },
    icon("check"),
    el("h1", { tabindex: "-1", id: "done" }, t("done.title")),
    el("p", {}, t(version.state === "draft" ? "done.draft" : "done.text", { name, version: version.version, size: bytes(version.size) })),
    el("div", { class: "url-box" }, el("code", {}, address), copyButton(address, t("get.address"))),
    el("div", { class: "actions" },
      el("a", { class: "button primary", href: `/models/${name}?v=${encodeURIComponent(version.version)}` }, t("done.see")),
      el("a", { class: "button", href: "/register" }, t("done.another")))));
  byId("done").focus();
}
