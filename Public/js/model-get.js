/** Deployment: the download button, the address that devices use, and programs that fetch it from this server. */
import { artifactURL, get, modelPath } from "./api.js";
import { copy, copyButton, el, empty, icon } from "./page.js";
import { snippets } from "./snippets.js";
import { bytes, t } from "./strings.js";

const ALL = "";
const MOST_BUTTONS = 6;

export function getItView(model, version) {
  if (version.variants.every(({ artifacts }) => artifacts.length === 0)) {
    return empty("file", t("files.none.title"), t("files.none.text", { version: version.version }));
  }
  const aliases = model.aliases.filter(({ alias }) => alias !== "latest").map(({ alias }) => alias)
    .sort((one, other) => (other === "stable") - (one === "stable"));
  const found = new Map([[version.version, version], ...version.aliases.map((alias) => [alias, version])]);
  const choice = { alias: aliases.find((alias) => version.aliases.includes(alias)) ?? aliases[0], variant: null, path: ALL, language: "curl" };
  choice.kind = aliases.some((alias) => version.aliases.includes(alias)) ? "alias" : "version";
  const view = el("div", { class: "stack" });
  let turn = 0;
  draw(version);
  return view;

  function versionOf(alias) {
    return model.aliases.find((other) => other.alias === alias)?.version;
  }

  /** Which version an alias gives; and where one follows another alias than most do, what that one gives. */
  function given(target) {
    if (choice.kind === "version") return null;
    const stable = choice.kind === "alias" && choice.alias !== "stable" && versionOf("stable");
    return el("p", { id: "given" }, t("get.gives", { name: selector(), version: target.version }),
      stable && stable !== target.version && [" ", t("get.gives.stable", { version: stable })]);
  }

  function selector() {
    return { alias: choice.alias, version: version.version, latest: "latest" }[choice.kind];
  }

  /** An alias may lead to another version than the one shown, with other files: these are what is fetched. */
  async function update(focus) {
    const wanted = selector();
    const mine = turn += 1;
    let failed = null;
    if (!found.has(wanted)) {
      try {
        found.set(wanted, await get(modelPath(model.name, "versions", wanted)));
      } catch (error) {
        failed = error;
      }
    }
    if (mine !== turn) return;
    draw(found.get(wanted) ?? version, failed);
    if (focus) view.querySelector(focus)?.focus();
  }

  function draw(target, failed = null) {
    const variant = target.variants.find(({ name }) => name === choice.variant) ?? target.variants.find(({ artifacts }) => artifacts.length > 0) ?? target.variants[0];
    const artifacts = variant.artifacts.filter(({ path }) => choice.path === ALL || path === choice.path);
    const files = artifacts.length > 0 ? artifacts : variant.artifacts;
    const main = files.reduce((one, other) => (other.size > one.size ? other : one), files[0]);
    const commands = snippets({ model, target, selector: selector(), isFixed: choice.kind === "version", variant, files });
    const command = commands.find(({ id }) => id === choice.language);
    view.replaceChildren(
      el("section", { class: "card" }, el("h2", {}, `1. ${t("get.direct")}`),
        el("div", { class: "padded" }, el("p", {}, t("get.direct.text")), el("div", { class: "actions" }, directLinks()))),
      el("section", { class: "card" },
        el("div", { class: "card-head" }, el("h2", {}, `2. ${t("get.api")}`), selectorChoice()),
        el("div", { class: "padded" },
          failed && el("p", { class: "notice warn", role: "alert" }, icon("warning"), failed.message),
          !failed && given(target),
          choices(target, variant, files),
          main && el("div", { class: "url-box" }, el("b", { class: "mono" }, "GET"),
            el("code", { id: "api-url", tabindex: "0" }, location.origin + artifactURL(model.name, selector(), main.path)), copyButton(location.origin + artifactURL(model.name, selector(), main.path), t("get.rest-address"))),
          el("div", { class: "snippet" },
            el("div", { class: "snippet-head" },
              segments("command", t("get.command"), commands.map(({ id }) => [id, t(`get.${id}`)]), choice.language, (id) => choice.language = id),
              el("button", { type: "button", class: "button small", id: "copy-command", onclick: () => copy(command.text) }, icon("copy"), t("copy"))),
            el("pre", { tabindex: "0", role: "region", "aria-label": t("get.command") }, el("code", { id: "command" }, command.text))),
          el("p", { class: "hint" }, t(`get.how.${choice.language}`)),
          model.visibility === "private" && el("p", { class: "hint" }, t("get.private"), " ", el("a", { href: "/tokens" }, t("menu.tokens"))),
          el("p", { class: "hint" }, choice.kind === "version" ? t("get.fixed", { name: selector() }) : t("get.moving", { name: selector(), version: target.version })))),
      el("section", { class: "card" }, el("h2", {}, `3. ${t("get.update")}`),
        el("div", { class: "padded" }, el("p", {}, t("get.update.text")),
          el("dl", { class: "facts plain" }, [["get.resume", "Range, If-Range"], ["get.verify", "ETag = SHA-256"], ["get.who", t(model.visibility === "private" ? "get.who.token" : "get.who.nobody")]]
            .map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value)))))));
  }

  function directLinks() {
    const artifacts = version.variants.flatMap((variant) => variant.artifacts).sort((one, other) => other.size - one.size);
    return [...artifacts.slice(0, MOST_BUTTONS).map((artifact, at) => el("a", {
      class: at === 0 ? "button primary" : "button", href: artifactURL(model.name, version.version, artifact.path), download: "",
    }, icon("download"), `${artifact.path} · ${bytes(artifact.size)}`)),
    artifacts.length > MOST_BUTTONS && el("a", { class: "button", href: "#files" }, t("get.more-files", { n: artifacts.length - MOST_BUTTONS }))];
  }

  function selectorChoice() {
    const kinds = [aliases.length > 0 && ["alias", aliases.length === 1 ? aliases[0] : t("get.kind.alias")], ["version", version.version], model.latest && ["latest", t("get.kind.latest")]].filter(Boolean);
    return el("div", { class: "which" },
      segments("selector", t("get.which"), kinds, choice.kind, (kind) => choice.kind = kind),
      choice.kind === "alias" && aliases.length > 1 && dropdown("alias", t("get.kind.alias"), aliases.map((alias) => [alias, `${alias} · ${versionOf(alias)}`]), choice.alias, (alias) => choice.alias = alias));
  }

  function choices(target, variant, files) {
    const variants = target.variants.filter(({ artifacts }) => artifacts.length > 0);
    if (variants.length < 2 && variant.artifacts.length < 2) return null;
    return el("div", { class: "which" },
      variants.length > 1 && el("label", {}, t("get.variant"), dropdown("variant", null, variants.map(({ name }) => [name, name]), variant.name, (name) => {
        choice.variant = name;
        choice.path = ALL;
      })),
      variant.artifacts.length > 1 && el("label", {}, t("get.file"), dropdown("file", null,
        [[ALL, t("get.file.all", { n: variant.artifacts.length })], ...variant.artifacts.map(({ path }) => [path, path])], files.length === variant.artifacts.length ? ALL : choice.path, (path) => choice.path = path)));
  }

  function dropdown(name, words, options, chosen, choose) {
    return el("select", {
      name, "aria-label": words, onchange: (event) => {
        choose(event.target.value);
        update(`select[name=${name}]`);
      },
    }, options.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
  }

  /** One of a few, as radio buttons: arrow keys work by themselves. */
  function segments(name, legend, options, chosen, choose) {
    return el("fieldset", { class: "segments" }, el("legend", { class: "hidden" }, legend), options.map(([value, words]) => el("label", {},
      el("input", {
        type: "radio", name, value, checked: value === chosen,
        onchange: () => {
          choose(value);
          update(`[name=${name}]:checked`);
        },
      }), el("span", {}, words))));
  }
}
