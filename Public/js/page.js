/** What every page is made of: elements, icons, messages, and the top bar. */
import { chooseLanguage, language, readStored, store, t, translate } from "./strings.js";
import { currentSession, get, signOut } from "./api.js";

const ICONS = {
  tag: "M4 4h8l8 8-8 8-8-8zM8 8v.1",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M19 14.5A7.5 7.5 0 0 1 9.5 5 7.5 7.5 0 1 0 19 14.5z",
  circle: "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
  plus: "M12 5v14M5 12h14",
  pause: "M9.5 6v12M14.5 6v12",
  play: "M8 5.5v13l10-6.5z",
  retry: "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
  search: "M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM16 16l4.5 4.5",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  copy: "M9 9h10v10H9zM5 15V5h10",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
  upload: "M12 16V6M8 10l4-4 4 4M5 20h14",
  filter: "M4 7h16M7 12h10M10 17h4",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17v.1",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  key: "M14.5 13a4.5 4.5 0 1 0-4-2.5L4 17v3h3l1-2 2-.5.5-2 2-2",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.5-4 3.5-6 7.5-6s7 2 7.5 6",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  shield: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4",
  parking: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM10 17V7h3a3 3 0 0 1 0 6h-3",
  car: "M4 17v-4l2-6h12l2 6v4zM4 17v2M20 17v2M7 13.5h1M16 13.5h1",
  plate: "M3 7h18v10H3zM7 12h1M11 10v4M14 10v4M17 12h.5",
  flame: "M12 3c1 4 5 5.5 5 10a5 5 0 0 1-10 0c0-2 1-3 2-4 .5 1.5 1.5 2 2 2 .5-3-.5-5 1-8z",
  waves: "M3 10c2-2 4-2 6 0s4 2 6 0 4-2 6 0M3 16c2-2 4-2 6 0s4 2 6 0 4-2 6 0",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c0-3 2.5-5 5.5-5s5.5 2 5.5 5M15 5.2a3 3 0 0 1 0 5.6M17 14.5c2 .7 3.5 2.3 3.5 4.5",
  school: "M12 4l9 5-9 5-9-5zM6 11v5c2 2 10 2 12 0v-5",
  walker: "M13 4v.5M12 9l-4 3M12 9l1 5-4 6M13 14l3 6M12 9l4 3",
  clipboard: "M9 4h6v3H9zM9 5H5v16h14V5h-4M9 14l2 2 4-4",
  gear: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1",
  bag: "M5 8h14l1 13H4zM9 8V6a3 3 0 0 1 6 0v2",
  leaf: "M5 19C4 10 10 5 20 4c0 10-5 15-12 13M5 20c2-5 5-8 9-10",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  house: "M4 11l8-7 8 7v9H4zM10 20v-5h4v5",
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  storage: "M4 5h16v6H4zM4 13h16v6H4zM7.5 8v.1M7.5 16v.1",
  back: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H8",
  swap: "M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4",
  leave: "M11 4H5v16h6M14 8l4 4-4 4M18 12H9",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  cube: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5",
};

/** Icon and hue of the service types that come with the product; others get the cube. */
const SERVICE_LOOKS = {
  __proto__: null,
  "crime-prevention": ["shield", "indigo"],
  "illegal-parking": ["parking", "orange"],
  "traffic-flow": ["car", "orange"],
  "license-plate-recognition": ["plate", "sand"],
  "fire-watch": ["flame", "red"],
  "flood-disaster": ["waves", "cyan"],
  "crowd-density": ["people", "indigo"],
  "illegal-dumping": ["trash", "emerald"],
  "school-zone": ["school", "orange"],
  "fall-loitering": ["walker", "magenta"],
  "facility-inspection": ["clipboard", "sand"],
  "industrial": ["gear", "sand"],
  "retail": ["bag", "red"],
  "agriculture": ["leaf", "green"],
  "care": ["pulse", "cyan"],
  "smart-home": ["house", "magenta"],
  "voice": ["microphone", "emerald"],
};

/** An element: `el("a", {href, class, onclick}, "text", child, …)`. Text is always text, never markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || (name in node && typeof value !== "string")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/** The picture of a service type; the words beside it carry the meaning. */
export function serviceIcon(id) {
  return icon(SERVICE_LOOKS[id]?.[0] ?? "cube");
}

export function serviceTile(id) {
  return el("span", { class: `tile ${SERVICE_LOOKS[id]?.[1] ?? "slate"}` }, serviceIcon(id));
}

// Anybody may call a format `constructor`.
const FORMAT_NAMES = { __proto__: null, tflite: "TFLite", openvino: "OpenVINO", edgetpu: "Edge TPU", tensorrt: "TensorRT", coreml: "Core ML", savedmodel: "SavedModel", torchscript: "TorchScript", safetensors: "safetensors" };

/** A format as its makers write it. */
export function formatName(id) {
  return FORMAT_NAMES[id] ?? id.toUpperCase();
}

const PRECISION_NAMES = { __proto__: null, float32: "FP32", f32: "FP32", float16: "FP16", f16: "FP16", half: "FP16", bfloat16: "BF16" };

/** A precision in its usual short form, whichever way its publisher wrote it. */
export function precisionName(value) {
  return PRECISION_NAMES[value.toLowerCase()] ?? value.toUpperCase();
}

/** Downloads of the last days, oldest first, as a line over an area. */
export function sparkline(values, width = 96, height = 26) {
  const top = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, at) => `${(at * step).toFixed(1)} ${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`);
  const line = `M${points.join("L")}`;
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: `spark${values.some(Boolean) ? "" : " still"}`, "aria-hidden": "true", preserveAspectRatio: "none" },
    svg("path", { class: "spark-area", d: `${line}L${width} ${height}L0 ${height}z` }),
    svg("path", { class: "spark-line", d: line }));
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** A badge with an icon: colour is never the only sign. */
export function badge(kind, iconName, text) {
  return el("span", { class: `badge ${kind}` }, iconName && icon(iconName), text);
}

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Draws anew what may hold the focus, and gives it back: to the control of the same `data-focus` or address, else to the
 * one that took its place, else to the results.
 */
export function redraw(place, nodes) {
  const controls = () => [...place.querySelectorAll("a, :is(button, input):enabled")];
  const keyOf = (control) => control.dataset.focus ?? control.getAttribute("href");
  const focused = document.activeElement;
  const at = controls().indexOf(focused);
  place.replaceChildren(...nodes.flat().filter(Boolean));
  if (at < 0) return;
  const next = controls();
  const heir = next.find((control) => keyOf(control) !== null && keyOf(control) === keyOf(focused)) ?? next[Math.min(at, next.length - 1)] ?? byId("results");
  heir.focus({ preventScroll: true });
}

/** A short message at the foot of the page, read out by screen readers. */
export function toast(text) {
  let box = byId("toast");
  if (!box) document.body.append(box = el("div", { id: "toast", role: "status" }));
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => box.classList.remove("shown"), 3000);
}

/** Loads the page anew, and says `text` there. */
export function reloadWith(text) {
  store("said", text);
  location.reload();
}

function sayKept() {
  const text = readStored("said");
  store("said", null);
  if (text) toast(text);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyFromSelection(text)) return toast(t("copy.failed"));
  }
  toast(t("copied"));
}

/** Plain HTTP on a local network has no clipboard object; the old command works there. */
function copyFromSelection(text) {
  const area = el("textarea", { class: "hidden", value: text });
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

/** A button that copies `text`; `name` says what, for those who do not see the place. */
export function copyButton(text, name, words) {
  return el("button", {
    type: "button", class: words ? "button small" : "icon-button", "aria-label": t("copy.what", { name }),
    onclick: () => copy(text),
  }, icon("copy"), words ? t("copy") : null);
}

/** What a page shows when it could not load: the server's words, the request id, and a way on. */
export function failure(error, retry) {
  return el("div", { class: "card state", role: "alert" },
    icon("warning"),
    el("h2", {}, t("error.title")),
    el("p", {}, error.message),
    retry && el("button", { type: "button", class: "button", onclick: retry }, t("retry")),
    error.instance && el("p", { class: "quiet mono" }, t("error.request", { id: error.instance })));
}

/** An empty place with the next step. */
export function empty(iconName, title, text, ...actions) {
  return el("div", { class: "card state" }, icon(iconName), el("h2", {}, title), el("p", {}, text),
    actions.length > 0 && el("div", { class: "actions" }, actions));
}

/** Sends the visitor to sign in and back when nobody is signed in. */
export async function requireUser() {
  try {
    const session = await currentSession({ certain: true });
    if (session.user) return session;
    location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  } catch (error) {
    byId("main").replaceChildren(failure(error, () => location.reload()));
  }
  return new Promise(() => {});
}

export function title(text) {
  document.title = `${text} · ${t("brand")}`;
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function wireTopBar() {
  const other = language === "ko" ? "en" : "ko";
  const languageButton = byId("language");
  languageButton.textContent = other.toUpperCase();
  languageButton.setAttribute("aria-label", t("language.switch"));
  languageButton.lang = other;
  languageButton.onclick = () => chooseLanguage(other);

  const themeButton = byId("theme");
  const showTheme = () => {
    themeButton.setAttribute("aria-label", t(isDark() ? "theme.light" : "theme.dark"));
    themeButton.replaceChildren(icon(isDark() ? "sun" : "moon"));
  };
  showTheme();
  themeButton.onclick = () => {
    const theme = isDark() ? "light" : "dark";
    store("theme", theme);
    setTheme(theme);
    showTheme();
  };

  const search = byId("q");
  search.addEventListener("focus", () => {
    const before = search.value;
    // Without the module one searches all the same.
    import("./suggest.js").then(({ wireSuggestions }) => wireSuggestions(search, before), () => {});
  }, { once: true });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "Escape") closeMenu(true);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.menu")) closeMenu(false);
  });
}

function closeMenu(focus) {
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

const PUBLISHERS = ["admin", "developer"];

/** Shows who is signed in, with the menu of what they may see. */
export async function showUser() {
  const { user } = await currentSession();
  // Who is not signed in is led to do so first.
  store("reads-only", user && !PUBLISHERS.includes(user.role) ? "yes" : null);
  hideRegistration();
  watchDisk(user).catch(() => {});
  if (!user) {
    // Signing in leads back to where one was; the address may change until then.
    byId("user").querySelector('a[href="/sign-in"]')?.addEventListener("click", ({ currentTarget: link }) => {
      if (!["/", "/sign-in", "/setup"].includes(location.pathname + location.search)) link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
    });
    return;
  }
  const name = user.display_name || user.username;
  byId("manage")?.remove();
  if (user.role === "admin") document.querySelector(".top-links").prepend(el("a", { id: "manage", class: "text-link", href: "/users" }, t("menu.users")));
  const item = (href, key, iconName) => el("a", { href }, icon(iconName), t(key));
  byId("user").replaceChildren(
    el("details", { class: "menu" },
      el("summary", { "aria-label": t("menu.user", { name }) }, el("span", { class: "avatar" }, [...name][0].toUpperCase())),
      el("div", { class: "menu-list" },
        el("p", {}, el("strong", {}, name), el("span", { class: "quiet mono" }, user.username)),
        item("/account", "menu.account", "person"),
        item("/tokens", "menu.tokens", "key"),
        item("/namespaces", "menu.namespaces", "grid"),
        item("/context", "menu.context", "tag"),
        user.role === "admin" && [item("/users", "menu.users", "people"), item("/storage", "menu.storage", "storage"), item("/activity", "menu.activity", "pulse")],
        el("button", { type: "button", onclick: leave }, icon("leave"), t("sign-out")))));
}

/** Who may never register is not asked to; known from the page before, so that nothing moves. */
function hideRegistration() {
  document.documentElement.classList.toggle("reads-only", readStored("reads-only") !== null);
}

const DISK_ASKED_EVERY = 300_000;

/**
 * Tells administrators below the top bar when the disk fills.
 *
 * They alone ask, once in some minutes; the pages between show what was heard last.
 */
async function watchDisk(user) {
  if (user?.role !== "admin") return rememberDisk(null);
  const heard = diskState();
  if (heard && Date.now() - heard.at < DISK_ASKED_EVERY) return;
  // Kept before the answer too, so that pages opened meanwhile do not ask as well.
  rememberDisk({ percent: heard?.percent ?? null });
  heardOfDisk(await get("/storage"));
}

/** Takes in what `GET /storage` said. */
export function heardOfDisk({ warning, disk }) {
  rememberDisk({ percent: warning ? disk.used_percent : null });
}

function diskState() {
  try {
    return JSON.parse(readStored("disk"));
  } catch {
    return null;
  }
}

function rememberDisk(state) {
  store("disk", state && JSON.stringify({ at: Date.now(), ...state }));
  showDiskNotice(state?.percent);
}

function showDiskNotice(percent) {
  byId("disk-notice")?.remove();
  if (percent === null || percent === undefined) return;
  document.querySelector("header.top").after(el("aside", { id: "disk-notice", "aria-label": t("disk.notice") },
    icon("warning"), el("p", {}, t("disk.warning", { percent }), " ", el("a", { href: "/storage" }, t("disk.see")))));
}

async function leave() {
  await signOut();
  location.assign("/");
}

const theme = readStored("theme");
if (theme) setTheme(theme);
document.documentElement.lang = language;
translate(document);
document.documentElement.dataset.ready = "";
hideRegistration();
wireTopBar();
sayKept();
if (readStored("signed-in")) showDiskNotice(diskState()?.percent);
showUser().catch((error) => toast(error.message));
