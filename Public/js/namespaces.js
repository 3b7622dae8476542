/** Namespaces: who owns them, publishes in them and reads them. */
import { get, post, put, remove } from "./api.js";
import { badge, byId, el, empty, icon, reloadWith, title, toast } from "./page.js";
import { cell, field, openDialog, select } from "./form.js";
import { enter, face, listing, who } from "./admin.js";
import { number, t } from "./strings.js";

const ROLES = ["owner", "publisher", "reader"];

const name = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const { user: me, namespaces: mine, isAdmin } = await enter();
const isOwner = isAdmin || mine[name] === "owner";
let members = [];
let loadMembers = null;

title(name || t("menu.namespaces"));
if (name) byId("heading").firstElementChild.textContent = name;
byId("lead").textContent = t(name ? (isOwner ? "members.text" : "members.text.others") : isAdmin ? "namespaces.text.admin" : "namespaces.text");
if (name) {
  byId("crumbs").replaceChildren(el("a", { href: "/namespaces" }, t("menu.namespaces")), ` / ${name}`);
  showMembers();
} else {
  if (isAdmin) showActions(button("plus", "namespaces.create", create, "primary"));
  showNamespaces();
}

function showActions(...buttons) {
  byId("actions").replaceChildren(...buttons.filter(Boolean));
}

function button(iconName, key, action, kind = "") {
  return el("button", { type: "button", class: `button ${kind}`, onclick: action }, icon(iconName), t(key));
}

function missing(error) {
  return empty("lock", t("namespaces.unknown.title"), error.message, el("a", { class: "button", href: "/namespaces" }, t("menu.namespaces")));
}

function showNamespaces() {
  listing({
    path: "/namespaces",
    heads: ["namespaces.name", "namespaces.role", "namespaces.members", "namespaces.models"],
    words: (item) => item.name,
    row: (item) => el("tr", {},
      el("th", { scope: "row" }, el("a", { class: "mono-name", href: `/namespaces/${encodeURIComponent(item.name)}` }, item.name)),
      cell("namespaces.role", item.role ? roleBadge(item.role) : el("span", { class: "quiet" }, t("namespaces.no-role"))),
      cell("namespaces.members", number(item.members)),
      cell("namespaces.models", number(item.models)),
      el("td", { class: "end" }, el("a", {
        class: "button small", href: `/namespaces/${encodeURIComponent(item.name)}`, "aria-label": t("namespaces.open", { name: item.name }),
      }, t("namespaces.see")))),
    nothing: () => empty("grid", t("namespaces.empty.title"), t("namespaces.empty.text"), el("a", { class: "button primary", href: "/register" }, icon("plus"), t("register"))),
  })();
}

function roleBadge(role) {
  return badge(role === "owner" ? "ok" : role === "publisher" ? "info" : "", { owner: "key", publisher: "upload", reader: "download" }[role], t(`namespace.${role}`));
}

function roleField(chosen) {
  const control = select("role", ROLES.map((role) => [role, t(`namespace.${role}`)]), chosen);
  control.dataset.problems = "last-owner";
  return field(t("namespaces.role"), control, t("namespace.role.hint"));
}

/** - `problems` are the codes that the field answers for. */
function userField(fieldName, key, problems, hint) {
  const list = el("datalist", { id: "people" });
  const input = el("input", { name: fieldName, required: true, list: "people", autocomplete: "off", autocapitalize: "none", spellcheck: "false", "data-problems": problems });
  // Names to choose from are a help: administrators may see all users, others know the members.
  if (isAdmin) get("/users?limit=100").then(({ items }) => offer(items), () => offer(members));
  else offer(members);
  return [field(t(key), input, hint), list];

  function offer(people) {
    list.replaceChildren(...people.filter((person) => !person.disabled).map((person) => el("option", { value: person.username }, person.display_name)));
  }
}

function memberPath(namespace, username) {
  return `/namespaces/${encodeURIComponent(namespace)}/members/${encodeURIComponent(username)}`;
}

function create() {
  openDialog({
    title: t("namespaces.create"), submit: t("namespaces.create"),
    content: [
      field(t("namespaces.field"), el("input", { name: "namespace", required: true, autocomplete: "off", autocapitalize: "none", spellcheck: "false", "data-problems": "namespace-unknown name-invalid" }), t("namespaces.field.hint")),
      userField("username", "namespaces.owner", "user-unknown"),
    ],
    action: async (data) => {
      const namespace = data.get("namespace").trim();
      await put(memberPath(namespace, data.get("username").trim()), { role: "owner" });
      location.assign(`/namespaces/${encodeURIComponent(namespace)}`);
    },
  });
}

function showMembers() {
  loadMembers ??= listing({
    path: `/namespaces/${encodeURIComponent(name)}/members`,
    heads: ["users.name", "namespaces.role", "users.state"],
    words: (member) => `${member.username} ${member.display_name}`,
    row: memberRow,
    changed: (items) => {
      members = items;
      showActions(
        isOwner && button("plus", "members.add", add, "primary"),
        isOwner && members.length > 0 && button("swap", "members.transfer", transfer),
        members.some(({ username }) => username === me.username) && button("leave", "members.leave", leave));
    },
    nothing: () => empty("people", t("members.empty.title"), t("members.empty.text")),
    missing,
  });
  return loadMembers();
}

function memberRow(member) {
  const shown = member.display_name || member.username;
  return el("tr", {},
    el("th", { scope: "row" }, who(face(member.username, shown), shown, member.username, member.username === me.username && [" ", badge("", "person", t("members.you"))])),
    cell("namespaces.role", roleBadge(member.role)),
    cell("users.state", member.disabled ? badge("bad", "lock", t("users.disabled")) : badge("ok", "check", t("users.active"))),
    el("td", { class: "end" }, isOwner && el("button", {
      type: "button", class: "button small", "aria-label": t("users.edit", { name: member.username }), onclick: () => edit(member),
    }, t("edit"))));
}

/** Where one no longer is, one may no longer look. */
function done(words, changed) {
  if (changed === me.username) return reloadWith(t(words));
  toast(t(words));
  return showMembers();
}

function add() {
  openDialog({
    title: t("members.add"), submit: t("members.add"),
    content: [userField("username", "field.username", "user-unknown", t("members.add.hint")), roleField("publisher")],
    action: async (data) => {
      const username = data.get("username").trim();
      await put(memberPath(name, username), { role: data.get("role") });
      await done("members.added", username);
    },
  });
}

function edit(member) {
  const dialog = openDialog({
    title: t("users.edit", { name: member.username }), submit: t("save"),
    content: [
      roleField(member.role),
      el("button", { type: "button", class: "button danger", onclick: () => {
        dialog.close();
        askToRemove(member);
      } }, icon("trash"), t("members.remove")),
    ],
    action: async (data) => {
      await put(memberPath(name, member.username), { role: data.get("role") });
      await done("saved", member.username);
    },
  });
}

function askToRemove(member) {
  openDialog({
    title: t("members.remove"), submit: t("members.remove"), danger: true,
    content: el("p", {}, t("members.remove.text", { user: member.username, name })),
    action: async () => {
      await remove(memberPath(name, member.username));
      await done("members.removed", member.username);
    },
  });
}

function leave() {
  openDialog({
    title: t("members.leave"), submit: t("members.leave"), danger: true,
    content: el("p", {}, t("members.leave.text", { name })),
    action: async () => {
      await remove(memberPath(name, me.username));
      location.assign("/namespaces");
    },
  });
}

/** What happens is said with both names before it is sent. */
function transfer() {
  const owners = members.filter(({ role }) => role === "owner").map(({ username }) => username).join(", ") || "–";
  const words = el("p", { class: "notice warn", role: "status" });
  const tell = (to) => words.replaceChildren(icon("swap"), el("span", {}, t("members.transfer.text", { from: owners, to: to || "…", name })));
  const dialog = openDialog({
    title: t("members.transfer"), submit: t("members.transfer"), danger: true,
    content: [userField("to", "members.transfer.to", "user-unknown", t("members.transfer.hint")), words],
    action: async (data) => {
      await post(`/namespaces/${encodeURIComponent(name)}/transfer`, { to: data.get("to").trim() });
      reloadWith(t("members.transferred"));
    },
  });
  tell();
  dialog.querySelector("[name=to]").addEventListener("input", ({ target }) => tell(target.value.trim()));
}
