/** The area of administration: who may see a page, the figures above it, and lists that are filtered as one types. */
import { currentSession, get } from "./api.js";
import { byId, el, empty, failure, requireUser, sparkline, sum, toast } from "./page.js";
import { field, tableOf } from "./form.js";
import { bytes, number, t } from "./strings.js";

const HUES = ["indigo", "orange", "sand", "magenta", "red", "green", "cyan", "emerald"];

/**
 * Waits until it is known who looks, and shows the parts of the area that they may see.
 *
 * - `adminOnly`: others are told so at `list` and go no further.
 * - `everyone`: one need not be signed in.
 */
export async function enter({ adminOnly = false, everyone = false, list = "list" } = {}) {
  const session = everyone ? await visitor(list) : await requireUser();
  const isAdmin = session.user?.role === "admin";
  if (isAdmin) showFigures();
  else for (const node of [byId("stats"), ...document.querySelectorAll(session.user ? ".only-admin" : ".only-admin, .only-users")]) node.remove();
  document.querySelector(".areas [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  if (isAdmin || !adminOnly) return { ...session, isAdmin };
  byId(list).replaceChildren(empty("lock", t("forbidden.title"), t("admin.forbidden"), el("a", { class: "button", href: "/tokens" }, t("admin.tokens.own"))));
  return new Promise(() => {});
}

async function visitor(list) {
  try {
    return await currentSession();
  } catch (error) {
    byId(list).replaceChildren(failure(error, () => location.reload()));
    return new Promise(() => {});
  }
}

/** Counts of the whole repository. The page goes on without them. */
export async function showFigures() {
  const place = byId("stats");
  const figure = (key, value, note, more) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value, note && el("span", { class: "quiet" }, ` / ${note}`), more));
  try {
    const { models, versions, users, tokens, blob_bytes: stored, disk_bytes: disk, downloads } = await get("/summary");
    place.replaceChildren(
      figure("stat.models", number(models), number(versions)),
      figure("stat.storage", bytes(stored), disk && bytes(disk)),
      figure("stat.downloads", number(sum(downloads)), null, [" ", el("span", { class: "quiet" }, t("stat.today", { n: downloads.at(-1) })), sparkline(downloads, 84)]),
      figure("stat.people", number(users), number(tokens)));
    const count = byId("count-users");
    if (count) count.textContent = number(users);
  } catch (error) {
    place.replaceChildren(el("div", {}, el("dt", {}, t("stat.failed")), el("dd", {},
      el("button", { type: "button", class: "button small", onclick: showFigures }, t("retry")),
      error.instance && el("span", { class: "quiet mono" }, ` ${t("error.request", { id: error.instance })}`))));
  }
}

/** The first letter of a name on a colour of its own; the name stands beside it. */
export function face(username, name) {
  const hue = [...username].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 997, 7);
  return el("span", { class: `face ${HUES[hue % HUES.length]}`, "aria-hidden": "true" }, [...(name || username)][0].toUpperCase());
}

/** A name with what stands before and below it. */
export function who(before, name, below, ...after) {
  return el("div", { class: "who" }, before, el("span", {}, name, after, below && el("span", { class: "quiet mono block" }, below)));
}

/** The fields of a name in both languages; `labelOf` reads them. */
export function labelFields(label) {
  const input = (code) => el("input", { name: `label.${code}`, lang: code, value: label?.[code] ?? "", required: true, maxlength: "100", autocomplete: "off" });
  return el("div", { class: "pair" }, field(t("types.ko"), input("ko")), field(t("types.en"), input("en")));
}

/** What was written into `labelFields`. */
export function labelOf(data) {
  return { ko: data.get("label.ko").trim(), en: data.get("label.en").trim() };
}

/** Calls `action` once what is typed has rested; what an input method still composes counts as typed. */
export function whenTyped(input, action) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => action(input.value.trim()), 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
}

const PART = 100;
const SHOWN = 200;

/**
 * A list of the API in a table, part by part; where there is `#filter`, filtered by `words(item)` as one types.
 *
 * - `path` may hold a query already; `row(item)` draws one; `nothing()` is shown when there is nothing at all.
 * - `search`: the server filters, by `q`; else all parts are loaded with the first letter typed.
 *
 * Gives a function that loads it anew.
 */
export function listing({ path, heads, row, words, nothing, search = false, changed = () => {}, missing }) {
  const filter = byId("filter");
  let items = [];
  let next = null;
  let total = 0;
  let turn = 0;
  let asked = "";
  if (filter) {
    whenTyped(filter, (text) => {
      asked = text;
      if (search) load();
      else narrow();
    });
  }

  const part = (cursor) => {
    const query = new URLSearchParams({ limit: PART, ...(search && asked && { q: asked }), ...(cursor && { cursor }) });
    return get(`${path}?${query}`);
  };

  async function load() {
    const mine = turn += 1;
    try {
      const page = await part();
      if (mine !== turn) return;
      ({ items, next } = page);
      total = page.total ?? items.length;
      changed(items, page);
      show();
    } catch (error) {
      if (mine !== turn) return;
      byId("list").replaceChildren(error.status === 404 && missing ? missing(error) : failure(error, load));
    }
  }

  /** Filtering needs all of it; what is typed meanwhile takes the place of this turn. */
  async function narrow() {
    const mine = turn += 1;
    byId("list").setAttribute("aria-busy", "true");
    byId("found").textContent = next ? t("admin.loading") : "";
    try {
      while (next && asked) {
        const page = await part(next);
        if (mine !== turn) return;
        items.push(...page.items);
        next = page.next;
      }
      show();
    } catch (error) {
      if (mine === turn) toast(error.message);
    }
    if (mine === turn) byId("list").removeAttribute("aria-busy");
  }

  function show() {
    const wanted = asked.normalize().toLowerCase();
    const found = !asked || search ? items : items.filter((item) => words(item).normalize().toLowerCase().includes(wanted));
    if (filter) filter.hidden = !asked && total < 2;
    byId("count").textContent = search && asked ? "" : number(total);
    byId("found").textContent = asked ? t("admin.found", { n: search ? total : found.length }) : "";
    if (found.length === 0) return byId("list").replaceChildren(asked ? nothingFound() : nothing());
    const [card, body] = tableOf(heads, found.slice(0, asked ? SHOWN : undefined).map(row));
    let at = asked ? SHOWN : items.length;
    const more = el("div", { class: "pager" });
    const offer = () => {
      const rest = search || !asked ? next : at < found.length;
      more.replaceChildren(...(rest ? [el("button", { type: "button", class: "button", onclick: go }, t("more"))] : []));
    };
    const go = async ({ target }) => {
      target.disabled = true;
      try {
        if (asked && !search) {
          body.append(...found.slice(at, at += SHOWN).map(row));
        } else {
          const page = await part(next);
          items.push(...page.items);
          next = page.next;
          changed(items, page);
          body.append(...page.items.map(row));
        }
        offer();
      } catch (error) {
        toast(error.message);
        target.disabled = false;
      }
    };
    offer();
    byId("list").replaceChildren(card, more);
  }

  function nothingFound() {
    return empty("search", t("admin.nothing.title"), t("admin.nothing.text", { q: asked }), el("button", {
      type: "button", class: "button", onclick: () => {
        filter.value = asked = "";
        filter.focus();
        if (search) load();
        else show();
      },
    }, t("admin.filter.clear")));
  }

  return load;
}
