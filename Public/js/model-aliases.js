/** Aliases of a model: what each names, since when and by whom, where it was before, and the way back. */
import { get, modelPath, post, put, remove } from "./api.js";
import { badge, el, icon, reloadWith } from "./page.js";
import { field, moreButton, openDialog, select } from "./form.js";
import { ago, moment, t } from "./strings.js";

const HISTORY = 10;

function aliasBadge(alias) {
  return badge(alias === "latest" ? "ok" : "info", null, alias);
}

/** - `versions` are those that an alias may be set to. */
export function aliasCard(model, versions) {
  const offered = offeredVersions(versions);
  return el("section", { class: "card", id: "aliases" },
    el("div", { class: "card-head" }, el("h2", {}, t("fact.aliases")),
      model.permissions.alias && offered.length > 0 && el("button", {
        type: "button", class: "button small", onclick: () => setAlias(model, offered),
      }, icon("plus"), t("alias.set"))),
    el("ul", { class: "aliases" }, model.aliases.map((alias) => aliasRow(model, alias, offered))));
}

export function offeredVersions(versions) {
  return versions.filter(({ state }) => state === "published" || state === "deprecated").map(({ version }) => version);
}

/** What happened to the alias is asked for when the row comes into view. */
function aliasRow(model, { alias, version }, offered) {
  const since = el("span", { class: "quiet" });
  const actions = el("div", { class: "actions" });
  const past = el("div", {});
  const row = el("li", {},
    el("div", { class: "alias-head" }, aliasBadge(alias), el("strong", {}, version), since, actions), past);
  if (alias === "latest") {
    since.textContent = t("alias.latest");
    return row;
  }
  whenSeen(row, async () => {
    try {
      const path = `${modelPath(model.name, "aliases", alias, "history")}?limit=${HISTORY}`;
      const { items, next } = await get(path);
      since.replaceChildren(...changeWords(items[0]));
      past.replaceChildren(history(items, next, path));
      const before = items.find((change) => change.version && change.version !== version)?.version;
      if (before && model.permissions.alias) actions.prepend(small("back", t("alias.rollback"), t("alias.rollback.what", { alias, version: before }), () => rollBack(model, alias, version, before)));
    } catch (error) {
      since.textContent = error.message;
    }
  });
  if (model.permissions.alias) {
    actions.append(
      small(null, t("alias.move"), t("alias.move.what", { alias }), () => setAlias(model, offered, { alias, version })),
      el("button", { type: "button", class: "icon-button", "aria-label": t("remove", { name: alias }), onclick: () => removeAlias(model, alias, version) }, icon("close")));
  }
  return row;
}

function small(iconName, words, name, action) {
  return el("button", { type: "button", class: "button small", "aria-label": name, onclick: action }, iconName && icon(iconName), words);
}

function whenSeen(node, action) {
  new IntersectionObserver(([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    action();
  }).observe(node);
}

function changeWords({ changed_at: time, changed_by: by }) {
  return [el("time", { datetime: time, title: moment(time) }, ago(time)), ` · ${by}`];
}

function history(items, next, path) {
  const line = (change) => el("li", {}, el("span", {}, change.version ?? t("alias.removed")), el("span", { class: "quiet" }, changeWords(change)));
  const list = el("ol", { class: "alias-history" }, items.map(line));
  return el("details", {}, el("summary", {}, t("alias.history")), list, moreButton(next, async (cursor) => {
    const page = await get(`${path}&cursor=${encodeURIComponent(cursor)}`);
    list.append(...page.items.map(line));
    return page.next;
  }));
}

/** Both versions are named before anything moves. */
function rollBack(model, alias, from, to) {
  openDialog({
    title: t("alias.rollback.title", { alias }), submit: t("alias.rollback"),
    content: [
      el("p", { class: "from-to" }, aliasBadge(alias), el("span", {}, from), el("span", { "aria-hidden": "true" }, "→"), el("strong", {}, to)),
      el("p", {}, t("alias.rollback.text", { alias, from, to })),
    ],
    action: async () => {
      const moved = await post(modelPath(model.name, "aliases", alias, "rollback"));
      reloadWith(t("alias.moved", { alias, version: moved.version }));
    },
  });
}

/** - `offered` are version numbers; `current`, when given, is the alias to move and where it is. */
export function setAlias(model, offered, current = {}) {
  const chosen = offered.find((version) => version !== current.version) ?? offered[0];
  openDialog({
    title: t(current.alias ? "alias.move.what" : "alias.set", { alias: current.alias }), submit: t("save"),
    content: [
      field(t("alias.name"), el("input", {
        name: "alias", required: true, value: current.alias ?? "", readonly: Boolean(current.alias), placeholder: "stable", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
        "data-problems": "alias-reserved",
      }), t("alias.hint")),
      field(t("fact.number"), select("version", offered.map((version) => [version, version === current.version ? t("alias.now", { version }) : version]), chosen)),
    ],
    action: async (data) => {
      await put(modelPath(model.name, "aliases", data.get("alias").trim()), { version: data.get("version") });
      reloadWith(t("saved"));
    },
  });
}

function removeAlias(model, alias, version) {
  openDialog({
    title: t("remove", { name: alias }), submit: t("delete"), danger: true,
    content: [el("p", { class: "from-to" }, aliasBadge(alias), el("span", {}, version)), el("p", {}, t("alias.remove.text"))],
    action: async () => {
      await remove(modelPath(model.name, "aliases", alias));
      reloadWith(t("saved"));
    },
  });
}
