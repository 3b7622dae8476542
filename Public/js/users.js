/** People: administrators add them, give roles, and take access away. */
import { get, patch, post, remove } from "./api.js";
import { badge, byId, el, empty, failure, moreButton, requireUser, title, toast } from "./page.js";
import { field, openDialog, select } from "./form.js";
import { ago, date, t } from "./strings.js";

const ROLES = ["admin", "operator", "developer", "viewer", "device"];

title(t("menu.users"));
const { user: me } = await requireUser();
if (me.role === "admin") {
  byId("create").hidden = false;
  byId("create").addEventListener("click", create);
  show();
} else {
  byId("list").replaceChildren(empty("lock", t("forbidden.title"), t("forbidden.text")));
}

async function show() {
  try {
    const { items, next } = await get("/users?limit=100");
    const body = el("tbody", {}, items.map(row));
    byId("list").replaceChildren(table(body), moreButton(next, async (cursor) => {
      const page = await get(`/users?limit=100&cursor=${encodeURIComponent(cursor)}`);
      body.append(...page.items.map(row));
      return page.next;
    }));
  } catch (error) {
    byId("list").replaceChildren(failure(error, show));
  }
}

function table(body) {
  const heads = ["users.name", "users.role", "users.state", "users.seen", "users.since"];
  return el("div", { class: "card" }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, t(key))), el("th", {}, el("span", { class: "hidden" }, t("actions"))))),
    body));
}

function row(user) {
  return el("tr", {},
    el("th", { scope: "row" }, user.display_name || user.username, el("span", { class: "quiet mono block" }, user.username)),
    cell("users.role", t(`role.${user.role}`)),
    cell("users.state", user.disabled ? badge("bad", "lock", t("users.disabled")) : badge("ok", "check", t("users.active"))),
    cell("users.seen", user.last_seen_at ? ago(user.last_seen_at) : t("users.never")),
    cell("users.since", date(user.created_at)),
    el("td", { class: "end" }, el("button", {
      type: "button", class: "button small", "aria-label": t("users.edit", { name: user.username }), onclick: () => edit(user),
    }, t("edit"))));
}

function cell(key, ...content) {
  return el("td", { "data-label": t(key) }, content);
}

function roleField(chosen) {
  return field(t("users.role"), select("role", ROLES.map((role) => [role, t(`role.${role}`)]), chosen), t("users.role.hint"));
}

function create() {
  openDialog({
    title: t("users.add"), submit: t("users.add"),
    content: [
      field(t("field.username"), el("input", { name: "username", required: true, autocomplete: "off", autocapitalize: "none", spellcheck: "false" }), t("field.username.hint")),
      field(t("field.display-name"), el("input", { name: "display_name", autocomplete: "off" })),
      roleField("developer"),
      field(t("field.password"), el("input", { name: "password", type: "password", required: true, autocomplete: "new-password" }), t("field.password.hint")),
    ],
    action: async (data) => {
      await post("/users", Object.fromEntries(["username", "display_name", "role", "password"].map((name) => [name, data.get(name)])));
      toast(t("users.added"));
      await show();
    },
  });
}

function edit(user) {
  const path = `/users/${encodeURIComponent(user.username)}`;
  const dialog = openDialog({
    title: t("users.edit", { name: user.username }), submit: t("save"),
    content: [
      field(t("field.display-name"), el("input", { name: "display_name", value: user.display_name ?? "", autocomplete: "off" })),
      roleField(user.role),
      field(t("users.state"), select("disabled", [["", t("users.active")], ["yes", t("users.disabled")]], user.disabled ? "yes" : ""), t("users.disabled.hint")),
      user.username !== me.username && el("button", { type: "button", class: "button danger", onclick: () => askToDelete() }, t("users.delete")),
    ],
    action: async (data) => {
      await patch(path, { display_name: data.get("display_name"), role: data.get("role"), disabled: data.get("disabled") === "yes" });
      toast(t("saved"));
      await show();
    },
  });
  function askToDelete() {
    dialog.close();
    openDialog({
      title: t("users.delete"), submit: t("users.delete"), danger: true,
      content: el("p", {}, t("users.delete.text", { name: user.username })),
      action: async () => {
        await remove(path);
        toast(t("users.deleted"));
        await show();
      },
    });
  }
}
