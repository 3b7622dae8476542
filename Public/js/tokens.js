/** Tokens with which programs act for their owner. */
import { post, remove } from "./api.js";
import { badge, byId, copyButton, el, empty, icon, title, toast } from "./page.js";
import { cell, choices, field, openDialog, select } from "./form.js";
import { enter, listing, showFigures } from "./admin.js";
import { ago, date, t } from "./strings.js";

const SCOPES = ["model:read", "model:write", "alias:write", "admin"];
const SCOPES_OF = { admin: SCOPES, developer: SCOPES, operator: ["model:read", "alias:write", "admin"] };
const DAYS = [30, 90, 365];
const DAY = 86_400_000;
const SOON = 14;

title(t("menu.tokens"));
const { user, isAdmin } = await enter();
byId("create").addEventListener("click", create);
const show = listing({
  path: "/tokens",
  heads: ["tokens.name", "tokens.scopes", "tokens.prefix", "tokens.used", "tokens.expires"],
  row,
  words: ({ name, prefix, scopes, models }) => [name, prefix, ...scopes, ...models].join(" "),
  nothing: () => empty("key", t("tokens.empty.title"), t("tokens.empty.text")),
});
show();

function row(token) {
  return el("tr", {},
    el("th", { scope: "row" }, token.name, token.models?.length > 0 && el("span", { class: "quiet mono block" }, token.models.join(", "))),
    cell("tokens.scopes", el("span", { class: "tags" }, token.scopes.map((scope) => el("span", { class: "tag format" }, scope)))),
    cell("tokens.prefix", el("span", { class: "mono" }, `${token.prefix}…`)),
    cell("tokens.used", token.last_used_at ? ago(token.last_used_at) : t("tokens.never")),
    cell("tokens.expires", expiry(token.expires_at)),
    el("td", { class: "end" }, el("button", {
      type: "button", class: "button small", "aria-label": t("tokens.revoke.what", { name: token.name }), onclick: () => revoke(token),
    }, t("tokens.revoke"))));
}

function expiry(time) {
  if (!time) return badge("bad", "warning", t("tokens.no-expiry"));
  const left = new Date(time) - Date.now();
  if (left < 0) return badge("bad", "warning", t("tokens.expired"));
  const days = Math.ceil(left / DAY);
  return days < SOON ? badge("warn", "warning", days > 1 ? t("tokens.soon", { n: days }) : t("tokens.today")) : date(time);
}

function revoke(token) {
  openDialog({
    title: t("tokens.revoke.title"), submit: t("tokens.revoke"), danger: true,
    content: el("p", {}, t("tokens.revoke.text", { name: token.name })),
    action: async () => {
      await remove(`/tokens/${encodeURIComponent(token.id)}`);
      toast(t("tokens.revoked"));
      await refresh();
    },
  });
}

/** The figures above count tokens too. */
function refresh() {
  if (isAdmin) showFigures();
  return show();
}

function create() {
  const offered = (SCOPES_OF[user.role] ?? ["model:read", "admin"]).map((scope) => ({ value: scope, text: el("span", { class: "mono" }, scope), hint: t(`scope.${scope}`) }));
  openDialog({
    title: t("tokens.create"), submit: t("tokens.create"),
    content: [
      field(t("tokens.name"), el("input", { name: "name", required: true, maxlength: "100", autocomplete: "off" }), t("tokens.name.hint")),
      choices(t("tokens.scopes"), "checkbox", "scopes", offered, ["model:read"]),
      field(t("tokens.expires"), select("days", [...DAYS.map((days) => [String(days), t("days", { n: days })]), ["", t("tokens.no-expiry")]], "90")),
      field(t("tokens.models"), el("input", { name: "models", placeholder: "traffic/*, demo/silero-vad", autocomplete: "off", spellcheck: "false" }), t("tokens.models.hint")),
    ],
    action: async (data) => {
      const models = data.get("models").split(/[\s,]+/).filter(Boolean);
      const answer = await post("/tokens", {
        name: data.get("name").trim(),
        scopes: data.getAll("scopes"),
        ...(data.get("days") && { expires_at: inDays(data.get("days")) }),
        ...(models.length > 0 && { models }),
      });
      await refresh();
      showSecret(answer);
    },
  });
}

/** RFC 3339 without fractions of a second, as the API writes times. */
function inDays(days) {
  return new Date(Date.now() + days * DAY).toISOString().replace(/\.\d+/, "");
}

function showSecret({ name, token }) {
  openDialog({
    title: t("tokens.made", { name }),
    content: [
      el("p", { class: "notice ok" }, icon("key"), t("tokens.once")),
      el("div", { class: "url-box" }, el("code", { id: "secret" }, token), copyButton(token, t("tokens.token"), true)),
    ],
  });
}
