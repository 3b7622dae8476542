/** What a one-time link leads to: the first administrator, an invitation, or a new password. */
import { currentSession, get, lookUpLink, redeemLink, setUp } from "./api.js";
import { byId, el, empty, failure, icon, title } from "./page.js";
import { field, onSubmit } from "./form.js";
import { showRules } from "./password-rules.js";
import { language, moment, t } from "./strings.js";

const token = location.hash.slice(1);

// The link pasted into this very tab changes only the hash, which loads nothing by itself.
addEventListener("hashchange", () => location.reload());
title(t("setup.welcome"));
show();

async function show() {
  try {
    const { needed } = await get("/setup");
    if (!token) say(needed ? noLink() : used());
    else if (needed) ask(firstAdministrator());
    else ask(await invited(await lookUpLink(token)));
  } catch (error) {
    say(error.code === "link-invalid" ? used() : failure(error, show));
  }
}

function say(node) {
  byId("place").replaceChildren(node);
}

function noLink() {
  return empty("key", t("setup.no-link.title"), t("setup.no-link.text"));
}

/** Used, late, replaced and wrong links look the same: the server tells nobody which it is. */
function used() {
  return empty("link", t("link.used.title"), t("link.used.text"), el("a", { class: "button primary", href: "/sign-in" }, t("sign-in")));
}

/** - `heading` and `lead` say what is asked for, `content` are the fields, `send(data)` acts. */
function ask({ heading, lead, content, submit, send }) {
  const form = el("form", { id: "form", class: "card padded", method: "post" }, content,
    el("div", { class: "form-error", role: "alert", hidden: true }),
    el("button", { class: "button primary wide" }, submit));
  document.querySelector("h1").textContent = heading;
  title(heading);
  byId("place").replaceChildren(el("p", { class: "lead" }, lead), form);
  onSubmit(form, async (data) => {
    try {
      await send(data);
      location.replace("/");
    } catch (error) {
      if (error.code !== "link-invalid") throw error;
      say(used());
    }
  });
  showRules(form.elements.password, () => form.elements.username.value.trim());
  form.querySelector("input:not([readonly])").focus();
}

function nameField(value = "") {
  return field(t("field.display-name"), el("input", { id: "display-name", name: "display_name", value, autocomplete: "name" }), t("setup.display-name.hint"));
}

function passwordField() {
  return field(t("field.password"), el("input", { id: "password", name: "password", type: "password", required: true, autocomplete: "new-password" }), t("field.password.hint"));
}

function firstAdministrator() {
  return {
    heading: t("setup.title"), lead: t("setup.text"), submit: t("setup.create"),
    content: [
      field(t("field.username"), el("input", { id: "username", name: "username", value: "admin", required: true, autocomplete: "username", autocapitalize: "none", spellcheck: "false" }), t("field.username.hint")),
      nameField(), passwordField(),
    ],
    send: (data) => setUp({ token, username: data.get("username").trim(), display_name: data.get("display_name").trim(), password: data.get("password") }),
  };
}

async function invited({ purpose, username, display_name: name, expires_at: end }) {
  const isInvitation = purpose === "invitation";
  const { user } = await currentSession();
  return {
    heading: t(isInvitation ? "link.invitation.title" : "link.reset.title", { name: name || username }),
    lead: t(isInvitation ? "link.invitation.text" : "link.reset.text", { time: moment(end) }),
    submit: t(isInvitation ? "link.invitation.send" : "link.reset.send"),
    content: [
      user && user.username !== username && el("p", { class: "notice info" }, icon("person"), t("link.other-user", { now: user.username, then: username })),
      field(t("field.username"), el("input", { id: "username", name: "username", value: username, readonly: true, autocomplete: "username" })),
      isInvitation && nameField(name), passwordField(),
    ],
    send: (data) => redeemLink({
      token, password: data.get("password"),
      ...(isInvitation && { display_name: data.get("display_name").trim(), language }),
    }),
  };
}
