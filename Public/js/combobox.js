/** A text field with a list of offers below it (ARIA combobox): arrows move, Enter or a press chooses, Escape closes. */
import { el } from "./page.js";

let serial = 0;

/**
 * - `draw(offer)` gives the nodes of an option, `choose(offer)` is called with the chosen one.
 *
 * `list` belongs behind the field, in something that is positioned; `offer([])` closes it.
 */
export function combobox(input, { labelText, draw, choose }) {
  const id = `options-${serial += 1}`;
  let offers = [];
  let active = -1;
  const list = el("ul", { id, role: "listbox", "aria-label": labelText, class: "options card", hidden: true });
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  function offer(next) {
    offers = next;
    active = -1;
    list.replaceChildren(...offers.map((one, at) => el("li", {
      id: `${id}-${at}`, role: "option", "aria-selected": "false",
      onmousedown: (event) => {
        event.preventDefault();
        choose(one);
      },
    }, draw(one))));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(offers.length > 0));
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = active < 0 && step < 0 ? offers.length - 1 : (active + step + offers.length) % offers.length;
    list.children[active].setAttribute("aria-selected", "true");
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || offers.length === 0) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) move(steps[event.key]);
    else if (event.key === "Enter" && active >= 0) choose(offers[active]);
    else if (event.key === "Escape") offer([]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  input.addEventListener("blur", () => offer([]));
  return { list, offer };
}
