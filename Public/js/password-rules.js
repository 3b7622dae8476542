/** The rules of a password beside its field: said before, and ticked off as one types. The server decides. */
import { el, icon } from "./page.js";
import { t } from "./strings.js";

const SHORTEST = 10;

/** Puts the rules below the hint of a field; `username()` is the name that the password may not be. */
export function showRules(input, username) {
  const rules = [
    ["password.rule.length", () => [...input.value].length >= SHORTEST],
    ["password.rule.name", () => input.value !== "" && input.value.toLowerCase() !== username().toLowerCase()],
  ].map(([key, isMet]) => ({ isMet, mark: el("span", {}), node: el("li", {}), key }));
  for (const { node, mark, key } of rules) node.append(mark, t(key));
  const shown = el("label", { class: "choice" }, el("input", { type: "checkbox", onchange: ({ target }) => { input.type = target.checked ? "text" : "password"; } }), el("span", {}, t("password.show")));
  const list = el("ul", { class: "rules" }, rules.map(({ node }) => node));
  input.addEventListener("input", update);
  input.closest(".field").append(list, shown);
  update();

  function update() {
    for (const { node, mark, isMet } of rules) {
      const met = isMet();
      node.className = met ? "met" : "";
      mark.replaceChildren(icon(met ? "check" : "circle"), el("span", { class: "hidden" }, t(met ? "password.met" : "password.unmet")));
    }
  }
}
