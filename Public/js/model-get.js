/** "Get it": the download button and the address that devices use, with commands that run against this server. */
import { artifactURL } from "./api.js";
import { copy, copyButton, el, icon } from "./page.js";
import { fullURL, snippets } from "./snippets.js";
import { bytes, t } from "./strings.js";

export function getItView(model, version) {
  let variant = version.variants[0];
  let selector = version.version;
  let shown = "curl";
  const selectors = [version.version, ...version.aliases];
  const view = el("div", { class: "stack" });
  draw();
  return view;

  function draw(focus) {
    const commands = snippets({ model, version, selector, variant });
    const main = variant.artifacts.reduce((one, other) => (other.size > one.size ? other : one));
    const address = fullURL(artifactURL(model.name, selector, main.path));
    view.replaceChildren(...[
      version.variants.length > 1 && el("section", { class: "card" }, el("div", { class: "card-head" }, el("h2", {}, t("get.variant")), segments("variant", t("get.variant"), version.variants.map(({ name }) => name), variant.name,
        (name) => variant = version.variants.find((other) => other.name === name)))),
      el("section", { class: "card" },
        el("h2", {}, t("get.direct")),
        el("div", { class: "padded" }, el("p", {}, t("get.direct.text")),
          el("div", { class: "actions" }, variant.artifacts.slice(0, 6).map((artifact) => el("a", {
            class: artifact === main ? "button primary" : "button", href: artifactURL(model.name, version.version, artifact.path), download: "",
          }, icon("download"), `${artifact.path} · ${bytes(artifact.size)}`))))),
      el("section", { class: "card" },
        el("div", { class: "card-head" }, el("h2", {}, t("get.api")),
          segments("selector", t("get.which"), selectors, selector, (chosen) => selector = chosen)),
        el("div", { class: "padded" },
          el("div", { class: "url-box" }, el("b", { class: "mono" }, "GET"), el("code", { id: "api-url" }, address), copyButton(address, t("get.address"))),
          el("div", { class: "snippet" },
            el("div", { class: "snippet-head" },
              segments("command", t("get.command"), commands.map(({ id }) => id), shown, (id) => shown = id, (id) => t(`get.${id}`)),
              el("button", { type: "button", class: "button small", onclick: () => copy(commands.find(({ id }) => id === shown).text) }, icon("copy"), t("copy"))),
            el("pre", { tabindex: "0" }, el("code", { id: "command" }, commands.find(({ id }) => id === shown).text))),
          model.visibility === "private" && el("p", { class: "hint" }, t("get.private"), " ", el("a", { href: "/tokens" }, t("menu.tokens"))),
          el("p", { class: "hint" }, t(selector === version.version ? "get.fixed" : "get.moving", { name: selector })))),
    ].filter(Boolean));
    if (focus) view.querySelector(`[name=${focus}]:checked`)?.focus();
  }

  /** One of a few, as radio buttons: arrow keys work by themselves. */
  function segments(name, legend, options, chosen, choose, words = (option) => option) {
    return el("fieldset", { class: "segments" }, el("legend", { class: "hidden" }, legend), options.map((option) => el("label", {},
      el("input", {
        type: "radio", name, value: option, checked: option === chosen,
        onchange: () => {
          choose(option);
          draw(name);
        },
      }), el("span", {}, words(option)))));
  }
}
