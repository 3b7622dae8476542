/** People: administrators invite them, give roles, and take access away. */
import { patch, post, remove } from "./api.js";
import { badge, byId, copyButton, el, empty, icon, title, toast } from "./page.js";
import { cell, choices, field, openDialog, select } from "./form.js";
import { enter, face, listing, showFigures, who } from "./admin.js";
import { ago, date, moment, t } from "./strings.js";

const ROLES = ["admin", "operator", "developer", "viewer", "device"];

title(t("menu.users"));
const { user: me } = await enter({ adminOnly: true });
byId("create").hidden = false;
byId("create").addEventListener("click", create);
const load = listing({
  path: "/users",
  heads: ["users.name", "users.role", "users.state", "users.seen", "users.since"],
  row,
  words: ({ username, display_name: name, role }) => [username, name, role, t(`role.${role}`)].join(" "),
  nothing: () => empty("people", t("admin.nothing.title"), t("users.text")),
});
load();

/** The figures above count users too. */
function show() {
  showFigures();
  return load();
}

function row(user) {
  const name = user.display_name || user.username;
  return el("tr", {},
    el("th", { scope: "row" }, who(face(user.username, name), name, user.username, user.username === me.username && [" ", badge("", "person", t("users.own"))])),
    cell("users.role", badge(user.role === "admin" ? "accent" : "", user.role === "admin" ? "shield" : null, t(`role.${user.role}`))),
    cell("users.state", state(user)),
    cell("users.seen", user.last_seen_at ? el("span", { title: moment(user.last_seen_at) }, ago(user.last_seen_at)) : el("span", { class: "quiet" }, t("users.never"))),
    cell("users.since", date(user.created_at)),
    el("td", { class: "end" }, el("button", {
      type: "button", class: "button small", "aria-label": t("users.edit", { name: user.username }), onclick: () => edit(user),
    }, t("edit"))));
}

function state(user) {
  if (user.disabled) return badge("bad", "lock", t("users.disabled"));
  return user.has_password ? badge("ok", "check", t("users.active")) : badge("info", "link", t("users.invited"));
}

function userPath(user, ...parts) {
  return ["/users", user.username, ...parts].map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join("/");
}

function roleField(chosen) {
  const control = select("role", ROLES.map((role) => [role, t(`role.${role}`)]), chosen);
  control.dataset.problems = "last-admin";
  return field(t("users.role"), control, t("users.role.hint"));
}

/** An invitation unless a password is given: then nobody else has to know it. */
function create() {
  const password = field(t("field.password"), el("input", { name: "password", type: "password", required: true, disabled: true, autocomplete: "new-password" }), t("field.password.hint"));
  password.hidden = true;
  const ways = choices(t("users.way"), "radio", "way", [
    { value: "link", text: t("users.way.link"), hint: t("users.way.link.hint") },
    { value: "password", text: t("users.way.password"), hint: t("users.way.password.hint") },
  ], ["link"]);
  ways.addEventListener("change", ({ target }) => {
    password.hidden = target.value === "link";
    password.querySelector("input").disabled = password.hidden;
  });
  const name = el("input", { name: "username", required: true, autocomplete: "off", autocapitalize: "none", spellcheck: "false", "data-problems": "user-exists" });
  openDialog({
    title: t("users.invite"), submit: t("users.invite"),
    content: [
      field(t("field.username"), name, t("field.username.hint")),
      field(t("field.display-name"), el("input", { name: "display_name", autocomplete: "off" })),
      roleField("developer"),
      ways, password,
    ],
    action: async (data) => {
      data.set("username", data.get("username").trim());
      const names = ["username", "display_name", "role", ...(data.has("password") ? ["password"] : [])];
      const user = await post("/users", Object.fromEntries(names.map((field) => [field, data.get(field)])));
      toast(t("users.added"));
      show();
      if (!data.has("password")) makeLink(user);
    },
  });
}

/** A new link takes the place of an older one, so it is made only when it is asked for. */
async function makeLink(user) {
  try {
    showLink(user, await post(userPath(user, "link"), {}));
  } catch (error) {
    toast(error.message);
  }
}

function showLink(user, { purpose, url, expires_at: end }) {
  const name = user.display_name || user.username;
  openDialog({
    title: t(purpose === "invitation" ? "link.made.invitation" : "link.made.reset", { name }),
    content: [
      el("p", { class: "notice ok" }, icon("link"), t("link.once")),
      el("div", { class: "url-box" }, el("code", { id: "link" }, url), copyButton(url, t("link.link"), true)),
      el("ul", { class: "notes" },
        el("li", {}, t("link.send", { name })),
        el("li", {}, t("link.until", { time: moment(end) })),
        el("li", {}, t("link.replaces"))),
    ],
  });
}

function edit(user) {
  const closing = (action) => () => {
    dialog.close();
    action(user);
  };
  const disabled = select("disabled", [["", t("users.active")], ["yes", t("users.disabled")]], user.disabled ? "yes" : "");
  const dialog = openDialog({
    title: t("users.edit", { name: user.username }), submit: t("save"),
    content: [
      field(t("field.display-name"), el("input", { name: "display_name", value: user.display_name ?? "", autocomplete: "off" })),
      roleField(user.role),
      field(t("users.state"), disabled, t("users.disabled.hint")),
      el("div", { class: "actions" },
        !user.disabled && el("button", { type: "button", class: "button", onclick: closing(makeLink) }, icon("link"),
          t(user.has_password ? "users.link.reset" : "users.link.invitation")),
        user.username !== me.username && el("button", { type: "button", class: "button danger", onclick: closing(askToDelete) }, icon("trash"), t("users.delete"))),
    ],
    action: async (data) => {
      await patch(userPath(user), { display_name: data.get("display_name"), role: data.get("role"), disabled: data.get("disabled") === "yes" });
      toast(t("saved"));
      await show();
    },
  });
  // The last administrator is told at the control that was changed.
  disabled.addEventListener("change", () => {
    const role = dialog.querySelector("[name=role]");
    role.dataset.problems = disabled.value ? "" : "last-admin";
    disabled.dataset.problems = disabled.value ? "last-admin" : "";
  });
}

function askToDelete(user) {
  openDialog({
    title: t("users.delete"), submit: t("users.delete"), danger: true,
    content: el("p", {}, t("users.delete.text", { name: user.username })),
    action: async () => {
      await remove(userPath(user));
      toast(t("users.deleted"));
      await show();
    },
  });
}
